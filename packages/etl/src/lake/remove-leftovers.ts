import type { LakeState } from '@headwater/core';
import { quarantineName, stagingFolder } from './lake-paths.ts';
import type { LocalLake } from './local-lake.ts';

/**
 * Removes what a run that died left behind: its staging folder, and data files that no manifest lists.
 * Call it with the write lock held.
 *
 * @returns how many files were removed
 */
export async function removeLeftovers(lake: LocalLake, state: LakeState): Promise<number> {
  await lake.remove(stagingFolder(state.table));
  const listed = new Set([...state.files, ...state.quarantineFiles].map((file) => file.path));
  let removed = 0;
  for (const folder of [state.table, quarantineName(state.table)]) {
    for await (const path of lake.walk(folder)) {
      if (listed.has(path) || !path.endsWith('.parquet')) continue;
      await lake.remove(path);
      removed += 1;
    }
  }
  return removed;
}
