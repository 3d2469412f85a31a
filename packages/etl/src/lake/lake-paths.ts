import { manifestFolder, manifestName } from '@headwater/core/internal';

/** Where a run puts everything that is not committed yet; the next run removes what a dead run left here. */
export const stagingFolder = (table: string, runId?: string): string =>
  `${manifestFolder(table)}/staging${runId ? `/${runId}` : ''}`;

/** The file whose lock keeps a second writer out. */
export const lockFile = (table: string): string => `${manifestFolder(table)}/write.lock`;

/** Where a run on a shared lake keeps committed files that it had to look at, by content hash. */
export const cacheFolder = (table: string): string => `${manifestFolder(table)}/cache`;

const digits = (sequence: number): string => manifestName(sequence).replace('.json', '');

/** Where a run on a shared lake uploads to: its folder says which commit the run hopes to make. */
export const uploadFolder = (table: string, sequence: number, runId: string): string =>
  stagingFolder(table, `${digits(sequence)}-${runId}`);

/**
 * A file's path in a shared lake: `part-<content hash>-<commit>-<run>.parquet`. The name says which commit is to add it,
 * and which run put it there. So no two runs ever mean the same file, and one that commit n could have added and did not
 * will never be in the lake.
 */
export const sharedPath = (path: string, sequence: number, runId: string): string =>
  path.replace(/\.parquet$/, `-${digits(sequence)}-${runId.slice(-8)}.parquet`);

/** The commit that a path of a shared lake names; undefined for a file that came from a lake in a folder. */
export function commitOf(path: string): number | undefined {
  const match = /\/staging\/(\d{8,})-|\/part-[0-9a-f]+-(\d{8,})-[0-9a-f]+\.parquet$/.exec(path);
  return match ? Number(match[1] ?? match[2]) : undefined;
}
