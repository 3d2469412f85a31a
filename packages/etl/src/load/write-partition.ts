import type { DuckDBConnection } from '@duckdb/node-api';
import {
  columnSource,
  type DataFile,
  duckdbStoredType,
  duckdbType,
  isWholeRowKey,
  quoteName,
  quoteText,
  type TableSchema,
  withFormerNames,
} from '@headwater/core';
import { countOf, rowsOf } from '../engine/duckdb-session.ts';
import { rowHashes, stage, stagedName, stagedValues } from './staging-table.ts';
import type { WrittenFile } from './write-file.ts';
import { writeFiles } from './write-files.ts';

/** One folder's worth of rows to write. */
export interface PartitionWork {
  /** Folder in the lake, such as `clickstream/dt=2019-10-01`. */
  readonly folder: string;
  readonly day: string;
  /** SQL condition that picks the partition's rows in the staging table; undefined when nothing is staged for it. */
  readonly staged: string | undefined;
  /** Committed files of the folder, by absolute path. */
  readonly existing: readonly string[];
  readonly existingFiles: readonly DataFile[];
  /** Write the whole folder again (compaction), not only what is new. */
  readonly rewrite: boolean;
}

/** What was written for a partition. */
export interface PartitionResult {
  readonly written: readonly WrittenFile[];
  readonly removed: readonly string[];
  /** Rows dropped as duplicates, by input; -1 are rows that were already in the lake. */
  readonly duplicates: ReadonlyMap<number, number>;
}

/** The clean values as the lake's files hold them: under the user's names, in types that every reader of the lake understands. */
export function storedColumns(schema: TableSchema): string {
  return schema.columns
    .map(({ name, type }, index) => {
      const stored = duckdbStoredType(type);
      const value = stored === duckdbType(type) ? `v${index}` : `v${index}::${stored}`;
      return `${value} AS ${quoteName(name)}`;
    })
    .join(', ');
}

/**
 * A SELECT that reads committed files as the staging table would hold them, whatever the names of their columns were then.
 * An empty relation with every name stands beside them, so that a name that no file has is null and not an error.
 */
export function committedRows(schema: TableSchema, paths: readonly string[]): string {
  const hashes = rowHashes(schema);
  const known = withFormerNames(schema).columns;
  const present = new Set(known.map(({ name }) => name));
  const typed = schema.columns.map(
    (column, index) => `${columnSource(column, duckdbType(column.type), { present })} AS v${index}`,
  );
  const absent = known.map(({ name, type }) => `NULL::${duckdbStoredType(type)} AS ${quoteName(name)}`);
  return `SELECT *, ${hashes.row} AS row_hash, ${hashes.key === hashes.row ? 'NULL::UBIGINT' : hashes.key} AS key_hash, -1 AS input
    FROM (SELECT ${typed.join(', ')} FROM (SELECT ${absent.join(', ')} WHERE false UNION ALL BY NAME
      SELECT * FROM read_parquet([${paths.map(quoteText).join(', ')}], hive_partitioning = false, union_by_name = true)))`;
}

/**
 * The order of rows in a file. Among rows of one day the time is a short number, and 48 bits of the hash settle ties: so
 * the key of the usual order fits the 24 bytes up to which the engine's sort works without pointers.
 */
function rowOrder(schema: TableSchema, day: string): string {
  const { time } = schema.partitioning;
  const keys = schema.sortOrder.map((name) => {
    const value = stagedName(schema, name);
    return name === time ? `(epoch_ms(${value}) - ${Date.parse(day)})::INTEGER` : value;
  });
  return [...keys, '(row_hash >> 32)::UINTEGER', '(row_hash & 65535)::USMALLINT'].join(', ');
}

/** Runs a CREATE TABLE ... AS and gives the number of its rows. */
async function createTable(connection: DuckDBConnection, name: string, select: string): Promise<number> {
  const [created] = await rowsOf(connection, `CREATE OR REPLACE TEMP TABLE ${name} AS ${select}`);
  return countOf(created?.['Count']);
}

/**
 * Writes one partition: removes duplicates, sorts, encodes. Rows whose key hash is unique cannot be duplicates, and most
 * are; only the others are compared column by column, so that removing duplicates costs a fraction of a DISTINCT.
 */
export async function writePartition(
  connection: DuckDBConnection,
  schema: TableSchema,
  work: PartitionWork,
  target: { stagedPath: string; fileBytes: number },
): Promise<PartitionResult> {
  const values = stagedValues(schema);
  const key = isWholeRowKey(schema) ? 'row_hash' : 'key_hash';
  const parts = [
    ...(work.staged
      ? [`SELECT ${values}, row_hash, key_hash, input FROM ${stage} WHERE ${work.staged}`]
      : []),
    ...(work.existing.length > 0 ? [committedRows(schema, work.existing)] : []),
  ];
  const source = `(${parts.join(' UNION ALL ')})`;
  const repeated = await createTable(
    connection,
    'repeated',
    `SELECT ${key} FROM ${source} GROUP BY ${key} HAVING count(*) > 1`,
  );
  const duplicates =
    repeated > 0 ? await settleRepeated(connection, schema, source, key) : new Map<number, number>();
  const unique = `SELECT ${values}, row_hash, input FROM ${source}`;
  const rows =
    repeated > 0
      ? `${unique} ANTI JOIN repeated USING (${key}) UNION ALL SELECT ${values}, row_hash, input FROM survivors`
      : unique;
  // A row in the lake that loses to a new one must leave it: then the folder is written again.
  const rewrite = work.rewrite || duplicates.has(-1);
  const fresh = rewrite || work.existing.length === 0 ? '' : 'WHERE input >= 0';
  // Sorted inside, converted outside: an enum sorts by its number, many times faster than as text.
  const select = `SELECT ${storedColumns(schema)} FROM (SELECT * FROM (${rows}) ${fresh} ORDER BY ${rowOrder(schema, work.day)})`;
  const written = await writeFiles(connection, select, target.fileBytes, {
    stagedPath: target.stagedPath,
    folder: work.folder,
    day: work.day,
    timeColumn: schema.partitioning.time,
  });
  return { written, removed: rewrite ? work.existingFiles.map((file) => file.path) : [], duplicates };
}

/**
 * Compares the rows of repeated hashes column by column. Among equals the first in the order of all columns survives,
 * whatever input it came from: the answer does not depend on the order of loads.
 *
 * @returns rows that did not survive, by input
 */
async function settleRepeated(
  connection: DuckDBConnection,
  schema: TableSchema,
  source: string,
  key: string,
): Promise<Map<number, number>> {
  const equal = schema.duplicateKey.map((name) => stagedName(schema, name)).join(', ');
  await createTable(connection, 'candidates', `SELECT * FROM ${source} SEMI JOIN repeated USING (${key})`);
  await createTable(
    connection,
    'survivors',
    `SELECT DISTINCT ON (${equal}) * FROM candidates ORDER BY ${stagedValues(schema)}, input`,
  );
  const lost = await rowsOf(
    connection,
    `SELECT input, sum(rows)::BIGINT AS rows FROM (
      SELECT input, count(*) AS rows FROM candidates GROUP BY input
      UNION ALL SELECT input, -count(*) AS rows FROM survivors GROUP BY input)
    GROUP BY input HAVING sum(rows) > 0`,
  );
  return new Map(lost.map((row) => [Number(row['input']), countOf(row['rows'])]));
}
