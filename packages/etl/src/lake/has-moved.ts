import { type DataFile, inputKey, type LakeState, type Manifest } from '@headwater/core/internal';

/**
 * Whether commits by others since a run looked at a table conflict with the run: they changed files in a folder that the run
 * changes, loaded the same input, or replayed the same quarantined rows. If not, the run would have the same result on the
 * table as it is now.
 *
 * A folder where every row of the run was a duplicate needs no look: rows leave a lake for rows of the same key, or for good. Where
 * an expiry or an erasure took them out meanwhile, the lake is as if the run had committed before it.
 *
 * A run that listed a place on S3 left out what the table held, so an input that may be loaded again is a conflict too.
 *
 * @param isWholeTable whether the run looked at every folder
 */
export function hasMoved(
  before: LakeState,
  now: LakeState,
  wanted: Manifest,
  isWholeTable: boolean,
): boolean {
  const folders = new Set([...wanted.added.map(({ path }) => path), ...wanted.removed].map(parentOf));
  const pathsBefore = pathsOf(before.files);
  const pathsNow = pathsOf(now.files);
  const quarantine = pathsOf(now.quarantineFiles);
  const isTouched = (path: string): boolean => isWholeTable || folders.has(parentOf(path));
  return (
    [...pathsBefore].some((path) => isTouched(path) && !pathsNow.has(path)) ||
    [...pathsNow].some((path) => isTouched(path) && !pathsBefore.has(path)) ||
    wanted.inputs.some((input) => now.inputs.has(inputKey(input))) ||
    (wanted.listings !== undefined && [...before.inputs.keys()].some((key) => !now.inputs.has(key))) ||
    wanted.quarantineRemoved.some((path) => !quarantine.has(path))
  );
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const pathsOf = (files: readonly DataFile[]): Set<string> => new Set(files.map(({ path }) => path));
