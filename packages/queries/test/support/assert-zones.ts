import { dailyVisitors, type Lake, newVsReturning, retention, runMetric } from '@headwater/queries';
import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import { type Pulse, pulseRows, type pulses } from './pulses.ts';

type Pulses = Lake<readonly [typeof pulses]>;
type Grain = 'hour' | 'day' | 'week' | 'month';

/** A zone, and the first and the last day of a range in it. */
type ZoneCase = readonly [zone: string, from: string, to: string];

/** Zones, and for each the ranges of local days in which the clock goes forward and back. Shanghai's stands still, and in
 * Beirut and Havana the change is at midnight. */
export const zoneCases: readonly ZoneCase[] = [
  ['Europe/London', '2024-03-30', '2024-04-02'],
  ['Europe/London', '2024-10-26', '2024-10-29'],
  ['America/New_York', '2024-03-09', '2024-03-11'],
  ['America/New_York', '2024-11-02', '2024-11-04'],
  ['Australia/Lord_Howe', '2024-04-06', '2024-04-08'],
  ['Australia/Lord_Howe', '2024-10-05', '2024-10-07'],
  ['Asia/Shanghai', '2024-03-30', '2024-04-02'],
  ['Asia/Beirut', '2024-03-30', '2024-04-01'],
  ['America/Havana', '2024-03-09', '2024-03-11'],
  ['America/Havana', '2024-11-02', '2024-11-04'],
  ['Asia/Kolkata', '2024-03-30', '2024-04-02'],
  ['-03:30', '2024-10-26', '2024-10-29'],
];

const localOf = (at: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

/** The label of a period, by Temporal. An hour begins with the change of the clock in it, if there is one. */
const labels: Readonly<Record<Grain, (at: Date, zone: string) => string>> = {
  hour: (at, zone) => {
    const local = localOf(at, zone);
    const { minute, second, millisecond } = local;
    const start = local.subtract({ minutes: minute, seconds: second, milliseconds: millisecond });
    // The change at the instant itself counts.
    const change = local.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
    const begin = change && Temporal.ZonedDateTime.compare(change, start) > 0 ? change : start;
    return `${begin.toPlainDateTime().toString()}${begin.offset}`;
  },
  day: (at, zone) => localOf(at, zone).toPlainDate().toString(),
  week: (at, zone) => {
    const date = localOf(at, zone).toPlainDate();
    return date.subtract({ days: date.dayOfWeek - 1 }).toString();
  },
  month: (at, zone) => localOf(at, zone).toPlainDate().with({ day: 1 }).toString(),
};

const inDays =
  (zone: string, from: string, to: string) =>
  ({ at }: Pulse): boolean => {
    const day = labels.day(at, zone);
    return day >= from && day <= to;
  };

/** Events, visitors and sessions of each period, by the calendar of Temporal. */
export async function assertPeriods(lake: Pulses, [zone, from, to]: ZoneCase, rows = pulseRows) {
  const first = new Map(rows.toReversed().map((row) => [row.visit, row]));
  for (const grain of ['hour', 'day', 'week', 'month'] as const) {
    const labelOf = ({ at }: Pulse) => labels[grain](at, zone);
    const inRange = inDays(zone, from, to);
    const begun = Map.groupBy([...first.values()].filter(inRange), labelOf);
    const expected = [...Map.groupBy(rows.filter(inRange), labelOf)].map(([period, all]) => ({
      period,
      visitors: new Set(all.map(({ visitor }) => visitor)).size,
      sessions: begun.get(period)?.length ?? 0,
      events: all.length,
      eventsWithoutSession: 0,
    }));
    expect(expected.length).toBeGreaterThan(0);
    expect(await runMetric(lake.pulses, dailyVisitors, { from, to, zone, grain }), grain).toEqual(expected);
  }
}

/** Hours and weekdays. */
export async function assertHours(lake: Pulses, [zone, from, to]: ZoneCase, rows = pulseRows) {
  const inRange = rows.filter(inDays(zone, from, to));
  const counted = (partOf: (local: Temporal.ZonedDateTime) => number) =>
    [...Map.groupBy(inRange, ({ at }) => partOf(localOf(at, zone)))]
      .map(([part, { length }]) => [part, length] as const)
      .toSorted(([left], [right]) => left - right);
  const byHour = await runMetric(lake.pulses, dailyVisitors, { from, to, zone, by: 'hour' });
  expect(byHour.map(({ hour, events }) => [hour, events])).toEqual(counted(({ hour }) => hour));
  const byWeekday = await runMetric(lake.pulses, dailyVisitors, { from, to, zone, by: 'weekday' });
  expect(byWeekday.map(({ weekday, events }) => [weekday, events])).toEqual(
    counted(({ dayOfWeek }) => dayOfWeek),
  );
}

/** Retention and new visitors by local days: offsets are days of the calendar, whether they have 23 or 25 hours. */
export async function assertReturns(lake: Pulses, [zone, from, to]: ZoneCase, rows = pulseRows) {
  const days = new Map(
    [0, 1, 2, 3, 4, 5, 6].map((visitor) => [
      visitor,
      new Set(rows.filter((row) => row.visitor === visitor).map(({ at }) => labels.day(at, zone))),
    ]),
  );
  const plus = (day: string, distance: number) =>
    Temporal.PlainDate.from(day).add({ days: distance }).toString();
  const visited = [...new Set([...days.values()].flatMap((all) => [...all]))].sort();
  const cohorts = visited.filter((day) => day >= from && day <= to);
  const expected = cohorts.flatMap((cohort) => {
    const members = [...days.values()].filter((all) => all.has(cohort));
    return [0, 1, 2].flatMap((offset) => {
      const retained = members.filter((all) => all.has(plus(cohort, offset))).length;
      const visitors = members.length;
      return retained === 0
        ? []
        : [{ cohort, offset, visitors, retained, retentionRate: retained / visitors }];
    });
  });
  expect(await runMetric(lake.pulses, retention, { from, to, zone, periods: 2 })).toEqual(expected);
  const lookbackDays = 3;
  const anew = await runMetric(lake.pulses, newVsReturning, { from, to, zone, lookbackDays });
  expect(anew.map(({ period, newVisitors }) => [period, newVisitors])).toEqual(
    cohorts.map((day) => [
      day,
      [...days.values()].filter(
        (all) => all.has(day) && [1, 2, 3].every((distance) => !all.has(plus(day, -distance))),
      ).length,
    ]),
  );
}
