import type { FolderStore } from '@headwater/storage';
import { commitManifest } from './commit-manifest.ts';
import type { LakeTarget } from './lake-target.ts';
import { removeLeftovers } from './remove-leftovers.ts';

/** A lake in a folder: the run works inside it, and its lock keeps every other writer out. */
export function createFolderTarget(store: FolderStore): LakeTarget {
  return {
    store,
    work: store,
    isShared: false,
    localPath: (file) => store.path(file.path),
    fetch: async () => undefined,
    async removeLeftovers(state) {
      // Nobody else writes while the lock is held, so whatever is not listed is dead.
      await removeLeftovers(store, state, () => true);
    },
    async publish({ state, added, quarantineAdded, manifest }) {
      for (const { stagedPath, file } of [...added, ...quarantineAdded])
        await store.take(stagedPath, file.path);
      const files = added.map(({ file }) => file);
      const refused = quarantineAdded.map(({ file }) => file);
      await commitManifest(store, state, manifest(state.sequence + 1, files, refused));
    },
  };
}
