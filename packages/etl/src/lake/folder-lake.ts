import type { FolderStore } from '@headwater/storage';
import { commitManifest, isCommitted } from './commit-manifest.ts';
import { stagingFolder } from './lake-paths.ts';
import { clearPending, recordPending } from './pending-files.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import type { WritableLake } from './writable-lake.ts';

/** A lake in a folder: the run works inside it, and its lock excludes every other writer. */
export function createFolderLake(store: FolderStore): WritableLake {
  return {
    store,
    work: store,
    isShared: false,
    isLocked: true,
    localPath: (file) => store.path(file.path),
    fetch: async () => undefined,
    trimCache: async () => undefined,
    keepCached: async () => 0,
    localCopy: async ({ path }) => store.path(path),
    async removeLeftovers(state) {
      // Nobody else writes while the lock is held, so a file that was not committed belongs to a dead run, however young.
      const always = (): boolean => true;
      const removed = await removeLeftovers(store, state, {
        mayRemoveDead: always,
        mayRemovePending: always,
      });
      if (removed.lost.length === 0 && state.missing.length === 0) {
        await store.removeFolder(stagingFolder(state.table));
        await clearPending(store, state.table);
      }
      return removed;
    },
    async commit({ state, added, quarantineAdded, manifest }) {
      const { table, sequence } = state;
      const files = added.map(({ file }) => file);
      const quarantineFiles = quarantineAdded.map(({ file }) => file);
      const paths = [...files, ...quarantineFiles].map(({ path }) => path);
      await recordPending(store, table, paths);
      try {
        for (const { stagedPath, file } of [...added, ...quarantineAdded])
          await store.take(stagedPath, file.path);
        await commitManifest(store, state, manifest(sequence + 1, files, quarantineFiles));
      } catch (error) {
        if (!(await isCommitted(store, table, sequence + 1))) {
          const listed = new Set([...state.files, ...state.quarantineFiles].map(({ path }) => path));
          // If this fails, the record stays, and the next run removes the files.
          await store
            .remove(paths.filter((path) => !listed.has(path)))
            .then(() => clearPending(store, table))
            .catch(() => undefined);
        }
        throw error;
      }
      await clearPending(store, table);
    },
    async [Symbol.asyncDispose]() {},
  };
}
