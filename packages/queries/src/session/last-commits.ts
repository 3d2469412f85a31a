import { manifestPath } from '@headwater/core/internal';
import type { LakeStore, StoredFile } from '@headwater/storage';

/** The last commit of a table when it was read. */
interface LastCommit {
  readonly table: string;
  /** 0 before the first commit. */
  readonly sequence: number;
  /** Its manifest as the store lists it. A lake that was created again has another manifest with this number. */
  readonly manifest: StoredFile | undefined;
}

/** The last commits of a lake's tables when they were read. */
export type LastCommits = readonly LastCommit[];

/** Records the commits that were read, to find later ones. */
export const noteCommits = (store: LakeStore, sequences: ReadonlyMap<string, number>): Promise<LastCommits> =>
  Promise.all(
    [...sequences].map(async ([table, sequence]) => ({
      table,
      sequence,
      manifest: sequence === 0 ? undefined : await store.info(manifestPath(table, sequence)),
    })),
  );

/** Whether a table has a later commit. Looks up two files of each table and reads none. */
export async function haveMoved(store: LakeStore, commits: LastCommits): Promise<boolean> {
  const moved = await Promise.all(
    commits.map(async ({ table, sequence, manifest }) => {
      const [last, next] = await Promise.all([
        sequence === 0 ? undefined : store.info(manifestPath(table, sequence)),
        store.info(manifestPath(table, sequence + 1)),
      ]);
      const isSame =
        last?.bytes === manifest?.bytes && last?.modifiedAt.getTime() === manifest?.modifiedAt.getTime();
      return next !== undefined || !isSame;
    }),
  );
  return moved.includes(true);
}
