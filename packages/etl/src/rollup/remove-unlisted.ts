import { type RollupState, rollupFolderPrefix, rollupsOf, stagingPath } from '@headwater/core/internal';
import type { FolderStore, LakeStore, StoredFile } from '@headwater/storage';
import { parseDataPath } from '../lake/lake-paths.ts';

/** What is in the folders of rollups. */
export interface RollupFiles {
  /** The files that the state lists and that are there, by path, with their sizes. */
  readonly present: ReadonlyMap<string, number>;
  /** Files that no state will list: of runs that died, and of replaced entries. */
  readonly dead: readonly string[];
  /** Files that stay although the state does not list them: readers may have found them, or a refresh at work is to commit them. */
  readonly pending: readonly string[];
}

/** Files that came from a folder have no number: those that no state lists after a day are of a sync that died. */
const unnumberedMs = 86_400_000;

/**
 * Finds the files of rollups, and which of them can go. In a folder nobody else writes while the lock is held. On S3 the name of a file
 * says for which state it was written: one of a state that exists, and that the state does not list, was replaced, or its refresh came late.
 *
 * @param sequence the number of the newest state
 * @param graceMs how long files stay for readers on S3 that found them in the state before
 */
export async function findRollupFiles(
  store: LakeStore,
  table: string,
  { state, sequence, graceMs }: { state: RollupState | undefined; sequence: number; graceMs: number },
): Promise<RollupFiles> {
  const listed = new Set(
    (state?.rollups ?? []).flatMap(({ entries }) => entries.flatMap(({ path }) => path ?? [])),
  );
  const isRecent = state !== undefined && Date.now() - Date.parse(state.writtenAt) < graceMs;
  const retired = new Set(isRecent ? state.retired : []);
  const isDead = ({ path, modifiedAt }: StoredFile): boolean => {
    if (store.kind === 'folder') return true;
    if (retired.has(path)) return false;
    const { commit } = parseDataPath(path) ?? {};
    return commit === undefined
      ? Date.now() - modifiedAt.getTime() >= Math.min(graceMs, unnumberedMs)
      : commit <= sequence;
  };
  const present = new Map<string, number>();
  const [dead, pending]: [string[], string[]] = [[], []];
  for (const folder of await store.folders(rollupFolderPrefix(table)))
    for await (const file of store.walk(folder))
      if (listed.has(file.path)) present.set(file.path, file.bytes);
      else (isDead(file) ? dead : pending).push(file.path);
  return { present, dead, pending };
}

/** Removes dead files, and what runs left in the folder that they work in. Call it with the lock held. */
export async function removeDead(
  store: LakeStore,
  work: FolderStore,
  table: string,
  { dead, present }: RollupFiles,
): Promise<void> {
  await work.removeFolder(stagingPath(rollupsOf(table)));
  await store.remove(dead);
  if (store.kind !== 'folder') return;
  const used = new Set([...present.keys()].map((path) => path.split('/')[0]));
  for (const folder of await store.folders(rollupFolderPrefix(table)))
    if (!used.has(folder)) await work.removeFolder(folder);
}
