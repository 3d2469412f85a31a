import type { ZoneOffset } from '@headwater/core/internal';
import { type Expression, type RawBuilder, sql } from 'kysely';
import type { FunctionTable } from './function-table.ts';

/**
 * The clock of a zone over the times of one query: its offsets, in order, the first of which holds from before the first
 * time. The offsets become literals of the query, so that a time has one meaning on every engine, whatever zone data the
 * engine has. Over a month most zones have one offset, and a place with summer time at most two.
 */
export interface LocalClock {
  readonly zone: string;
  readonly offsets: readonly [ZoneOffset, ...ZoneOffset[]];
}

/** What holds of a time, from the first instant at which it does. */
interface Since<Value> {
  readonly from: Date;
  readonly value: Value;
}

/** The local time of an instant, as a timestamp without a zone. */
export function localTime(own: FunctionTable, clock: LocalClock, time: Expression<Date>): Expression<Date> {
  if (isZero(clock)) return time;
  const seconds = since(clock, ({ offsetMilliseconds }) => sql.lit(offsetMilliseconds / 1000));
  return own.plusSeconds(choose(own, time, seconds), time);
}

/**
 * The first instant of the local hour of an instant. An hour in which the clock changes is two, so that the two hours of the
 * same name in autumn stay two.
 */
export function localHour(own: FunctionTable, clock: LocalClock, time: Expression<Date>): RawBuilder<Date> {
  const hours = since(clock, ({ from, offsetMilliseconds: offset }, index) => {
    const rest = (offset % hour) / 1000;
    const start =
      rest === 0
        ? own.truncateTime('hour', time)
        : own.plusSeconds(sql.lit(-rest), own.truncateTime('hour', own.plusSeconds(sql.lit(rest), time)));
    const isWhole = index === 0 || (from.getTime() + offset) % hour === 0;
    return isWhole ? start : sql<Date>`greatest(${start}, ${own.timestampLiteral(from)})`;
  });
  return choose(own, time, hours);
}

/**
 * The instant at which a local midnight is, of a day, a week or a month: the first instant whose local time is not before it.
 * A midnight that the clock skips is the instant of the change.
 */
export function instantOfMidnight(
  own: FunctionTable,
  { offsets }: LocalClock,
  midnight: Expression<Date>,
): RawBuilder<Date> {
  const [first, ...later] = offsets;
  const minus = (offset: number) => own.plusSeconds(sql.lit(-offset / 1000), midnight);
  let begin: readonly [Since<RawBuilder<Date>>, ...Since<RawBuilder<Date>>[]] = [
    { from: first.from, value: minus(first.offsetMilliseconds) },
  ];
  let before = first.offsetMilliseconds;
  for (const { from, offsetMilliseconds: offset } of later) {
    // The local times at which the old offset ends and the new one begins.
    const [end, start] = [from.getTime() + before, from.getTime() + offset];
    if (start > end && holdsMidnight(end, start))
      begin = [...begin, { from: new Date(end), value: sql`${own.timestampLiteral(from)}` }];
    begin = [...begin, { from: new Date(Math.max(start, end)), value: minus(offset) }];
    before = offset;
  }
  return choose(own, midnight, begin);
}

/** The offset of an instant as ISO 8601 writes it: `+01:00`. */
export function offsetText(
  own: FunctionTable,
  clock: LocalClock,
  time: Expression<Date>,
): RawBuilder<string> {
  return choose(
    own,
    time,
    since(clock, ({ offsetMilliseconds }) => sql<string>`${sql.lit(isoOffset(offsetMilliseconds))}`),
  );
}

const hour = 3_600_000;
const day = 24 * hour;

const isZero = ({ offsets }: LocalClock): boolean =>
  offsets.every(({ offsetMilliseconds }) => offsetMilliseconds === 0);

/** Whether a midnight lies after `start` and before `end`. */
const holdsMidnight = (start: number, end: number): boolean => (Math.floor(start / day) + 1) * day < end;

/** ISO 8601 has no seconds in an offset. Offsets with seconds ended in 1972; Temporal writes them, and so does this. */
function isoOffset(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`;
  return `${milliseconds < 0 ? '-' : '+'}${two(seconds / 3600)}:${two((seconds / 60) % 60)}${rest}`;
}

function since<Value>(
  { offsets }: LocalClock,
  of: (offset: ZoneOffset, index: number) => Value,
): readonly [Since<Value>, ...Since<Value>[]] {
  const [first, ...later] = offsets;
  return [
    { from: first.from, value: of(first, 0) },
    ...later.map((one, index) => ({ from: one.from, value: of(one, index + 1) })),
  ];
}

/**
 * The value that holds at a time, as a CASE by halves: a query over a century compares a time with eight changes, not with two
 * hundred.
 */
function choose<Value>(
  own: FunctionTable,
  time: Expression<Date>,
  values: readonly Since<Expression<Value>>[],
): RawBuilder<Value> {
  const middle = Math.ceil(values.length / 2);
  const second = values[middle];
  const [only] = values;
  if (!only) throw new Error('A clock has at least one offset');
  if (!second) return sql<Value>`${only.value}`;
  const [early, late] = [values.slice(0, middle), values.slice(middle)];
  return sql<Value>`(case when ${time} < ${own.timestampLiteral(second.from)} then ${choose(own, time, early)} else ${choose(own, time, late)} end)`;
}
