import type { FigureFormat } from '../chart/figure-format.ts';
import { type Delta, deltaOf } from './delta.ts';

/** How a change compares with those that were usual. */
export type Judgement = 'usual' | 'more-than-usual' | 'unknown';

/** The fewest earlier changes from which a usual one is known. */
const fewestChanges = 4;

/**
 * The largest change that was usual: the largest one, in either direction, from one period to the next before the compared ones. If nothing has
 * changed, all orders of the changes are equally likely, and the newest of n + 1 is the largest by chance once in n + 1 times.
 *
 * @param history the figure of earlier periods of the same length, the oldest first, each right after the one before
 * @returns undefined where fewer than four changes are known
 */
export function usualChange(history: readonly (number | null)[], format: FigureFormat): number | undefined {
  const changes = history.slice(1).flatMap((figure, index) => {
    const delta = deltaOf(figure, history[index] ?? null, format);
    return delta ? [Math.abs(delta.change)] : [];
  });
  return changes.length < fewestChanges ? undefined : Math.max(...changes);
}

/** Whether a change is within what is usual. A change as large as the largest usual one is. */
export function judge(delta: Delta, usual: number | undefined): Judgement {
  if (usual === undefined) return 'unknown';
  return Math.abs(delta.change) <= usual ? 'usual' : 'more-than-usual';
}
