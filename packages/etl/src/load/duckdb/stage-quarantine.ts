import { type DataFile, type FileSchema, fileSchema, quotePath, quoteText } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { StagedQuarantine } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { noReasons, type RawRelation } from './raw-relation.ts';
import { countFiltered } from './stage-input.ts';
import {
  isRejected,
  nulledValues,
  nullsInvalid,
  rejectedRows,
  stage,
  stageStatement,
} from './staging-table.ts';
import { withConstants } from './with-constants.ts';
import { countUnmatched, dropLookedUp, withLookups } from './with-lookups.ts';

/**
 * Stages the rows of quarantine files under the present definition, from the texts of their columns, each by the rules of the
 * source that its input was read as. Where the table no longer has that source, the rules without one apply. Lines that could not be
 * split have no columns: they are rejected again for the same reason.
 */
export async function stageQuarantine(run: DuckdbRun, files: readonly DataFile[]): Promise<StagedQuarantine> {
  const { connection, schema, localPath, inputs } = run;
  if (files.length === 0) return { accepted: 0, rejected: 0, filtered: 0 };
  const paths = files.map((file) => quotePath(localPath(file)));
  // Files that were written before the table had sources lack the column.
  await connection.run(
    `CREATE TABLE kept AS SELECT * FROM (SELECT NULL::VARCHAR AS source_name WHERE false
     UNION ALL BY NAME SELECT * FROM read_parquet([${paths.join(', ')}], hive_partitioning = false, union_by_name = true))`,
  );
  const known = await rowsOf(
    connection,
    'SELECT source, source_name, schema_version FROM kept GROUP BY ALL ORDER BY source, source_name NULLS FIRST, schema_version',
  );
  for (const row of known) {
    const name = row['source_name'];
    inputs.push({
      source: String(row['source']),
      sourceName: typeof name === 'string' ? name : undefined,
      rejectedBy: String(row['schema_version']),
    });
  }
  await connection.run(
    `ALTER TABLE kept ADD COLUMN input INTEGER;
     UPDATE kept SET input = list_position([${inputs.map(placeText).join(', ')}], ${place('source', 'source_name', 'schema_version')}) - 1`,
  );
  for (const sourceName of new Set(inputs.map((input) => input.sourceName)))
    await stageSource(run, fileSchema(schema, sourceName), sourceName);
  await connection.run(
    `INSERT INTO ${rejectedRows} SELECT input, coalesce(line, 0), raw, NULL, reasons FROM kept WHERE record IS NULL`,
  );
  const [counts] = await rowsOf(
    connection,
    `SELECT (SELECT count(*) FROM ${rejectedRows}) AS rejected,
      (SELECT count(*) FROM ${stage} WHERE rejection IS NULL) AS accepted`,
  );
  return {
    accepted: countOf(counts?.['accepted']),
    rejected: countOf(counts?.['rejected']),
    filtered: schema.sources ? await countFiltered(run, 0) : 0,
  };
}

/** SQL for a text that stands for an input, its source, and the definition that rejected its rows first. */
const place = (source: string, name: string, rejectedBy: string): string =>
  `${rejectedBy} || ':' || coalesce(${name} || ':', '') || ${source}`;
const placeText = ({ source, sourceName, rejectedBy = '' }: DuckdbRun['inputs'][number]): string =>
  place(quoteText(source), sourceName === undefined ? 'NULL' : quoteText(sourceName), quoteText(rejectedBy));

/** Stages the kept rows of one source. */
async function stageSource(run: DuckdbRun, file: FileSchema, sourceName: string | undefined): Promise<void> {
  const { connection } = run;
  const isOfSource = `record IS NOT NULL AND source_name IS NOT DISTINCT FROM ${sourceName === undefined ? 'NULL' : quoteText(sourceName)}`;
  const [before] = await rowsOf(connection, `SELECT count(*) AS rows FROM ${stage}`);
  const base = countOf(before?.['rows']);
  const relation = await withLookups(run, file, withConstants(file, keptTexts(file, isOfSource)));
  await connection.run(stageStatement(file, relation, 0));
  if (file.lookups) await connection.run(dropLookedUp);
  await countUnmatched(run, file, base);
  // The staging table keeps the order of its source, so the n-th staged row is the n-th row kept.
  await connection.run(`
    INSERT INTO ${rejectedRows}
      SELECT k.input, coalesce(k.line, 0), rejection.raw, rejection.texts, rejection.reasons
      FROM (SELECT rowid - ${base} AS place, rejection[1] AS rejection FROM ${stage} WHERE rowid >= ${base} AND ${isRejected(file)})
      JOIN (SELECT row_number() OVER () - 1 AS place, input, line FROM kept WHERE ${isOfSource}) k USING (place)`);
  if (!nullsInvalid(file)) return;
  await connection.run(`
    INSERT INTO ${nulledValues}
      SELECT k.input, one."column", one.code, count(*), min(nullif(k.line, 0))
      FROM (SELECT rowid - ${base} AS place, unnest(nulled) AS one FROM ${stage} WHERE rowid >= ${base} AND nulled IS NOT NULL)
      JOIN (SELECT row_number() OVER () - 1 AS place, input, line FROM kept WHERE ${isOfSource}) k USING (place)
      GROUP BY ALL`);
}

/** The texts of kept rows by column: the quarantine has them under the columns' names, of now or of then. */
function keptTexts({ columns }: FileSchema, condition: string): RawRelation {
  const texts = columns.map(({ name, renamedFrom }, index) => {
    const keys = [name, ...renamedFrom];
    return `coalesce(${keys.map((key) => `record[${quoteText(key)}]`).join(', ')}) AS r${index}`;
  });
  return {
    select: `SELECT raw AS raw_text, source, line, ${texts.join(', ')} FROM kept WHERE ${condition}`,
    rawText: 'raw_text',
    broken: noReasons,
  };
}
