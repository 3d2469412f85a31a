import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import {
  columnSource,
  type DataFile,
  duckdbStoredType,
  duckdbType,
  quoteName,
  quoteText,
  withFormerNames,
} from '@headwater/core/internal';
import { rowHashes, stage, stagedName, stagedValues } from './staging-table.ts';
import { withoutDuplicates } from './without-duplicates.ts';
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
  const hashes = rowHashes(schema).map(({ name, sql }) => `${sql} AS ${name}`);
  const known = withFormerNames(schema).columns;
  const present = new Set(known.map(({ name }) => name));
  const typed = schema.columns.map(
    (column, index) => `${columnSource(column, duckdbType(column.type), { present })} AS v${index}`,
  );
  const absent = known.map(({ name, type }) => `NULL::${duckdbStoredType(type)} AS ${quoteName(name)}`);
  return `SELECT *, ${hashes.join(', ')}, -1 AS input
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

/** Writes one partition: removes duplicates, sorts, encodes. */
export async function writePartition(
  connection: DuckDBConnection,
  schema: TableSchema,
  work: PartitionWork,
  target: { stagedPath: string; fileBytes: number },
): Promise<PartitionResult> {
  const hashes = rowHashes(schema).map(({ name }) => name);
  const columns = [stagedValues(schema), ...hashes, 'input'].join(', ');
  const parts = [
    ...(work.staged ? [`SELECT ${columns} FROM ${stage} WHERE ${work.staged}`] : []),
    ...(work.existing.length > 0 ? [committedRows(schema, work.existing)] : []),
  ];
  const source = `(${parts.join(' UNION ALL ')})`;
  const { rows, duplicates } = await withoutDuplicates(connection, schema, source);
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
