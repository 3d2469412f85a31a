import { rm } from 'node:fs/promises';
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
import { rowHashes, stage } from './staging-table.ts';
import { type WrittenFile, writeFile } from './write-file.ts';

/** Files are split above one and a half times this size. */
const targetFileBytes = 256 * 1024 * 1024;

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

/** The columns as the lake's files hold them: in types that every reader of the lake understands. */
export function storedColumns(schema: TableSchema): string {
  return schema.columns
    .map(({ name, type }) => {
      const stored = duckdbStoredType(type);
      return stored === duckdbType(type)
        ? quoteName(name)
        : `${quoteName(name)}::${stored} AS ${quoteName(name)}`;
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
    (column) => `${columnSource(column, duckdbType(column.type), { present })} AS ${quoteName(column.name)}`,
  );
  const absent = known.map(({ name, type }) => `NULL::${duckdbStoredType(type)} AS ${quoteName(name)}`);
  return `SELECT *, ${hashes.row} AS row_hash, ${hashes.key === hashes.row ? 'NULL::UBIGINT' : hashes.key} AS key_hash, -1 AS input
    FROM (SELECT ${typed.join(', ')} FROM (SELECT ${absent.join(', ')} WHERE false UNION ALL BY NAME
      SELECT * FROM read_parquet([${paths.map(quoteText).join(', ')}], hive_partitioning = false, union_by_name = true)))`;
}

/**
 * Writes one partition: removes duplicates, sorts, encodes. Rows whose key hash is unique cannot be duplicates, and most
 * are; only the others are compared column by column, so that removing duplicates costs a fraction of a DISTINCT.
 */
export async function writePartition(
  connection: DuckDBConnection,
  schema: TableSchema,
  work: PartitionWork,
  stagedPath: string,
): Promise<PartitionResult> {
  const names = schema.columns.map((column) => quoteName(column.name)).join(', ');
  const key = isWholeRowKey(schema) ? 'row_hash' : 'key_hash';
  const parts = [
    ...(work.staged
      ? [`SELECT ${names}, row_hash, key_hash, input FROM ${stage} WHERE ${work.staged} AND texts IS NULL`]
      : []),
    ...(work.existing.length > 0 ? [committedRows(schema, work.existing)] : []),
  ];
  const source = parts.join(' UNION ALL ');
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE repeated AS SELECT ${key} AS key FROM (${source}) GROUP BY ${key} HAVING count(*) > 1`,
  );
  const [repeated] = await rowsOf(connection, 'SELECT count(*) AS keys FROM repeated');
  const duplicates = new Map<number, number>();
  let rows = `SELECT ${names}, row_hash, input FROM (${source})`;
  if (countOf(repeated?.['keys']) > 0) {
    // Among equals the first in the order of all columns stays, whatever input it came from: the answer does not depend on the order of loads.
    await connection.run(`CREATE OR REPLACE TEMP TABLE candidates AS
      SELECT *, row_number() OVER (PARTITION BY ${schema.duplicateKey.map(quoteName).join(', ')} ORDER BY ${names}, input) AS place
      FROM (${source}) WHERE ${key} IN (SELECT key FROM repeated)`);
    for (const row of await rowsOf(
      connection,
      'SELECT input, count(*) AS rows FROM candidates WHERE place > 1 GROUP BY input',
    )) {
      duplicates.set(Number(row['input']), countOf(row['rows']));
    }
    rows = `SELECT ${names}, row_hash, input FROM (${source}) WHERE ${key} NOT IN (SELECT key FROM repeated)
      UNION ALL SELECT ${names}, row_hash, input FROM candidates WHERE place = 1`;
  }
  // A row in the lake that loses to a new one must leave it: then the folder is written again.
  const rewrite = work.rewrite || duplicates.has(-1);
  const order = [...schema.sortOrder.map(quoteName), 'row_hash'].join(', ');
  // Sorted inside, converted outside: an enum sorts by its number, many times faster than as text.
  const select = `SELECT ${storedColumns(schema)} FROM (SELECT * FROM (${rows}) ${rewrite ? '' : 'WHERE input >= 0'} ORDER BY ${order})`;
  const target = { stagedPath, folder: work.folder, day: work.day, timeColumn: schema.partitioning.time };
  const whole = await writeFile(connection, select, target);
  const written = whole ? await splitLarge(connection, whole, target) : [];
  return { written, removed: rewrite ? work.existingFiles.map((file) => file.path) : [], duplicates };
}

/** Cuts a file that came out too large into equal runs of rows. How many follows from the bytes, so from the rows alone. */
async function splitLarge(
  connection: DuckDBConnection,
  whole: WrittenFile,
  target: { stagedPath: string; folder: string; day: string; timeColumn: string },
): Promise<WrittenFile[]> {
  if (whole.file.bytes <= targetFileBytes * 1.5) return [whole];
  const pieces = Math.ceil(whole.file.bytes / targetFileBytes);
  const rows = Math.ceil(whole.file.rows / pieces);
  const written: WrittenFile[] = [];
  for (let piece = 0; piece < pieces; piece += 1) {
    const select = `SELECT * FROM read_parquet(${quoteText(whole.stagedPath)}, hive_partitioning = false) LIMIT ${rows} OFFSET ${piece * rows}`;
    const file = await writeFile(connection, select, {
      ...target,
      stagedPath: `${target.stagedPath}.${piece}`,
    });
    if (file) written.push(file);
  }
  await rm(whole.stagedPath);
  return written;
}
