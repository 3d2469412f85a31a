import { type FileSchema, readsPaths } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { isMachineError } from '../../engine/machine-error.ts';
import { inputError } from '../../input/input-error.ts';
import type { PreparedInput } from '../../input/prepared-input.ts';
import type { StagedInput } from '../load-engine.ts';
import { absentPaths } from './absent-paths.ts';
import { csvRelation } from './csv-relation.ts';
import type { StagingRun } from './duckdb-engine.ts';
import { addedRows, nulledPlaces, rejectedPlaces } from './explode.ts';
import { jsonRelation } from './json-relation.ts';
import { nestedJsonRelation } from './nested-json-relation.ts';
import { parquetRelation } from './parquet-relation.ts';
import type { RawRelation } from './raw-relation.ts';
import {
  keptBack,
  nulledValues,
  nullsInvalid,
  rejectedRows,
  stage,
  stageStatement,
} from './staging-table.ts';
import { createUnsplitLines } from './unsplit-lines.ts';
import { withConstants } from './with-constants.ts';
import { countUnmatched, dropLookedUp, withLookups } from './with-lookups.ts';

/** What the engine found in an input. */
export interface StagedCounts extends Pick<StagedInput, 'accepted' | 'rejected' | 'filtered'> {
  /** Rows beyond one for each record, by the lengths of the lists of an exploded table. */
  readonly added: number;
  /** Columns with a path of which no row has a value. Parquet files tell them by their types. */
  readonly absent: readonly string[];
}

/**
 * Reads, cleans and stages one input; rejected rows get their line.
 *
 * @returns what the engine found, independent of `prepared.rows`, which was counted from the bytes
 * @throws HeadwaterError `INPUT_CHANGED` when the input was written meanwhile, `INPUT_UNREADABLE`
 */
export async function stageInput(
  run: StagingRun,
  file: FileSchema,
  prepared: PreparedInput,
  input: number,
): Promise<StagedCounts> {
  const { connection } = run;
  const base = countOf((await rowsOf(connection, `SELECT count(*) AS rows FROM ${stage}`))[0]?.['rows']);
  const raw = relationOf(file, prepared, input);
  if (!raw) return { added: 0, absent: [], accepted: 0, rejected: 0, filtered: 0 };
  const relation = await withLookups(run, file, withConstants(file, raw));
  await connection.run(stageStatement(file, relation, input)).catch(async (cause: Error) => {
    if (isMachineError(cause)) throw cause;
    await prepared.assertUnchanged();
    throw inputError(prepared.source, cause);
  });
  if (file.lookups) await connection.run(dropLookedUp);
  await createUnsplitLines(run, prepared, input);
  await prepared.assertUnchanged();
  await recordRejections(run, file, input, base, skippedLines(prepared));
  if (nullsInvalid(file)) await recordNulled(run, file, input, base, skippedLines(prepared));
  await countUnmatched(run, file, base);
  const filtered = file.where ? await countFiltered(run, base) : 0;
  await connection.run(
    `INSERT INTO ${rejectedRows} SELECT input, line, raw, NULL, [struct_pack("column" := NULL::VARCHAR, code := code)]
     FROM ${keptBack} WHERE input = ${input} AND code IS NOT NULL`,
  );
  const [counts] = await rowsOf(
    connection,
    `SELECT ${addedRows(file, base)} AS added, (SELECT count(*) FROM ${stage} WHERE rowid >= ${base} AND rejection IS NULL) AS accepted,
      (SELECT count(*) FROM ${rejectedRows} WHERE input = ${input}) AS rejected`,
  );
  const found = {
    added: countOf(counts?.['added']),
    absent: prepared.layout.kind === 'jsonl' ? await absentPaths(connection, file, base) : [],
    accepted: countOf(counts?.['accepted']),
    rejected: countOf(counts?.['rejected']),
    filtered,
  };
  assertFooter(prepared, found.accepted + found.rejected + filtered - found.added);
  return found;
}

/** The rows of a Parquet file are counted by its footer, which may be wrong: that is the file's fault. */
function assertFooter({ source, layout, rows }: PreparedInput, found: number): void {
  if (layout.kind !== 'parquet' || rows === found) return;
  throw inputError(
    source,
    new Error(`its footer says ${rows} rows, and it holds ${found}: write the file again`),
  );
}

