import { type LakeState, manifestFolder, quarantineName } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { stagingFolder } from './lake-paths.ts';

/**
 * Removes what runs that died left behind: what they had in staging, drafts, uploads never finished, and data files that
 * no manifest lists.
 *
 * @param isDead whether nobody will ever commit a file that is not committed now
 * @returns how many files there are that may yet be committed
 */
export async function removeLeftovers(
  store: LakeStore,
  state: LakeState,
  isDead: (path: string, since: Date) => boolean,
): Promise<number> {
  const staging = stagingFolder(state.table);
  const listed = new Set([...state.files, ...state.quarantineFiles].map((file) => file.path));
  const dead: string[] = [];
  // On S3 nothing is ever half written, and listing a long history costs.
  if (store.kind === 'folder')
    for (const name of await store.list(manifestFolder(state.table)))
      if (name.endsWith('.draft')) dead.push(`${manifestFolder(state.table)}/${name}`);
  let alive = 0;
  for (const folder of [staging, state.table, quarantineName(state.table)]) {
    for await (const file of store.walk(folder)) {
      const isOurs = folder === staging || /\.(parquet|draft)$/.test(file.path);
      if (listed.has(file.path) || !isOurs) continue;
      if (isDead(file.path, file.modifiedAt)) dead.push(file.path);
      else alive += 1;
    }
  }
  for await (const upload of store.unfinishedUploads(staging)) {
    if (isDead(upload.path, upload.startedAt)) await upload.abort();
    else alive += 1;
  }
  await store.remove(dead);
  return alive;
}
