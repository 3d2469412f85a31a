import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { LakeState } from '@headwater/core/internal';
import type { FolderStore, LakeStore } from '@headwater/storage';
import { commitShared } from './commit-shared.ts';
import { createFileCache } from './file-cache.ts';
import { stagingFolder } from './lake-paths.ts';
import { type RemovedLeftovers, removeLeftovers } from './remove-leftovers.ts';
import type { WritableLake } from './writable-lake.ts';

/** How long a sync's uploads are kept for its resumption. */
const dayMs = 86_400_000;

/**
 * A lake that other machines may write to as well: there is no lock, the conditional creation of the manifest decides.
 *
 * Leftovers are identified by commit number: the name of every uploaded file holds the commit that is to add it. Once that
 * commit exists, by whichever run, the other files for it are dead, however slow their run may be. A file for a later
 * commit is left alone, however old. Dead files stay for a grace period, because a run that lost its commit copies its
 * uploads to the next number without loading again. Files without a number came from a lake in a folder; they and the
 * uploads that they were copied from stay for a day.
 *
 * @param store the files of the lake
 * @param work the folder of this machine that the run works in
 * @param graceMs how long leftovers stay
 */
export function createSharedLake(
  table: string,
  store: LakeStore,
  work: FolderStore,
  graceMs: number,
): WritableLake {
  const cache = createFileCache(store, work, table);
  const clean = (state: LakeState): Promise<RemovedLeftovers> => {
    const isOlder = (since: Date, ms: number): boolean => Date.now() - since.getTime() >= ms;
    return removeLeftovers(store, state, {
      mayRemoveDead: (since) => isOlder(since, graceMs),
      mayRemovePending: (commit, since) =>
        commit === undefined
          ? isOlder(since, Math.max(dayMs, graceMs))
          : commit <= state.sequence && isOlder(since, graceMs),
    });
  };
  let isUndecided = false;
  return {
    store,
    work,
    isShared: true,
    isLocked: true,
    localPath: cache.path,
    fetch: cache.fetch,
    trimCache: cache.trim,
    keepCached: cache.keepOnly,
    async localCopy({ path }, to, signal) {
      await pipeline(store.read(path, undefined, signal), createWriteStream(to));
      return to;
    },
    async removeLeftovers(state) {
      await work.removeFolder(stagingFolder(table));
      const removed = await clean(state);
      isUndecided = removed.isUndecided;
      return removed;
    },
    async commit(pending) {
      const state = await commitShared(store, pending);
      // The commit stands, so what follows must not fail the run.
      try {
        for (const { file, stagedPath } of pending.added) await cache.take(file, stagedPath);
        await cache.trim();
        // This commit has decided about the files that another run wrote for the same number.
        if (isUndecided) await clean(state);
      } catch {
        // The next run downloads what it needs, and removes what is left.
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}
