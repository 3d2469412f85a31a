import type { FolderStore } from '@headwater/storage';
import { findUnlisted } from './unlisted-files.ts';
import type { WritableLake } from './writable-lake.ts';

/**
 * A lake for a dry run: it is read, and never changed.
 *
 * @param work a folder outside the lake
 */
export function createDryLake(lake: WritableLake, work: FolderStore): WritableLake {
  return {
    ...lake,
    work,
    async removeLeftovers(state) {
      const { lost } = await findUnlisted(lake.store, state);
      return { paths: [], isUndecided: false, lost };
    },
    async commit() {
      throw new Error('a dry run cannot commit');
    },
  };
}
