import {
  headwaterVersion,
  manifestFolder,
  type RollupState,
  rollupStatePath,
  rollupsOf,
  type StoredRollup,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';

/** How many states stay: readers may have found the last one just before the next was written. */
const keptStates = 3;

/**
 * Creates the next state, which is the commit. Files that it no longer uses stay for readers until the next one.
 *
 * @param commit `sequence`: the number of the newest state, whether it could be read or not
 * @returns false when another writer created that state first
 */
export async function commitRollups(
  store: LakeStore,
  table: string,
  commit: { sequence: number; former: RollupState | undefined; rollups: readonly StoredRollup[] },
): Promise<boolean> {
  const { sequence, former, rollups } = commit;
  const used = new Set(rollups.flatMap(pathsOf));
  const state: RollupState = {
    version: 1,
    table,
    sequence: sequence + 1,
    headwater: headwaterVersion,
    writtenAt: new Date().toISOString(),
    rollups: [...rollups],
    retired: (former?.rollups ?? []).flatMap(pathsOf).filter((path) => !used.has(path)),
  };
  const path = rollupStatePath(table, state.sequence);
  if (!(await store.createText(path, `${JSON.stringify(state)}\n`))) return false;
  const old = Array.from({ length: Math.max(0, state.sequence - keptStates) }, (_, index) => index + 1);
  const names = new Set(await store.list(manifestFolder(rollupsOf(table))));
  const paths = old.map((number) => rollupStatePath(table, number));
  await store.remove(paths.filter((one) => names.has(one.slice(one.lastIndexOf('/') + 1))));
  return true;
}

const pathsOf = ({ entries }: StoredRollup): string[] => entries.flatMap(({ path }) => path ?? []);
