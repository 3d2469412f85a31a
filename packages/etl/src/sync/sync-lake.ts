import { rm } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import { type Manifest, manifestPath } from '@headwater/core/internal';
import { type LakeStore, openLakeStore } from '@headwater/storage';
import { lakeErrorFrom } from '../lake/file-error.ts';
import { guardCallback } from '../lake/guard-callback.ts';
import { writeCheckpoint } from '../lake/keep-checkpoint.ts';
import { takeLakeLock } from '../lake/lake-lock.ts';
import { stagingFolder } from '../lake/lake-paths.ts';
import { forgetPending, recordPending } from '../lake/pending-files.ts';
import { openWorkFolder } from '../lake/work-folder.ts';
import { copyFiles, removeStaged } from './copy-files.ts';
import { planSync, type SyncPlan } from './plan-sync.ts';
import type { SyncOptions, SyncReport } from './sync-report.ts';

/**
 * Copies the commits of a table that one lake has and another has not, in either direction: files first, then the
 * manifests in order, unchanged. Resumable.
 *
 * @throws HeadwaterError `LAKE_DIVERGED` when both lakes have a commit of the same number and the commits differ,
 * `LAKE_NOT_FOUND` when the source holds no commit, `LAKE_CORRUPT` for a file whose content is not what was committed
 */
export async function syncLake(options: SyncOptions): Promise<SyncReport> {
  const { table, signal, dryRun = false } = options;
  const { name } = table.schema;
  const started = performance.now();
  const from = openLakeStore(options.from, { aws: options.aws });
  const to = openLakeStore(options.to, { aws: options.aws });
  const report = ({ source, target, commits, files, gone }: SyncPlan): SyncReport => ({
    table: name,
    from: options.from,
    to: options.to,
    dryRun,
    commits: commits.length,
    ahead: Math.max(0, target.sequence - source.sequence),
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    removed: gone.length,
    seconds: (performance.now() - started) / 1000,
  });
  const plan = async (): Promise<SyncPlan> => {
    const made = await planSync(from, to, name);
    if (made.source.sequence > 0) return made;
    throw new HeadwaterError('LAKE_NOT_FOUND', { lake: options.from, table: name });
  };
  let workFolder = options.to;
  try {
    signal?.throwIfAborted();
    if (dryRun) return report(await plan());
    const work = openWorkFolder(options.to, options.workFolder);
    workFolder = work.location;
    const wait = options.lockTimeoutSeconds ?? 60;
    const lock = await takeLakeLock(work, options.to, name, wait, signal);
    const between = work.path(`${stagingFolder(name)}/sync`);
    try {
      const made = await plan();
      const { bytes: totalBytes } = report(made);
      let bytes = 0;
      const onProgress = options.onProgress && guardCallback('onProgress', options.onProgress);
      const onBytes = (more: number): void => {
        bytes += more;
        onProgress?.({ bytes, totalBytes });
      };
      // If the sync stops, the record says that these files are not committed yet.
      if (to.kind === 'folder')
        await recordPending(
          to,
          name,
          made.files.map(({ path }) => path),
        );
      await copyFiles({ table: name, from, to, between, signal, onBytes }, made.files);
      signal?.throwIfAborted();
      await commitAll(from, to, made.commits);
      if (made.commits.length > 0)
        await writeCheckpoint(to, { ...made.source, checkpoint: made.target.checkpoint });
      await to.remove(made.gone);
      await removeStaged(to, name);
      if (to.kind === 'folder') {
        // All that are listed now, with those that an earlier sync recorded before it was stopped.
        const listed = [...made.source.files, ...made.source.quarantineFiles];
        await forgetPending(
          to,
          name,
          listed.map(({ path }) => path),
        );
      }
      return report(made);
    } finally {
      await rm(between, { recursive: true, force: true });
      lock.release();
    }
  } catch (error) {
    if (signal?.aborted && !(error instanceof HeadwaterError))
      throw new HeadwaterError('INTERRUPTED', { during: 'the sync' }, { cause: error });
    throw lakeErrorFrom(error, { lake: options.to, workFolder, during: 'the sync' });
  }
}

/** Copies the manifests byte for byte. It is not interrupted: in between, the target may list files that were replaced since. */
async function commitAll(from: LakeStore, to: LakeStore, commits: readonly Manifest[]): Promise<void> {
  for (const { table, sequence } of commits) {
    const path = manifestPath(table, sequence);
    if (await to.createText(path, await from.readText(path))) continue;
    const { location } = from;
    throw new HeadwaterError('LAKE_DIVERGED', { from: location, to: to.location, table, sequence });
  }
}
