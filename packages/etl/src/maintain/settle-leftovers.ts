import { type LakeState, readLakeHistory } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { stagingFolder } from '../lake/lake-paths.ts';
import { findUnlisted } from '../lake/unlisted-files.ts';

/**
 * Deletes the files that some commit took out of a lake and that are still there, at once: a run that died after its commit leaves them. Other
 * unlisted files may yet be committed by a run at work.
 *
 * @returns paths of the files that stay: uploads, and files in place that no commit lists
 */
export async function settleLeftovers(store: LakeStore, state: LakeState): Promise<string[]> {
  const { dead, pending } = await findUnlisted(store, state);
  let left = [...dead, ...pending].map(({ path }) => path);
  if (left.length > 0) {
    const history = await readLakeHistory(store, state.table);
    const replaced = new Set(history.flatMap((commit) => [...commit.removed, ...commit.quarantineRemoved]));
    await store.remove(left.filter((path) => replaced.has(path)));
    left = left.filter((path) => !replaced.has(path));
  }
  // In a folder it is the one in which this run works.
  if (store.kind === 'folder') return left;
  for await (const { path } of store.walk(stagingFolder(state.table))) left.push(path);
  for await (const { path } of store.unfinishedUploads(stagingFolder(state.table))) left.push(path);
  return left.sort();
}
