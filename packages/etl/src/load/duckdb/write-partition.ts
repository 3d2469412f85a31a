import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import {
  columnSource,
  duckdbStoredType,
  duckdbType,
  quoteName,
  quotePath,
  withFormerNames,
} from '@headwater/core/internal';
import type { PartitionWork, WrittenPartitions } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { rowHashes, stage, stagedName, stagedValues } from './staging-table.ts';
import { withoutDuplicates } from './without-duplicates.ts';
import { writeFiles } from './write-files.ts';

/** The clean values as the lake's files hold them: under the user's names, in types that every reader of the lake supports. */
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
      SELECT * FROM read_parquet([${paths.map(quotePath).join(', ')}], hive_partitioning = false, union_by_name = true)))`;
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
  { schema, localPath, fileBytes }: DuckdbRun,
  connection: DuckDBConnection,
  work: PartitionWork,
  stagedPath: string,
): Promise<WrittenPartitions> {
  const existing = work.existingFiles.map(localPath);
  const hashes = rowHashes(schema).map(({ name }) => name);
  const columns = [stagedValues(schema), ...hashes, 'input'].join(', ');
  const parts = [
    ...(work.staged ? [`SELECT ${columns} FROM ${stage} WHERE ${work.staged}`] : []),
    ...(existing.length > 0 ? [committedRows(schema, existing)] : []),
  ];
  const source = `(${parts.join(' UNION ALL ')})`;
  const { rows, duplicates } = await withoutDuplicates(connection, schema, source);
  // A row in the lake that loses to a new one must leave it: then the folder is written again.
  const rewrite = work.rewrite || duplicates.has(-1);
  const fresh = rewrite || existing.length === 0 ? '' : 'WHERE input >= 0';
  // Sorted inside, converted outside: an enum sorts by its number, many times faster than as text.
  const select = `SELECT ${storedColumns(schema)} FROM (SELECT * FROM (${rows}) ${fresh} ORDER BY ${rowOrder(schema, work.day)})`;
  const files = await writeFiles(connection, select, fileBytes, {
    stagedPath,
    folder: work.folder,
    day: work.day,
    timeColumn: schema.partitioning.time,
  });
  return { files, removed: rewrite ? work.existingFiles.map((file) => file.path) : [], duplicates };
}
