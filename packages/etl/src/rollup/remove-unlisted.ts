import { readdir } from 'node:fs/promises';
import { type RollupState, rollupFolder, rollupsOf, stagingPath } from '@headwater/core/internal';
import type { FolderStore } from '@headwater/storage';

/**
 * Removes the files of rollups that the newest state does not list: those of refreshes that died, and those that the state before had. Call
 * it with the lock held.
 *
 * @returns their paths
 */
export async function removeUnlisted(
  store: FolderStore,
  table: string,
  state: RollupState | undefined,
): Promise<readonly string[]> {
  await store.removeFolder(stagingPath(rollupsOf(table)));
  const listed = new Set(
    (state?.rollups ?? []).flatMap(({ entries }) => entries.flatMap(({ path }) => path ?? [])),
  );
  const prefix = rollupFolder(table, { metric: '', grain: 'day', by: 'none' }).replace(/_day$/, '');
  const names = await readdir(store.path(), { withFileTypes: true }).catch(() => []);
  const unlisted: string[] = [];
  for (const entry of names) {
    if (!entry.isDirectory() || !entry.name.startsWith(prefix)) continue;
    let isEmpty = true;
    for await (const { path } of store.walk(entry.name)) {
      if (listed.has(path)) isEmpty = false;
      else unlisted.push(path);
    }
    if (isEmpty) await store.removeFolder(entry.name);
  }
  await store.remove(unlisted);
  return unlisted;
}
