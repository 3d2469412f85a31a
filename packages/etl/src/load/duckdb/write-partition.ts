import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import {
  duckdbStoredType,
  duckdbType,
  isKeyAcrossFolders,
  isWholeRowKey,
  keepsAllRows,
  quoteName,
} from '@headwater/core/internal';
import type { WrittenFile } from '../../lake/written-file.ts';
import type { PartitionWork, WrittenPartitions } from '../load-engine.ts';
import { stagedName } from '../staged-name.ts';
import { committedRows } from './committed-rows.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { withoutReplaced } from './settle-across-folders.ts';
import { settleEvents } from './settle-events.ts';
import { rowHashes, stage, stagedValues } from './staging-table.ts';
import { type Settled, withoutDuplicates } from './without-duplicates.ts';
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
  run: DuckdbRun,
  connection: DuckDBConnection,
  work: PartitionWork,
  stagedPath: string,
): Promise<WrittenPartitions> {
  const { schema, fileBytes } = run;
  const { rows, duplicates, replaces } = await partitionRows(run, connection, work);
  const isThere = new Set(work.existingFiles.map(({ path }) => path));
  const write = (rewrite: boolean): Promise<WrittenFile[]> => {
    const fresh = rewrite || isThere.size === 0 ? '' : 'WHERE input >= 0';
    // Sorted inside, converted outside: an enum sorts by its number, many times faster than as text.
    const select = `SELECT ${storedColumns(schema)} FROM (SELECT * FROM (${rows}) ${fresh} ORDER BY ${rowOrder(schema, work.day)})`;
    return writeFiles(connection, select, fileBytes, {
      stagedPath,
      folder: work.folder,
      day: work.day,
      timeColumn: schema.partitioning.time,
    });
  };
  // A row in the lake that a new one replaces must leave it: then the folder is written again.
  const rewrite = work.rewrite || replaces;
  const files = await write(rewrite);
  const removed = [...isThere];
  if (rewrite) return { files, removed, duplicates };
  if (!files.some(({ file }) => isThere.has(file.path))) return { files, removed: [], duplicates };
  // Files are named by their content: of two files of equal rows, which a table may keep, only one could be in the folder.
  for (const file of files) await rm(file.stagedPath);
  return { files: await write(true), removed, duplicates };
}

/** The rows of a partition without duplicates, by the rule of `DuplicatesConfig`. */
async function partitionRows(
  { schema, localPath, across }: DuckdbRun,
  connection: DuckDBConnection,
  { folder, staged, existingFiles, laterFiles = [], rewrite }: PartitionWork,
): Promise<Settled> {
  const hashes = rowHashes(schema).map(({ name }) => name);
  const columns = [stagedValues(schema), ...hashes, 'input'].join(', ');
  const isAcross = isKeyAcrossFolders(schema) && laterFiles.length === 0;
  // A compaction, and a table that keeps all rows, have no duplicates to look for.
  const isSettled = keepsAllRows(schema) || isAcross || (rewrite && laterFiles.length === 0);
  const needsPlace = !isSettled && !isWholeRowKey(schema);
  const place = (sql: string): string => (needsPlace ? `, ${sql} AS place` : '');
  const committed = committedRows(schema, existingFiles.map(localPath));
  const parts = [
    ...(staged ? [`SELECT ${columns}${place('rowid')} FROM ${stage} WHERE ${staged}`] : []),
    ...(existingFiles.length > 0
      ? [
          `SELECT *${place('0')} FROM (${across.losing.has(folder) ? withoutReplaced(schema, folder, committed) : committed})`,
        ]
      : []),
    ...laterFiles.map(
      (file, index) =>
        `SELECT * REPLACE (0 AS input)${place(String(index))} FROM (${committedRows(schema, [localPath(file)])})`,
    ),
  ];
  const source = `(${parts.join(' UNION ALL ')})`;
  if (isSettled)
    return {
      rows: `SELECT ${stagedValues(schema)}, row_hash, input FROM ${source}`,
      duplicates: new Map(),
      replaces: across.losing.has(folder),
    };
  return isWholeRowKey(schema)
    ? withoutDuplicates(connection, schema, source)
    : settleEvents(connection, schema, source);
}
