import { offsetsBetween } from '@headwater/core/internal';
import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import { localTime, timestampLiteral } from '../functions/functions.ts';
import { onClock } from '../functions/neutral-function.ts';
import type { TimeRange } from '../range/time-range.ts';

const eb = expressionBuilder<Record<string, Record<string, unknown>>>();

/**
 * The conditions that an instant is in a range: its two ends as literals and, where the clock was turned back over a midnight
 * at one of them, the local time.
 */
export function rangeConditions(range: TimeRange, time: Expression<Date>): readonly Expression<SqlBool>[] {
  const { start, end, local } = range;
  const bounds = [eb(time, '>=', timestampLiteral(start)), eb(time, '<', timestampLiteral(end))];
  if (!local) return bounds;
  const clock = { zone: local.zone, offsets: offsetsBetween(local.zone, start, end) };
  const localOf = onClock(localTime(time), clock);
  return [
    ...bounds,
    ...(local.from ? [eb(localOf, '>=', timestampLiteral(local.from))] : []),
    ...(local.to ? [eb(localOf, '<', timestampLiteral(local.to))] : []),
  ];
}
