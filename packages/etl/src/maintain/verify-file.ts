import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isHeadwaterError } from '@headwater/core';
import { type DataFile, quoteName, quoteText } from '@headwater/core/internal';
import type { FolderStore, S3Store } from '@headwater/storage';
import { countOf, rowsOf } from '../engine/duckdb-session.ts';
import { contentHash } from '../lake/content-hash.ts';
import { downloadFile } from '../lake/download-file.ts';

/** Where a file is, and with what it is read. */
export interface FileCheck {
  readonly store: FolderStore | S3Store;
  readonly file: DataFile;
  /** The column that has to be of the file's day; none in a quarantine. */
  readonly time: string | undefined;
  /** What the store says of its size; undefined when it is not there. */
  readonly bytes: number | undefined;
  readonly connection: DuckDBConnection;
  /** Where a copy may be put while it is read. */
  readonly copyTo: string;
  readonly signal: AbortSignal | undefined;
}

/** Reads a committed file, and says what is not as it was committed. */
export async function verifyFile(check: FileCheck): Promise<string | undefined> {
  const { store, file, bytes, copyTo, signal } = check;
  if (bytes === undefined) return 'is missing';
  if (bytes !== file.bytes) return `has ${bytes} bytes, not ${file.bytes}`;
  if (store.kind === 'folder') {
    const hash = await contentHash(store.path(file.path));
    if (hash !== file.hash) return `its content is not what was committed (${hash}, not ${file.hash})`;
    return rowsProblem(check, store.path(file.path));
  }
  try {
    await downloadFile(store, file, copyTo, { signal });
    return await rowsProblem(check, copyTo);
  } catch (error) {
    if (isHeadwaterError(error, 'LAKE_CORRUPT')) return error.payload.problem;
    throw error;
  } finally {
    await rm(copyTo, { force: true });
  }
}

async function rowsProblem({ file, time, connection }: FileCheck, path: string): Promise<string | undefined> {
  const outside = time ? `count(*) FILTER (${quoteName(time)}::DATE <> DATE ${quoteText(file.day)})` : '0';
  const sql = `SELECT count(*) AS rows, ${outside} AS outside FROM read_parquet(${quoteText(path)}, hive_partitioning = false)`;
  const counted = await rowsOf(connection, sql).catch(
    (error: Error) => error.message.split('\n')[0] ?? 'cannot be read',
  );
  if (typeof counted === 'string') return counted;
  const [row] = counted;
  const rows = countOf(row?.['rows']);
  if (rows !== file.rows) return `holds ${rows} rows, not ${file.rows}`;
  return countOf(row?.['outside']) > 0 ? `${row?.['outside']} rows are not of ${file.day}` : undefined;
}
