import type { DataFile, LakeState, Manifest } from '@headwater/core/internal';

/**
 * Whether what happened to a table since a run looked at it touches what the run did: other files in a folder that it
 * adds to or takes from, an input that it loaded too, quarantined rows that it tried again. If not, its result is what
 * it would have come to on the table as it is now.
 *
 * A folder where every row of the run was a duplicate needs no look: rows leave a lake only for rows of the same key.
 */
export function hasMoved(before: LakeState, now: LakeState, wanted: Manifest): boolean {
  const folders = new Set([...wanted.added.map(({ path }) => path), ...wanted.removed].map(parentOf));
  const pathsBefore = pathsOf(before.files);
  const pathsNow = pathsOf(now.files);
  const quarantine = pathsOf(now.quarantineFiles);
  const isTouched = (path: string): boolean => folders.has(parentOf(path));
  return (
    [...pathsBefore].some((path) => isTouched(path) && !pathsNow.has(path)) ||
    [...pathsNow].some((path) => isTouched(path) && !pathsBefore.has(path)) ||
    wanted.inputs.some(({ hash }) => now.inputs.has(hash)) ||
    wanted.quarantineRemoved.some((path) => !quarantine.has(path))
  );
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const pathsOf = (files: readonly DataFile[]): Set<string> => new Set(files.map(({ path }) => path));
