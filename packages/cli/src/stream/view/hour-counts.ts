import { zoneOffsets } from '@headwater/core/internal';
import type { MinuteCounts } from '@headwater/stream';
import type { HourCounts } from './live-figures.ts';
import { sumAmounts } from './sum-amounts.ts';

/** Hours that are shown: a day. */
export const shownHours = 24;

/** The first instant of the hour that an instant is in, in milliseconds since 1970. */
export type HourOf = (instant: number) => number;

const hour = 3_600_000;

/** Hours begin where they do in a zone, which may be at half past of UTC. */
export function hoursIn(zone: string): HourOf {
  if (zone === 'UTC') return (instant) => Math.floor(instant / hour) * hour;
  return (instant) => {
    const [{ offsetMilliseconds = 0 } = {}] = zoneOffsets(zone, new Date(instant), new Date(instant + 1));
    return Math.floor((instant + offsetMilliseconds) / hour) * hour - offsetMilliseconds;
  };
}

/** How hours are counted. */
export interface HourCounting {
  readonly capabilities: ReadonlySet<'sessions' | 'carts' | 'sales' | 'revenue'>;
  readonly hourOf: HourOf;
  /** The distinct visitors of an hour; null where they are not counted. */
  readonly visitorsOf: (hour: number) => number | null;
}

/** Adds minutes up to hours: the last 24 up to `now`, those with events or late ones. */
export function hourCounts(
  minutes: readonly MinuteCounts[],
  now: Date,
  { capabilities, hourOf, visitorsOf }: HourCounting,
): readonly HourCounts[] {
  const first = hourOf(now.getTime()) - (shownHours - 1) * hour;
  const byHour = Map.groupBy(
    minutes.filter(({ minute }) => minute.getTime() >= first),
    ({ minute }) => hourOf(minute.getTime()),
  );
  return [...byHour].map(([start, all]) => {
    const sum = (of: (one: MinuteCounts) => number): number => all.reduce((total, one) => total + of(one), 0);
    return {
      hour: new Date(start),
      events: sum(({ events }) => events),
      visitors: visitorsOf(start),
      sessions: capabilities.has('sessions') ? sum(({ sessions }) => sessions) : null,
      cartSessions: capabilities.has('carts') ? sum(({ cartSessions }) => cartSessions) : null,
      revenue: capabilities.has('revenue') ? sumAmounts(all.map(({ revenue }) => revenue)) : null,
      lateEvents: sum(({ lateEvents }) => lateEvents),
    };
  });
}
