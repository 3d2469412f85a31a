import { HeadwaterError } from '@headwater/core';
import {
  type DataFile,
  type LakeState,
  type Manifest,
  manifestPath,
  quarantineName,
  readLakeHistory,
  readLakeState,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';

/** The steps that make the target equal to the source. */
export interface SyncPlan {
  readonly source: LakeState;
  readonly target: LakeState;
  /** Commits that the target lacks, in order. */
  readonly commits: readonly Manifest[];
  /** Files of the source's present state that the target lacks, or has only in part. */
  readonly files: readonly DataFile[];
  /** Files that the commits take out of the target. */
  readonly gone: readonly string[];
}

/**
 * Compares two lakes. Neither has diverged when the last commit that both have is the same: runs have unique ids, so diverged
 * lakes never have the same commit under the same number again.
 *
 * @throws HeadwaterError `LAKE_DIVERGED` with the first number at which they differ
 */
export async function planSync(from: LakeStore, to: LakeStore, table: string): Promise<SyncPlan> {
  const [source, target] = await Promise.all([readLakeState(from, table), readLakeState(to, table)]);
  await assertOneHistory(from, to, table, Math.min(source.sequence, target.sequence));
  const commits =
    source.sequence > target.sequence ? await readLakeHistory(from, table, target.sequence + 1) : [];
  if (commits.length === 0) return { source, target, commits, files: [], gone: [] };
  const stored = new Map<string, number>();
  for (const folder of [table, quarantineName(table)])
    for await (const { path, bytes } of to.walk(folder)) stored.set(path, bytes);
  const present = [...source.files, ...source.quarantineFiles];
  const kept = new Set(present.map(({ path }) => path));
  const removed = commits.flatMap((commit) => [...commit.removed, ...commit.quarantineRemoved]);
  return {
    source,
    target,
    commits: commits.slice(0, source.sequence - target.sequence),
    files: present.filter(({ path, bytes }) => stored.get(path) !== bytes),
    gone: removed.filter((path) => !kept.has(path) && stored.has(path)),
  };
}

async function assertOneHistory(from: LakeStore, to: LakeStore, table: string, last: number): Promise<void> {
  const isSame = async (sequence: number): Promise<boolean> => {
    const path = manifestPath(table, sequence);
    const [left, right] = await Promise.all([from.readText(path), to.readText(path)]);
    return left === right;
  };
  if (last === 0 || (await isSame(last))) return;
  // They are equal up to some number and differ from then on, so a binary search finds it.
  let same = 0;
  let different = last;
  while (different - same > 1) {
    const middle = Math.floor((same + different) / 2);
    if (await isSame(middle)) same = middle;
    else different = middle;
  }
  const { location } = from;
  throw new HeadwaterError('LAKE_DIVERGED', { from: location, to: to.location, table, sequence: different });
}
