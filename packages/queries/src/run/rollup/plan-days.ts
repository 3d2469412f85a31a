import { dayAfter } from '@headwater/core/internal';
import type { OpenedRollup } from '../../session/opened-rollup.ts';

/** Days one after another, both inside. */
export interface DayRun {
  readonly from: string;
  readonly to: string;
}

/** Which days of a question are stored. */
export interface PlannedDays {
  /** Days whose stored rows are read. */
  readonly stored: readonly DayRun[];
  /** Days that are computed from the events: no valid entry has them. */
  readonly fresh: readonly DayRun[];
  readonly storedDays: number;
  readonly freshDays: number;
}

/** Gaps between stored days that a statement reads apart; with more of them, what lies between is read from the events as well. */
const mostGaps = 4;

/**
 * Which days of a question are stored and which are not; undefined when none is stored.
 *
 * @param opened the rollups that answer it together: a day is stored when each has a valid entry for it
 * @param slack how many UTC days before and after a day of the zone may have its events
 */
export function planDays(
  opened: readonly [OpenedRollup, ...OpenedRollup[]],
  { from, to }: DayRun,
  slack: number,
): PlannedDays | undefined {
  const [{ sources }] = opened;
  if (!sources.days) return undefined;
  // A day without an event has no rows, whatever is beside it.
  const first = max(from, dayAfter(sources.days[0], -slack));
  const last = min(to, dayAfter(sources.days[1], slack));
  const around = { before: slack, after: slack };
  const daysOf = new Map<string, number>();
  for (const one of opened) for (const { day } of one.entries) daysOf.set(day, (daysOf.get(day) ?? 0) + 1);
  const isValid = (day: string): boolean => daysOf.get(day) === opened.length;
  const stored: DayRun[] = [];
  const fresh: DayRun[] = [];
  for (let day = first; day <= last; day = dayAfter(day, 1)) {
    if (isValid(day)) extend(stored, day);
    else if (sources.of(day, around) !== undefined) extend(fresh, day);
  }
  const [begin] = fresh;
  const end = fresh.at(-1);
  const whole = begin && end && fresh.length > mostGaps ? [{ from: begin.from, to: end.to }] : fresh;
  const kept = whole === fresh ? stored : outside(stored, whole[0] ?? { from, to });
  const storedDays = daysIn(kept);
  return storedDays === 0 ? undefined : { stored: kept, fresh: whole, storedDays, freshDays: daysIn(whole) };
}

/** Adds a day to runs: to the last one, if it follows that. */
function extend(runs: DayRun[], day: string): void {
  const last = runs.at(-1);
  if (last && dayAfter(last.to, 1) === day) runs[runs.length - 1] = { from: last.from, to: day };
  else runs.push({ from: day, to: day });
}

const outside = (runs: readonly DayRun[], { from, to }: DayRun): DayRun[] =>
  runs.filter((run) => run.to < from || run.from > to);

const daysIn = (runs: readonly DayRun[]): number =>
  runs.reduce((sum, { from, to }) => sum + 1 + (Date.parse(to) - Date.parse(from)) / 86_400_000, 0);

const max = (one: string, other: string): string => (one > other ? one : other);
const min = (one: string, other: string): string => (one < other ? one : other);
