import { HeadwaterError } from '@headwater/core';
import { type LakeState, manifestFolder } from '@headwater/core/internal';
import type { LakeStore, StoredFile } from '@headwater/storage';
import { parseDataPath, parseUploadPath, stagingFolder, uploadCommit } from './lake-paths.ts';
import { findUnlisted } from './unlisted-files.ts';

/** What was removed, and what is left. */
export interface RemovedLeftovers {
  readonly paths: readonly string[];
  /** Whether files are left that may yet be committed. */
  readonly isUndecided: boolean;
  /** Data files whose manifest was lost. */
  readonly lost: readonly StoredFile[];
}

/** Decides by a file's name and age whether it may be removed. */
export interface LeftoverRule {
  /** For files that can never be committed. */
  mayRemoveDead(since: Date): boolean;
  /** For files in place and uploads that were not committed. @param commit the one they were written for, if known */
  mayRemovePending(commit: number | undefined, since: Date): boolean;
}

/**
 * Removes the leftovers of dead runs: data files that can never be committed, drafts, uploads. It removes only files that
 * Headwater named, in folders that Headwater creates. When a manifest was lost it removes nothing.
 */
export async function removeLeftovers(
  store: LakeStore,
  state: LakeState,
  rule: LeftoverRule,
): Promise<RemovedLeftovers> {
  const { table } = state;
  const { dead, pending, lost } = await findUnlisted(store, state);
  if (lost.length > 0 || state.missing.length > 0) return { paths: [], isUndecided: false, lost };
  /** Contents of files that a sync put in their places: their uploads stay as long. */
  const synced = new Set<string>();
  const removed: string[] = [];
  let isKept = false;
  const decide = (file: StoredFile, isRemovable: boolean): void => {
    if (isRemovable) removed.push(file.path);
    else {
      const { hash = '', commit } = parseDataPath(file.path) ?? {};
      if (commit === undefined) synced.add(hash);
      isKept = true;
    }
  };
  for (const file of dead) decide(file, rule.mayRemoveDead(file.modifiedAt));
  for (const file of pending)
    decide(file, rule.mayRemovePending(parseDataPath(file.path)?.commit, file.modifiedAt));
  // On S3 nothing is ever half written, and listing a long history costs.
  if (store.kind === 'folder')
    for (const name of await store.list(manifestFolder(table)))
      if (name.endsWith('.draft')) removed.push(`${manifestFolder(table)}/${name}`);
  await store.remove(removed);
  // The uploads go last: each is the record that its file in place was not committed.
  const { paths, isUndecided } = await removeUploads(store, table, rule, synced);
  return { paths: [...removed, ...paths], isUndecided: isUndecided || isKept, lost };
}

async function removeUploads(
  store: LakeStore,
  table: string,
  rule: LeftoverRule,
  synced: ReadonlySet<string>,
): Promise<Omit<RemovedLeftovers, 'lost'>> {
  const staging = stagingFolder(table);
  const paths: string[] = [];
  let isUndecided = false;
  const isRemovable = (path: string, since: Date): boolean => {
    const name = parseUploadPath(path);
    const isSynced = name?.commit === undefined && synced.has(name?.hash ?? '');
    const may = !isSynced && rule.mayRemovePending(uploadCommit(path), since);
    isUndecided ||= !may;
    return may;
  };
  for await (const { path, modifiedAt } of store.walk(staging))
    if (isRemovable(path, modifiedAt)) paths.push(path);
  await store.remove(paths);
  for await (const upload of store.unfinishedUploads(staging)) {
    if (!isRemovable(upload.path, upload.startedAt)) continue;
    await upload.abort();
    paths.push(upload.path);
  }
  return { paths, isUndecided };
}

/** Names shown in a message; a lost commit may have had thousands of files. */
const shownFiles = 3;

/**
 * Refuses to write to a table that lost a manifest: the next commit would take the number of the lost one, and its files
 * would look like leftovers from then on.
 *
 * @param lake its address
 * @throws HeadwaterError `LAKE_CORRUPT`
 */
export function assertNoneLost(lake: string, table: string, lost: readonly StoredFile[]): void {
  const [first, ...more] = lost.map(({ path }) => path);
  if (first === undefined) return;
  const others = more.slice(0, shownFiles - 1).join(', ');
  const rest = more.length - (shownFiles - 1);
  throw new HeadwaterError('LAKE_CORRUPT', {
    lake,
    table,
    file: first,
    problem:
      `no manifest lists it${more.length > 0 ? `, nor ${others}${rest > 0 ? ` and ${rest} more` : ''}` : ''}. ` +
      'A manifest that listed it was lost, as happens when a backup is restored in part',
    fix:
      `Restore the missing files of ${manifestFolder(table)}, or add the rows to the lake again with ` +
      `\`headwater lake repair --lake ${lake}\``,
  });
}
