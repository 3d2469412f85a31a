import type { RollupGrain, RollupKind } from '@headwater/core';
import { dayAfter, type StoredRollup } from '@headwater/core/internal';
import type { RollupSource } from './rollup-source.ts';

/** One rollup after a refresh. */
export interface RollupStatus {
  readonly name: string;
  readonly metric: string;
  readonly grain: RollupGrain;
  readonly by: string;
  /** What its rows are, and of which measure. Absent for the metric's own answers. */
  readonly kind?: RollupKind;
  readonly measure?: string;
  readonly isKept: boolean;
  /** Why it is kept or not, with the figures. */
  readonly reason: string;
  /** Days with a valid entry. */
  readonly days: number;
  /** Days with events that have no valid entry. */
  readonly missingDays: number;
  /** Days whose entry is of files that a load, a compaction or an erasure has replaced. Nobody reads it. */
  readonly outdatedDays: number;
  /** Days whose entries were written now. */
  readonly writtenDays: number;
  /** Groups of the days that were measured, and the events that they are of. */
  readonly groups: number;
  readonly rows: number;
  readonly bytes: number;
  /** The last day up to which every day with events has a valid entry. Null when there is none. */
  readonly watermark: string | null;
}

/** The rollups of a table after a refresh. */
export interface RollupReport {
  readonly lake: string;
  /** The number of the state of rollups. 0 before the first. */
  readonly sequence: number;
  readonly rollups: readonly RollupStatus[];
  /** Files that were removed: of rollups that the config no longer names, of replaced entries, and of runs that died. */
  readonly removedFiles: number;
  readonly seconds: number;
}

/** A rollup is kept where it has at most one group for so many events: others are hardly less to read than the events. */
export const usualEventsPerGroup = 10;

/** Whether a rollup is worth keeping, by what was measured. */
export const isWorthKeeping = (
  { groups, rows }: StoredRollup['measured'],
  eventsPerGroup = usualEventsPerGroup,
): boolean => groups * eventsPerGroup <= rows;

/**
 * The status of a rollup.
 *
 * @param days the days with events, in order
 * @param valid those with a valid entry
 */
export function rollupStatus(
  rollup: StoredRollup,
  days: readonly string[],
  valid: ReadonlySet<string>,
  { writtenDays, outdatedDays = 0 }: { readonly writtenDays: number; readonly outdatedDays?: number },
): RollupStatus {
  const { name, metric, grain, by, kind, measure, isKept, measured, entries } = rollup;
  const { groups, rows } = measured;
  const missing = days.filter((day) => !valid.has(day));
  const [gap] = missing;
  const last = gap === undefined ? days.at(-1) : dayAfter(gap, -1);
  const first = days[0];
  const hasWatermark = isKept && last !== undefined && first !== undefined && last >= first;
  const one = kind === 'keys' ? 'key' : kind === 'sketch' ? 'register' : 'group';
  const share = groups === 0 ? `no ${one}s` : `${(rows / groups).toFixed(1)} events a ${one}`;
  return {
    ...{
      name,
      metric,
      grain,
      by,
      ...whatOf({ kind, measure }),
      isKept,
      writtenDays,
      outdatedDays,
      groups,
      rows,
    },
    reason: isKept ? share : `${share}: reading the events costs hardly more`,
    days: isKept ? valid.size : 0,
    missingDays: isKept ? missing.length : days.length,
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
    watermark: hasWatermark ? last : null,
  };
}

/** The status of a rollup that was never written for the present definitions. */
export const unwrittenStatus = (
  { name, metric, grain, by, kind, measure }: RollupSource,
  missingDays: number,
): RollupStatus => ({
  ...{ name, metric, grain, by, ...whatOf({ kind, measure }), missingDays },
  isKept: false,
  reason: 'not written yet for the present definitions',
  ...{ days: 0, writtenDays: 0, outdatedDays: 0, groups: 0, rows: 0, bytes: 0 },
  watermark: null,
});

const whatOf = ({
  kind,
  measure,
}: Pick<RollupSource, 'kind' | 'measure'>): Pick<RollupStatus, 'kind' | 'measure'> => ({
  ...(kind === undefined ? {} : { kind }),
  ...(measure === undefined ? {} : { measure }),
});
