import { type DataFile, quotePath, quoteText } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { StagedQuarantine } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { noReasons } from './raw-relation.ts';
import { rejectedRows, stage, stageStatement } from './staging-table.ts';

/**
 * Stages the rows of quarantine files under the present definition, from the texts of their columns. Lines that could not
 * be split have no columns: they are rejected again for the same reason.
 */
export async function stageQuarantine(
  { connection, schema, localPath, sources }: DuckdbRun,
  files: readonly DataFile[],
): Promise<StagedQuarantine> {
  if (files.length === 0) return { accepted: 0, rejected: 0 };
  const paths = files.map((file) => quotePath(localPath(file)));
  await connection.run(
    `CREATE TABLE kept AS SELECT * FROM read_parquet([${paths.join(', ')}], hive_partitioning = false)`,
  );
  for (const row of await rowsOf(connection, 'SELECT DISTINCT source FROM kept ORDER BY source'))
    sources.push(String(row['source']));
  const list = `[${sources.map(quoteText).join(', ')}]`;
  const texts = schema.columns.map(({ name, renamedFrom }, index) => {
    const names = [name, ...renamedFrom];
    return `coalesce(${names.map((key) => `record[${quoteText(key)}]`).join(', ')}) AS r${index}`;
  });
  const relation = {
    select: `SELECT raw AS raw_text, source, line, ${texts.join(', ')} FROM kept WHERE record IS NOT NULL`,
    rawText: 'raw_text',
    broken: noReasons,
  };
  await connection.run(stageStatement(schema, relation, 0));
  // The staging table keeps the order of its source, so the n-th staged row is the n-th row kept.
  await connection.run(`
    INSERT INTO ${rejectedRows}
      SELECT list_position(${list}, k.source) - 1, coalesce(k.line, 0), rejection.raw, rejection.texts, rejection.reasons
      FROM (SELECT rowid AS place, rejection[1] AS rejection FROM ${stage} WHERE rejection IS NOT NULL)
      JOIN (SELECT row_number() OVER () - 1 AS place, source, line FROM kept WHERE record IS NOT NULL) k USING (place);
    INSERT INTO ${rejectedRows}
      SELECT list_position(${list}, source) - 1, coalesce(line, 0), raw, NULL, reasons FROM kept WHERE record IS NULL`);
  const [counts] = await rowsOf(
    connection,
    `SELECT (SELECT count(*) FROM ${rejectedRows}) AS rejected,
      (SELECT count(*) FROM ${stage} WHERE rejection IS NULL) AS accepted`,
  );
  return { accepted: countOf(counts?.['accepted']), rejected: countOf(counts?.['rejected']) };
}
