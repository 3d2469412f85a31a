import { type LakeState, manifestPath, quarantineName, readDamagedLake } from '@headwater/core/internal';
import type { LakeStore, StoredFile } from '@headwater/storage';
import { isDraft, parseDataPath } from './lake-paths.ts';
import { readPending } from './pending-files.ts';

/** Files in a table's folders that no manifest lists, by what is known about them. */
export interface UnlistedFiles {
  /** They can never be committed: a commit replaced them, another run made their commit, or they are half copied. */
  readonly dead: readonly StoredFile[];
  /** In place for a commit that was not made yet, by a running or a dead run. */
  readonly pending: readonly StoredFile[];
  /** Data files of Headwater that nothing accounts for: a manifest that listed them was lost. */
  readonly lost: readonly StoredFile[];
  /** Files that Headwater did not name. It leaves them alone. */
  readonly foreign: readonly StoredFile[];
}

/**
 * Finds the files in a table's folders that no manifest lists.
 *
 * @param state the table's state, read before. Files of its missing commits are lost, unless a later commit replaced them
 */
export async function findUnlisted(store: LakeStore, state: LakeState): Promise<UnlistedFiles> {
  const { table } = state;
  const dead: StoredFile[] = [];
  const pending: StoredFile[] = [];
  const foreign: StoredFile[] = [];
  let unexplained: StoredFile[] = [];
  const decided: StoredFile[] = [];
  const listed = pathsOf(state);
  for (const folder of [table, quarantineName(table)])
    for await (const file of store.walk(folder)) {
      if (listed.has(file.path)) continue;
      const name = parseDataPath(file.path);
      if (!name) (isDraft(file.path) ? dead : foreign).push(file);
      else (isDecided(state, name.commit) ? decided : unexplained).push(file);
    }
  // The commit that a file was written for is made: it did not list the file, or a later one replaced the file. A repair may
  // have made it in the place of a lost one, and says nothing about files that it could not list.
  const repairs = await repairsAmong(store, table, decided);
  for (const file of decided) (repairs.has(parseDataPath(file.path)?.commit) ? unexplained : dead).push(file);
  if (unexplained.length === 0) return { dead, pending, lost: [], foreign };
  // The records are read after the files: a running run makes its record before it puts a file in its place.
  const records = await readPending(store, table);
  const rest = unexplained.filter((file) => {
    const name = parseDataPath(file.path);
    if (!name || !records.has(file.path, name)) return true;
    pending.push(file);
    return false;
  });
  if (rest.length === 0) return { dead, pending, lost: [], foreign };
  unexplained = [];
  // This is rare, so the whole history may be read: a crash after a commit leaves the files that the commit replaced.
  const { manifests, state: now } = await readDamagedLake(store, table);
  const present = pathsOf(now);
  const replaced = new Set(manifests.flatMap((commit) => [...commit.removed, ...commit.quarantineRemoved]));
  for (const file of rest) {
    // Listed by now: a run committed since the state was read.
    if (present.has(file.path)) continue;
    if (replaced.has(file.path)) dead.push(file);
    else unexplained.push(file);
  }
  const lost = await stillUnexplained(store, table, unexplained);
  return { dead, pending, lost, foreign };
}

/** Whether the manifest of the commit that a file was written for was read, or a checkpoint says what it listed. */
const isDecided = ({ sequence, missing }: LakeState, commit: number | undefined): boolean =>
  commit !== undefined && commit <= sequence && !missing.includes(commit);

/** Of the commits that files were written for, those that a repair made. */
async function repairsAmong(
  store: LakeStore,
  table: string,
  files: readonly StoredFile[],
): Promise<Set<number | undefined>> {
  const repairs = new Set<number | undefined>();
  for (const commit of new Set(files.map(({ path }) => parseDataPath(path)?.commit))) {
    if (commit === undefined) continue;
    const path = manifestPath(table, commit);
    // Lost, and a later checkpoint says what it listed.
    if (!(await store.info(path))) continue;
    const { operation }: { operation?: unknown } = JSON.parse(await store.readText(path));
    if (operation === 'repair') repairs.add(commit);
  }
  return repairs;
}

/** A run may have taken its files back, or committed them, while the records were read. */
async function stillUnexplained(
  store: LakeStore,
  table: string,
  files: readonly StoredFile[],
): Promise<StoredFile[]> {
  if (files.length === 0) return [];
  const present: StoredFile[] = [];
  for (const file of files) if (await store.info(file.path)) present.push(file);
  const listed = pathsOf((await readDamagedLake(store, table)).state);
  return present
    .filter(({ path }) => !listed.has(path))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

const pathsOf = ({ files, quarantineFiles }: LakeState): Set<string> =>
  new Set([...files, ...quarantineFiles].map(({ path }) => path));
