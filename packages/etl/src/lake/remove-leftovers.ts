import { type LakeState, manifestFolder, quarantineName } from '@headwater/core';
import type { FolderStore } from '@headwater/storage';
import { stagingFolder } from './lake-paths.ts';

/**
 * Removes what a run that died left behind: its staging folder, drafts of manifests, and data files that no manifest
 * lists. Call it with the write lock held.
 *
 * @returns how many files were removed
 */
export async function removeLeftovers(lake: FolderStore, state: LakeState): Promise<number> {
  await lake.removeFolder(stagingFolder(state.table));
  const listed = new Set([...state.files, ...state.quarantineFiles].map((file) => file.path));
  const manifests = manifestFolder(state.table);
  const leftovers = (await lake.list(manifests))
    .filter((name) => name.endsWith('.draft'))
    .map((name) => `${manifests}/${name}`);
  for (const folder of [state.table, quarantineName(state.table)]) {
    for await (const { path } of lake.walk(folder))
      if (!listed.has(path) && /\.(parquet|draft)$/.test(path)) leftovers.push(path);
  }
  await lake.remove(leftovers);
  return leftovers.length;
}
