import { type Manifest, manifestPath } from '@headwater/core/internal';
import type { LakeProblem } from './lake-problem.ts';

/**
 * Checks every commit: its counts add up, and the rows of its files are the rows that it counts as added. Files of lost commits
 * are unknown, and so are the rows that a later commit took over from them.
 *
 * @param history the commits in order; those that are missing were lost
 */
export function accountingProblems(table: string, history: readonly Manifest[]): LakeProblem[] {
  const rowsOf = new Map<string, number>();
  let last = 0;
  let hasLostCommits = false;
  return history.flatMap((manifest) => {
    const { rowsIn, rowsOut, duplicates, quarantined, filtered, sequence, operation, erased = 0 } = manifest;
    const file = manifestPath(table, sequence);
    const fix = 'Restore the manifest from a copy of the lake';
    const found: LakeProblem[] = [];
    const parts = [rowsOut, duplicates, quarantined, ...(filtered === undefined ? [] : [filtered])];
    if (rowsIn !== parts.reduce((sum, rows) => sum + rows, 0)) {
      const problem = `${rowsIn} rows in are not ${parts.join(' + ')}`;
      found.push({ file, problem, fix });
    }
    hasLostCommits ||= operation === 'repair' || sequence !== last + 1;
    last = sequence;
    const isUnknown = hasLostCommits && manifest.removed.some((path) => !rowsOf.has(path));
    let grown = 0;
    for (const path of manifest.removed) {
      grown -= rowsOf.get(path) ?? 0;
      rowsOf.delete(path);
    }
    for (const { path, rows } of manifest.added) {
      grown += rows - (rowsOf.get(path) ?? 0);
      rowsOf.set(path, rows);
    }
    // A repair may take damaged files out of the lake; it counts only what it adds.
    const counted = rowsOut - erased;
    const isRight = operation === 'repair' ? Math.max(0, grown) === counted : grown === counted;
    if (!isRight && !isUnknown)
      found.push({ file, problem: `its files add ${grown} rows, its counts say ${counted}`, fix });
    return found;
  });
}
