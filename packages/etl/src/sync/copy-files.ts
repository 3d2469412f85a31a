import { type DataFile, inParallel } from '@headwater/core/internal';
import type { FolderStore, S3Store } from '@headwater/storage';
import { assertContent } from '../lake/assert-content.ts';
import { downloadFile } from '../lake/download-file.ts';
import { stagingFolder } from '../lake/lake-paths.ts';

const parallelFiles = 4;
const parallelCopies = 16;

/** Two lakes, and a folder of this machine between them. */
export interface Copying {
  readonly table: string;
  readonly from: FolderStore | S3Store;
  readonly to: FolderStore | S3Store;
  /** For files between download and upload; on the target's own file system when the target is a folder. */
  readonly between: string;
  readonly signal: AbortSignal | undefined;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Copies files to the target and checks each against its content hash. On S3 they are uploaded to the staging folder, which
 * engines do not read, and copied into place together at the end. Uploads of an earlier, interrupted sync are used.
 */
export async function copyFiles(copying: Copying, files: readonly DataFile[]): Promise<void> {
  const { to, signal } = copying;
  if (to.kind === 'folder') {
    await inParallel(files, parallelFiles, (file) => copyFile(copying, file, file.path));
    return;
  }
  const folder = `${stagingFolder(copying.table)}/sync`;
  const staged = ({ hash }: DataFile): string => `${folder}/${hash}.parquet`;
  const uploaded = new Map<string, number>();
  for await (const { path, bytes } of to.walk(folder)) uploaded.set(path, bytes);
  await inParallel(files, parallelFiles, async (file) => {
    if (uploaded.get(staged(file)) === file.bytes) copying.onBytes(file.bytes);
    else await copyFile(copying, file, staged(file));
  });
  await inParallel(files, parallelCopies, async (file) => {
    signal?.throwIfAborted();
    try {
      await to.copy(staged(file), file.path);
    } catch (error) {
      if (await to.info(staged(file))) throw error;
      // Another run removes uploads of a sync that are a day old, and this sync took longer.
      await copyFile({ ...copying, onBytes() {} }, file, staged(file));
      await to.copy(staged(file), file.path);
    }
  });
}

/** Removes the uploads that {@link copyFiles} staged. Call it when the commits stand. */
export async function removeStaged(to: FolderStore | S3Store, table: string): Promise<void> {
  if (to.kind === 'folder') return;
  const paths: string[] = [];
  for await (const { path } of to.walk(`${stagingFolder(table)}/sync`)) paths.push(path);
  await to.remove(paths);
}

async function copyFile(copying: Copying, file: DataFile, path: string): Promise<void> {
  const { from, to, between, signal, onBytes } = copying;
  signal?.throwIfAborted();
  if (from.kind === 'folder') {
    await assertContent(from, file);
    await to.put(path, from.path(file.path), { hash: file.hash, signal, onBytes });
    return;
  }
  const local = `${between}/${file.hash}.parquet`;
  // Only the download is reported as progress, so that each byte counts once.
  await downloadFile(from, file, local, { signal, onBytes });
  if (to.kind === 'folder') await to.take(local, path);
  else await to.put(path, local, { hash: file.hash, signal });
}
