import { rm } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import { type Manifest, manifestPath } from '@headwater/core/internal';
import { type LakeStore, openLakeStore } from '@headwater/storage';
import { lakeErrorFrom } from '../lake/file-error.ts';
import { writeCheckpoint } from '../lake/keep-checkpoint.ts';
import { takeLakeLock } from '../lake/lake-lock.ts';
import { stagingFolder } from '../lake/lake-paths.ts';
import { openWorkFolder } from '../lake/work-folder.ts';
import { copyFiles, removeStaged } from './copy-files.ts';
import { planSync, type SyncPlan } from './plan-sync.ts';
import type { SyncOptions, SyncReport } from './sync-report.ts';

/**
 * Copies what a table of one lake has and another has not, in either direction: files first, then the commits one after
 * the other, under their own numbers and with their own words. Stopped and begun again, it goes on where it was.
 *
 * @throws HeadwaterError `LAKE_DIVERGED` when the target has another commit under a number of the source's, `LAKE_NOT_FOUND`
 * when the source holds no commit, `LAKE_CORRUPT` for a file that is not what was committed
 */
export async function syncLake(options: SyncOptions): Promise<SyncReport> {
  const { table, signal, dryRun = false } = options;
  const { name } = table.schema;
  const started = performance.now();
  const from = openLakeStore(options.from);
  const to = openLakeStore(options.to);
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
  try {
    signal?.throwIfAborted();
    if (dryRun) return report(await plan());
    const work = openWorkFolder(options.to, options.workFolder);
    const wait = options.lockTimeoutSeconds ?? 60;
    const lock = await takeLakeLock(work, options.to, name, wait, signal);
    const between = work.path(`${stagingFolder(name)}/sync`);
    try {
      const made = await plan();
      const { bytes: totalBytes } = report(made);
      let bytes = 0;
      const onBytes = (more: number): void => {
        bytes += more;
        options.onProgress?.({ bytes, totalBytes });
      };
      await copyFiles({ table: name, from, to, between, signal, onBytes }, made.files);
      signal?.throwIfAborted();
      await commitAll(from, to, made.commits);
      if (made.commits.length > 0)
        await writeCheckpoint(to, { ...made.source, checkpoint: made.target.checkpoint });
      await to.remove(made.gone);
      await removeStaged(to, name);
      return report(made);
    } finally {
      await rm(between, { recursive: true, force: true });
      lock.release();
    }
  } catch (error) {
    if (signal?.aborted && !(error instanceof HeadwaterError))
      throw new HeadwaterError('INTERRUPTED', { during: 'the sync' }, { cause: error });
    throw lakeErrorFrom(error, options.to, 'the sync');
  }
}

/** Commits as the source did, byte for byte. Once begun it goes to the end: in between, the target may list files of days past. */
async function commitAll(from: LakeStore, to: LakeStore, commits: readonly Manifest[]): Promise<void> {
  for (const { table, sequence } of commits) {
    const path = manifestPath(table, sequence);
    if (await to.createText(path, await from.readText(path))) continue;
    const { location } = from;
    throw new HeadwaterError('LAKE_DIVERGED', { from: location, to: to.location, table, sequence });
  }
}
