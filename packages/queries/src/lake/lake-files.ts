import {
  assertPartitioning,
  type DataFile,
  isManifestName,
  type LakeState,
  manifestFolder,
  quarantinedTable,
  readLakeState,
  type TableSchema,
} from '@headwater/core';
import { type LakeStore, openLakeStore } from '@headwater/storage';

interface KnownTable {
  /** Name and text of the last commit: a lake that was made anew has others. */
  readonly last: string;
  readonly text: string;
  readonly state: LakeState;
}

/**
 * The committed files of a lake's tables and quarantines, as of now: only when there is a new commit is more than the last
 * one read. The function throws `PARTITIONING_CHANGED` for a table whose definition has other folders.
 */
export function createLakeFiles(
  location: string,
  tables: readonly TableSchema[],
): (name: string) => Promise<readonly DataFile[]> {
  let store: LakeStore | undefined;
  const known = new Map<string, KnownTable>();
  return async (name) => {
    const refusing = quarantinedTable(name);
    const state = await stateOf(refusing ?? name);
    return (refusing === undefined ? state?.files : state?.quarantineFiles) ?? [];
  };

  async function stateOf(table: string): Promise<LakeState | undefined> {
    store ??= openLakeStore(location);
    const folder = manifestFolder(table);
    const before = known.get(table);
    const names = (await store.list(folder, before?.last)).filter(isManifestName).toSorted();
    const last = names.at(-1) ?? before?.last;
    if (last === undefined) return undefined;
    const text = await store.readText(`${folder}/${last}`);
    if (before?.last === last && before.text === text) return before.state;
    const state = await readLakeState(store, table);
    const schema = tables.find(({ name }) => name === table);
    if (schema) assertPartitioning(schema, state, location);
    known.set(table, { last, text, state });
    return state;
  }
}
