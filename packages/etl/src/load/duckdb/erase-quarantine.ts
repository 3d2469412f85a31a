import type { Column } from '@headwater/core';
import {
  columnOf,
  type DataFile,
  duckdbColumnCleaning,
  type FileColumn,
  fileSchema,
  quotePath,
  quoteText,
} from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { QuarantineMatches } from '../load-engine.ts';
import { actorTexts, actorValues, type EraserRun } from './actors-table.ts';
import type { Rewriting } from './rewrite-folder.ts';

/** The column with how a row was found: `actor`, `text`, or null for a row that stays. No column of a quarantine has a blank in its name. */
const match = '"how it was found"';

/** A raw text in which what stands for bytes that are not UTF-8 separates words, as the bytes do. */
const words = String.raw`lower(regexp_replace(concat_ws(' ', raw, array_to_string(map_values(record), ' ')), '\\x[0-9a-f]{2}', ' ', 'g'))`;

/** A regular expression for one of the texts as a whole word, after zeros if it is a whole number. https://github.com/google/re2/wiki/Syntax */
const wordOf = (type: Column['type']): string =>
  String.raw`'(^|[^\p{L}\p{N}])${type.kind === 'int32' || type.kind === 'int64' ? '0*' : ''}' || regexp_escape(one) || '($|[^\p{L}\p{N}])'`;

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
 * the rules of the source of its input. Any other row, a line that could not be split among them, is searched for the id as a whole word.
 */
async function matchedRows(run: EraserRun, files: readonly DataFile[]): Promise<string> {
  const { schema, actor, connection, localPath } = run;
  const rows = `read_parquet([${files.map((file) => quotePath(localPath(file))).join(', ')}], hive_partitioning = false, union_by_name = true)`;
  const columns = await rowsOf(connection, `DESCRIBE SELECT * FROM ${rows}`);
  // Files that were written before the table had sources lack the column.
  const hasSources = columns.some((row) => row['column_name'] === 'source_name');
  const sources = hasSources ? Object.keys(schema.sources ?? {}) : [];
  const valueIn = (source: string | undefined): string => actorOf(fileSchema(schema, source).columns[actor]);
  const cases = sources.map((source) => `WHEN ${quoteText(source)} THEN ${valueIn(source)}`);
  const value =
    cases.length > 0
      ? `CASE source_name ${cases.join(' ')} ELSE ${valueIn(undefined)} END`
      : valueIn(undefined);
  const word = wordOf(columnOf(schema, schema.roles.actor ?? '').type);
  const isNamed = `len(list_filter(${actorTexts}, lambda one: CASE WHEN contains(${words}, one) THEN regexp_matches(${words}, ${word}) ELSE false END)) > 0`;
  return `SELECT *, CASE
      WHEN ${value} IS NULL THEN CASE WHEN ${isNamed} THEN 'text' END
      WHEN list_contains(${actorValues(schema, actor)}, ${value}) THEN 'actor' END AS ${match}
    FROM ${rows}`;
}

/** SQL for the clean actor of a quarantined row. Null when it has none, or a bad one. */
function actorOf(column: FileColumn | undefined): string {
  if (!column) return 'NULL';
  const texts = [column.name, ...column.renamedFrom].map((name) => `record[${quoteText(name)}]`);
  const raw =
    column.constant === undefined ? `(coalesce(${texts.join(', ')}))` : `(${quoteText(column.constant)})`;
  const { guess = 'NULL' } = duckdbColumnCleaning(column, raw, 'unused', 'unused');
  const { parsed } = duckdbColumnCleaning(column, raw, `(${guess})`, 'unused');
  return `(${duckdbColumnCleaning(column, raw, `(${guess})`, `(${parsed})`).value})`;
}
