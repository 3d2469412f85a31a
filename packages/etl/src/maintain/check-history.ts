import { type Manifest, manifestPath } from '@headwater/core/internal';
import type { LakeProblem } from './lake-problem.ts';

/** Checks every commit: its counts add up, and the rows of its files are the rows that it counts as added. */
export function accountingProblems(table: string, history: readonly Manifest[]): LakeProblem[] {
  const rowsOf = new Map<string, number>();
  return history.flatMap((manifest) => {
    const { rowsIn, rowsOut, duplicates, quarantined, filtered, sequence, operation } = manifest;
    const file = manifestPath(table, sequence);
    const fix = 'Restore the manifest from a copy of the lake';
    const found: LakeProblem[] = [];
    const parts = [rowsOut, duplicates, quarantined, ...(filtered === undefined ? [] : [filtered])];
    if (rowsIn !== parts.reduce((sum, rows) => sum + rows, 0)) {
      const problem = `${rowsIn} rows in are not ${parts.join(' + ')}`;
      found.push({ file, problem, fix });
    }
    let grown = 0;
    for (const path of manifest.removed) {
      grown -= rowsOf.get(path) ?? 0;
      rowsOf.delete(path);
    }
    for (const { path, rows } of manifest.added) {
      grown += rows;
      rowsOf.set(path, rows);
    }
    // A repair may take damaged files out of the lake; it counts only what it adds.
    const isRight = operation === 'repair' ? Math.max(0, grown) === rowsOut : grown === rowsOut;
    if (!isRight)
      found.push({ file, problem: `its files add ${grown} rows, its counts say ${rowsOut}`, fix });
    return found;
  });
}
