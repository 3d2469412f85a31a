import { join } from 'node:path';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import {
  type DataFile,
  foldManifests,
  inParallel,
  type LakeState,
  readLakeHistory,
  schemaAt,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { openParquetChecker } from '../engine/parquet-checker.ts';
import { lakeErrorFrom } from '../lake/file-error.ts';
import { guardCallback } from '../lake/guard-callback.ts';
import { openScratchFolder } from '../lake/scratch-folder.ts';
import type { LakeProblem } from './lake-problem.ts';
import { verifyFile } from './verify-file.ts';

/** Files read at the same time: one from a disk; from S3 as many as hide the latency of each. */
const parallelFiles = { folder: 1, s3: 4 };

/** Reads every committed file and names each one that is missing, damaged, or holds rows of another day. */
export async function checkFiles(
  store: LakeStore,
  schema: TableSchema,
  state: LakeState,
  {
    onProgress,
    signal,
  }: {
    readonly onProgress?: ((progress: { files: number; totalFiles: number }) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<LakeProblem[]> {
  // In older files the time column may have a former name.
  const timeOf = ({ path }: DataFile): string =>
    schemaAt(state, state.addedBy.get(path) ?? 0)?.time ?? schema.partitioning.time;
  const all = [
    ...state.files.map((file) => ({ file, time: timeOf(file) })),
    ...state.quarantineFiles.map((file) => ({ file, time: undefined })),
  ];
  const progress = onProgress && guardCallback('onProgress', onProgress);
  const parallel = parallelFiles[store.kind];
  const lake = store.location;
  await using scratch = await openScratchFolder('verify');
  try {
    await using checker = await openParquetChecker(scratch.path, parallel, signal);
    let done = 0;
    const found = await inParallel(all, parallel, async ({ file, time }) => {
      signal?.throwIfAborted();
      const copyTo = join(scratch.path, `${file.hash}.parquet`);
      const problem = await verifyFile({ store, file, time, checker, copyTo, signal });
      done += 1;
      progress?.({ files: done, totalFiles: all.length });
      return problem === undefined ? [] : [{ file: file.path, problem, fix: damagedFileFix(file, lake) }];
    });
    return await stillCommitted(store, state, found.flat());
  } catch (cause) {
    const during = 'the verification';
    if (signal?.aborted) throw new HeadwaterError('INTERRUPTED', { during }, { cause });
    throw lakeErrorFrom(cause, { lake, workFolder: scratch.path, during });
  }
}

/** What to do about a file that is missing or damaged. */
export const damagedFileFix = ({ bytes, hash }: DataFile, lake: string): string =>
  `Restore the file from a copy of the lake (${bytes} bytes, XXH3-128 ${hash}), or take it out of the lake with ` +
  `\`headwater lake repair --drop-damaged --lake ${lake}\``;

/** A commit during the verification may have replaced files: the lake no longer needs them. */
async function stillCommitted(
  store: LakeStore,
  state: LakeState,
  problems: readonly LakeProblem[],
): Promise<LakeProblem[]> {
  if (problems.length === 0) return [];
  const later = await readLakeHistory(store, state.table, state.sequence + 1);
  const now = foldManifests(state, later);
  const present = new Set([...now.files, ...now.quarantineFiles].map(({ path }) => path));
  return problems.filter(({ file }) => present.has(file));
}