function relationOf(
  schema: FileSchema,
  { path, layout }: PreparedInput,
  input: number,
): RawRelation | undefined {
  switch (layout.kind) {
    case 'empty':
      return undefined;
    case 'csv':
      return csvRelation(path, input, layout.csv, layout.scan);
    case 'jsonl':
      return readsPaths(schema)
        ? nestedJsonRelation(schema, path, input, layout.scan)
        : jsonRelation(schema, path, input, layout.names, layout.scan);
    case 'parquet':
      return parquetRelation(schema, path, layout);
  }
}

/** The staged rows from `base` on that the conditions of their source leave out. */
export async function countFiltered(
  { connection }: Pick<StagingRun, 'connection'>,
  base: number,
): Promise<number> {
  const [counts] = await rowsOf(
    connection,
    `SELECT count(*) AS rows FROM ${stage} WHERE rowid >= ${base} AND len(rejection) = 0`,
  );
  return countOf(counts?.['rows']);
}

/** Lines before the first row that the engine skips, and that are not among the lines kept back. */
export const skippedLines = ({ layout }: PreparedInput): 0 | 1 =>
  layout.kind === 'csv' && layout.csv.hasHeader && !layout.scan.copy ? 1 : 0;

/** SQL that joins to rows `r` the number of lines before each that the reader could not split: `b.lines`. */
const joinUnsplit = 'ASOF LEFT JOIN unsplit_before b ON b.rows_before < r.place';

/** SQL that joins to rows `n` the number of lines before each that were kept back from the reader: `k.lines`. */
const joinKeptBack =
  'ASOF LEFT JOIN (SELECT lines_before, max(position) AS lines FROM kept_back GROUP BY lines_before) k ON k.lines_before < n.line';

/**
 * Copies rejected rows to their own table, each with its line. The staging table keeps the order of the file, so
 * a row's number is its place among the rows the reader could split, plus the lines before it that it could not.
 */
async function recordRejections(
  { connection }: StagingRun,
  file: FileSchema,
  input: number,
  base: number,
  skipped: number,
): Promise<void> {
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE unsplit_before AS
      SELECT rows_before, max(position) AS lines FROM (
        SELECT row_number() OVER (ORDER BY line) AS position, line - ${skipped} - position AS rows_before FROM unsplit)
      GROUP BY rows_before;
    CREATE OR REPLACE TEMP TABLE numbered AS
      SELECT rejection.raw, rejection.texts, rejection.reasons, ${skipped} + r.place + coalesce(b.lines, 0) AS line
      FROM (${rejectedPlaces(file, base)}) r
      ${joinUnsplit}
      UNION ALL SELECT raw, NULL, [struct_pack("column" := NULL::VARCHAR, code := code)], line FROM unsplit;
    CREATE OR REPLACE TEMP TABLE kept_back AS
      SELECT line - row_number() OVER (ORDER BY line) AS lines_before, row_number() OVER (ORDER BY line) AS position FROM ${keptBack} WHERE input = ${input};
    INSERT INTO ${rejectedRows}
      SELECT ${input}, n.line + coalesce(k.lines, 0), n.raw, n.texts, n.reasons
      FROM numbered n ${joinKeptBack};`);
}

/** Counts an input's bad values that became null, and finds the line of the first of each, as {@link recordRejections} does. */
async function recordNulled(
  { connection }: StagingRun,
  file: FileSchema,
  input: number,
  base: number,
  skipped: number,
): Promise<void> {
  await connection.run(`
    INSERT INTO ${nulledValues}
      SELECT ${input}, n."column", n.code, n.rows, n.line + coalesce(k.lines, 0)
      FROM (
        SELECT r.*, ${skipped} + r.place + coalesce(b.lines, 0) AS line
        FROM (
          SELECT one."column" AS "column", one.code AS code, count(*) AS rows, min(place) AS place
          FROM (SELECT unnest(nulled) AS one, place FROM (${nulledPlaces(file, base)}))
          GROUP BY ALL) r
        ${joinUnsplit}) n
      ${joinKeptBack}`);
}
