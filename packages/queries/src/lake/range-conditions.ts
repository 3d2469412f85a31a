import { offsetsBetween } from '@headwater/core/internal';
import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import { localTime, timestampLiteral } from '../functions/functions.ts';
import { onClock } from '../functions/neutral-function.ts';
import { isMidnight, type TimeRange } from '../range/time-range.ts';

const eb = expressionBuilder<Record<string, Record<string, unknown>>>();

/**
 * The conditions that an instant is in a range: its two ends as literals and, where the clock was turned back over a midnight
 * at one of them, the local time.
 */
export function rangeConditions(range: TimeRange, time: Expression<Date>): readonly Expression<SqlBool>[] {
  const { start, end } = range;
  return [
    eb(time, '>=', timestampLiteral(start)),
    eb(time, '<', timestampLiteral(end)),
    ...localConditions(range, time),
  ];
}

/**
 * What {@link rangeConditions} has beside the conditions that `dt` is from the first to the last day of the range. An end at a UTC
 * midnight needs none: the events of a day are in its folder, and a time that nothing else needs is then not read.
 */
export function conditionsInDays(range: TimeRange, time: Expression<Date>): readonly Expression<SqlBool>[] {
  const { start, end } = range;
  return [
    ...(isMidnight(start) ? [] : [eb(time, '>=', timestampLiteral(start))]),
    ...(isMidnight(end) ? [] : [eb(time, '<', timestampLiteral(end))]),
    ...localConditions(range, time),
  ];
}

function localConditions(
  { start, end, local }: TimeRange,
  time: Expression<Date>,
): readonly Expression<SqlBool>[] {
  if (!local) return [];
  const clock = { zone: local.zone, offsets: offsetsBetween(local.zone, start, end) };
  const localOf = onClock(localTime(time), clock);
  return [
    ...(local.from ? [eb(localOf, '>=', timestampLiteral(local.from))] : []),
    ...(local.to ? [eb(localOf, '<', timestampLiteral(local.to))] : []),
  ];
}
