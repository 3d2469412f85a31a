import { manifestFolder } from '@headwater/core/internal';
import type { FolderStore, LakeStore } from '@headwater/storage';
import { type DataFileName, parseUploadPath, stagingFolder } from './lake-paths.ts';

// A file is in its place before the manifest lists it. If the process dies in between, nothing but a record made before
// tells that file from one whose manifest was lost. In a folder the record is this file; on S3 it is the upload that the
// file was copied from, which is removed after the commit.
const pendingFile = (table: string): string => `${manifestFolder(table)}/pending-files.json`;

/** Records the files that are about to be put in their places in a folder, beside those that are recorded already. */
export async function recordPending(
  store: FolderStore,
  table: string,
  paths: readonly string[],
): Promise<void> {
  await writeRecord(store, table, new Set([...(await recordedPaths(store, table)), ...paths]));
}

/** Takes files out of the record. Call it when a manifest lists them, or when they are removed. */
export async function forgetPending(
  store: FolderStore,
  table: string,
  paths: Iterable<string>,
): Promise<void> {
  const rest = new Set(await recordedPaths(store, table));
  for (const path of paths) rest.delete(path);
  await writeRecord(store, table, rest);
}

/** Removes the record. Call it with the lock held, when every unlisted file of it is removed. */
export const clearPending = (store: FolderStore, table: string): Promise<void> =>
  store.remove([pendingFile(table)]);

async function writeRecord(store: FolderStore, table: string, paths: ReadonlySet<string>): Promise<void> {
  if (paths.size === 0) await clearPending(store, table);
  else await store.replaceText(pendingFile(table), `${JSON.stringify({ version: 1, paths: [...paths] })}\n`);
}

/** A record of files that are in their places, or about to be, and not committed yet. */
export interface PendingFiles {
  has(path: string, name: DataFileName): boolean;
}

/** Reads the records of a table's uncommitted files, of running and of dead runs. */
export async function readPending(store: LakeStore, table: string): Promise<PendingFiles> {
  if (store.kind === 'folder') {
    const paths = new Set(await recordedPaths(store, table));
    return { has: (path) => paths.has(path) };
  }
  const keyOf = ({ hash, run = '' }: DataFileName): string => `${hash} ${run}`;
  const uploads = new Set<string>();
  for await (const { path } of store.walk(stagingFolder(table))) {
    const name = parseUploadPath(path);
    if (name) uploads.add(keyOf(name));
  }
  // A sync uploads files that keep the names that they have in the other lake, so its uploads are found by content.
  return { has: (_path, name) => uploads.has(keyOf(name)) || uploads.has(keyOf({ hash: name.hash })) };
}

async function recordedPaths(store: LakeStore, table: string): Promise<readonly string[]> {
  if (!(await store.info(pendingFile(table)))) return [];
  try {
    const { paths } = JSON.parse(await store.readText(pendingFile(table))) as { paths?: unknown };
    return Array.isArray(paths) ? paths.map(String) : [];
  } catch {
    // It is written whole or not at all; an unreadable one was changed by others, and proves nothing.
    return [];
  }
}
