import type { Column } from '@headwater/core';
import {
  type DataFile,
  duckdbColumnCleaning,
  type FileColumn,
  fileSchema,
  quotePath,
  quoteText,
} from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { QuarantineMatches } from '../load-engine.ts';
import { actorTexts, actorTextsThen, actorValues, actorValuesThen, type EraserRun } from './actors-table.ts';
import { actorColumn } from './former-readings.ts';
import type { Rewriting } from './rewrite-folder.ts';

/** The column with how a row was found: `actor`, `text`, or null for a row that stays. No column of a quarantine has a blank in its name. */
const match = '"how it was found"';

/** A raw text in which what stands for bytes that are not UTF-8 separates words, as the bytes do. */
const words = String.raw`lower(regexp_replace(concat_ws(' ', raw, array_to_string(map_values(record), ' ')), '\\x[0-9a-f]{2}', ' ', 'g'))`;

const isWhole = ({ kind }: Column['type']): boolean => kind === 'int32' || kind === 'int64';

/** SQL for whether one of the texts of a list is a whole word of a raw text, after zeros if it is a whole number. https://github.com/google/re2/wiki/Syntax */
function isNamed(texts: string, type: Column['type']): string {
  const word = String.raw`'(^|[^\p{L}\p{N}])${isWhole(type) ? '0*' : ''}' || regexp_escape(one) || '($|[^\p{L}\p{N}])'`;
  return `len(list_filter(${texts}, lambda one: CASE WHEN contains(${words}, one) THEN regexp_matches(${words}, ${word}) ELSE false END)) > 0`;
}

/** Counts the quarantined rows of the actors in one file, by how they are found. */
export async function searchQuarantineFile(run: EraserRun, file: DataFile): Promise<QuarantineMatches> {
  const [counts] = await rowsOf(
    run.connection,
    `SELECT count(*) FILTER (${match} = 'actor') AS by_actor, count(*) FILTER (${match} = 'text') AS by_text
     FROM (${await matchedRows(run, [file])})`,
  );
  return { byActor: countOf(counts?.['by_actor']), byText: countOf(counts?.['by_text']) };
}

/** How the quarantined rows of others are read. */
export const quarantineRewriting = (run: EraserRun): Rewriting => ({
  select: async (files) =>
    `SELECT * EXCLUDE (${match}) FROM (${await matchedRows(run, files)}) WHERE ${match} IS NULL`,
});

/**
 * The rows of quarantine files, with how each was found. A row whose actor is known is the actor's: its text is cleaned as a load cleans it, by
 * the rules of the source of its input, and read as the definition of now and that of its rejection do. Any other row, a line that could not
 * be split among them, is searched for the id as a whole word.
 */
async function matchedRows(run: EraserRun, files: readonly DataFile[]): Promise<string> {
  const { schema, actor, connection, localPath, readings } = run;
  const rows = `read_parquet([${files.map((file) => quotePath(localPath(file))).join(', ')}], hive_partitioning = false, union_by_name = true)`;
  const columns = await rowsOf(connection, `DESCRIBE SELECT * FROM ${rows}`);
  // Files that were written before the table had sources lack the column.
  const hasSources = columns.some((row) => row['column_name'] === 'source_name');
  const sources = hasSources ? Object.keys(schema.sources ?? {}) : [];
  const valueBy = (as: (column: FileColumn) => FileColumn): string => {
    const valueIn = (source: string | undefined): string => {
      const column = fileSchema(schema, source).columns[actor];
      return column ? actorOf(as(column)) : 'NULL';
    };
    const cases = sources.map((source) => `WHEN ${quoteText(source)} THEN ${valueIn(source)}`);
    return cases.length > 0
      ? `CASE source_name ${cases.join(' ')} ELSE ${valueIn(undefined)} END`
      : valueIn(undefined);
  };
  const value = valueBy((column) => column);
  const { type } = actorColumn(schema);
  const then = readings.map(({ column: { type, steps }, fingerprints }, index) => {
    const isThen = `schema_version IN (${fingerprints.map(quoteText).join(', ')})`;
    const read = valueBy((column) => ({
      ...column,
      type,
      ...(column.constant === undefined ? { steps } : {}),
    }));
    return {
      byActor: `WHEN ${isThen} AND list_contains(${actorValuesThen(index)}, (${read})::VARCHAR) THEN 'actor'`,
      byText: `WHEN ${isThen} AND ${isNamed(actorTextsThen(index), type)} THEN 'text'`,
    };
  });
  return `SELECT *, CASE
      WHEN list_contains(${actorValues(schema)}, ${value}) THEN 'actor'
      ${then.map(({ byActor }) => byActor).join(' ')}
      WHEN ${value} IS NULL THEN CASE WHEN ${isNamed(actorTexts, type)} THEN 'text' ${then.map(({ byText }) => byText).join(' ')} END END AS ${match}
    FROM ${rows}`;
}

/** SQL for the clean actor of a quarantined row. Null when it has none, or a bad one. */
function actorOf(column: FileColumn): string {
  const texts = [column.name, ...column.renamedFrom].map((name) => `record[${quoteText(name)}]`);
  const raw =
    column.constant === undefined ? `(coalesce(${texts.join(', ')}))` : `(${quoteText(column.constant)})`;
  const { guess = 'NULL' } = duckdbColumnCleaning(column, raw, 'unused', 'unused');
  const { parsed } = duckdbColumnCleaning(column, raw, `(${guess})`, 'unused');
  return `(${duckdbColumnCleaning(column, raw, `(${guess})`, `(${parsed})`).value})`;
}
