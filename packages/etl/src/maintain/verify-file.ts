import { rm } from 'node:fs/promises';
import { isHeadwaterError } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import type { FolderStore, LakeStore } from '@headwater/storage';
import type { ParquetChecker } from '../engine/parquet-checker.ts';
import { contentHash } from '../lake/content-hash.ts';
import { downloadFile } from '../lake/download-file.ts';

/** A committed file, and the means to check it. */
export interface FileCheck {
  readonly store: LakeStore;
  readonly file: DataFile;
  /** The column that has to be on the file's day; undefined in a quarantine. */
  readonly time: string | undefined;
  readonly checker: ParquetChecker;
  /** Where a file from S3 is kept while it is checked. */
  readonly copyTo: string;
  readonly signal: AbortSignal | undefined;
}

/** Compares a file with its entry in the manifest. @returns the difference in words; undefined when there is none */
export async function verifyFile(check: FileCheck): Promise<string | undefined> {
  const { store, file, copyTo, signal } = check;
  const found = await store.info(file.path);
  if (!found) return 'is missing';
  if (found.bytes !== file.bytes) return `has ${found.bytes} bytes, not ${file.bytes}`;
  if (isFolder(store)) {
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

async function rowsProblem({ file, time, checker }: FileCheck, path: string): Promise<string | undefined> {
  const found = await checker.countRows(path, file.day, time);
  if (typeof found === 'string') return found;
  if (found.rows !== file.rows) return `holds ${found.rows} rows, not ${file.rows}`;
  return found.outside > 0 ? `${found.outside} rows are not on ${file.day}` : undefined;
}

const isFolder = (store: LakeStore): store is FolderStore => store.kind === 'folder';
