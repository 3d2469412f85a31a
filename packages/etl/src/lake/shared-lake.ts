import type { LakeState } from '@headwater/core/internal';
import { type FolderStore, openLakeStore } from '@headwater/storage';
import { commitShared } from './commit-shared.ts';
import { createFileCache } from './file-cache.ts';
import { commitOf, stagingFolder } from './lake-paths.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import type { WritableLake } from './writable-lake.ts';

const day = 86_400_000;

/**
 * A lake that other machines may write to as well: there is no lock, the conditional creation of the manifest decides.
 *
 * What runs left is told from what runs are about to commit by number: every uploaded file says in its name which commit
 * is to add it. Once that commit is made, by whomever, nobody can add to it. So a file of it that it does not list is
 * dead for certain, however slow its run may be, and a file of a commit yet to come is left alone, however old.
 * Files without a number were copied here from a lake in a folder; a copy under way is given a day.
 *
 * @param work the folder of this machine that stands in for the lake
 */
export function createSharedLake(table: string, location: string, work: FolderStore): WritableLake {
  const store = openLakeStore(location);
  const cache = createFileCache(store, work, table);
  const clean = async (state: LakeState): Promise<number> => {
    const aged = Date.now() - day;
    const isDead = (path: string, since: Date): boolean => {
      const commit = commitOf(path);
      return commit === undefined ? since.getTime() < aged : commit <= state.sequence;
    };
    return removeLeftovers(store, state, isDead);
  };
  let isUndecided = false;
  return {
    store,
    work,
    isShared: true,
    localPath: cache.path,
    fetch: cache.fetch,
    async removeLeftovers(state) {
      await work.removeFolder(stagingFolder(table));
      isUndecided = (await clean(state)) > 0;
    },
    async commit(pending) {
      const state = await commitShared(store, pending);
      for (const { file, stagedPath } of pending.added) await cache.take(file, stagedPath);
      await cache.trim();
      // Our commit has decided what becomes of files that another run meant for the same number.
      if (isUndecided) await clean(state);
    },
  };
}
