import type { FolderStore } from '@headwater/storage';
import { commitManifest } from './commit-manifest.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import type { WritableLake } from './writable-lake.ts';

/** A lake in a folder: the run works inside it, and its lock keeps every other writer out. */
export function createFolderLake(store: FolderStore): WritableLake {
  return {
    store,
    work: store,
    isShared: false,
    localPath: (file) => store.path(file.path),
    fetch: async () => undefined,
    async removeLeftovers(state) {
      // Nobody else writes while the lock is held, so every unlisted file is dead.
      await removeLeftovers(store, state, () => true);
    },
    async commit({ state, added, quarantineAdded, manifest }) {
      for (const { stagedPath, file } of [...added, ...quarantineAdded])
        await store.take(stagedPath, file.path);
      const files = added.map(({ file }) => file);
      const quarantineFiles = quarantineAdded.map(({ file }) => file);
      await commitManifest(store, state, manifest(state.sequence + 1, files, quarantineFiles));
    },
  };
}
