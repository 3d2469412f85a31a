import { type Breach, breachOf, isBeyond, type Share } from '../../alerts/finding.ts';
import type { ThresholdCounter } from '../../alerts/threshold-counter.ts';
import type { WindowTotal } from '../../alerts/threshold-windows.ts';

/** Windows in which too little may have happened, of which some shards have said what they counted. */
export interface LeastWindows {
  /** Takes what a shard counted, in place of what it said before. */
  add(share: Share, shard: string): void;
  /** The windows with too little among those that ended by `complete`, a time until which every shard has been read, in their order. */
  due(complete: number): readonly Breach[];
  /** Forgets the windows that ended by `complete`. */
  forget(complete: number): void;
}

interface OpenWindow {
  readonly counter: ThresholdCounter;
  readonly window: WindowTotal;
  readonly totals: Map<string, number>;
}

/** @param lateness milliseconds after the end of a window until its rows are complete */
export function createLeastWindows(lateness: number): LeastWindows {
  const open = new Map<string, OpenWindow>();
  return {
    add({ counter, window }, shard) {
      const key = `${counter.threshold.kind} ${window.end}`;
      const known = open.get(key) ?? { counter, window, totals: new Map() };
      open.set(key, known);
      known.totals.set(shard, window.total);
    },
    due: (complete) =>
      [...open.values()]
        .filter(({ window }) => window.end <= complete)
        .sort((one, other) => one.window.end - other.window.end)
        .flatMap(({ counter, window, totals }) => {
          const total = [...totals.values()].reduce((sum, one) => sum + one, 0);
          return isBeyond(counter, total) ? [breachOf(counter, { ...window, total }, lateness)] : [];
        }),
    forget(complete) {
      for (const [key, { window }] of open) if (window.end <= complete) open.delete(key);
    },
  };
}
