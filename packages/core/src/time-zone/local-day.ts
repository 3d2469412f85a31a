import { type ZoneOffset, zoneOffsets } from './zone-offsets.ts';

const dayMilliseconds = 86_400_000;

/** A change of the clock moves it by a day at most: islands have changed sides of the date line. */
const mostOffset = 2 * dayMilliseconds;

/** Changes of the clock before and after are ignored: the offset of the first year holds before, that of the last after. */
const [firstChange, lastChange] = [Date.UTC(1900), Date.UTC(2100)];

/** The offsets of a zone from one instant to another, with the changes from 1900 to 2100. */
export function offsetsBetween(zone: string, start: Date, end: Date): readonly [ZoneOffset, ...ZoneOffset[]] {
  const within = (instant: number) => new Date(Math.min(Math.max(instant, firstChange), lastChange));
  const from = within(start.getTime());
  const to = within(Math.max(end.getTime(), from.getTime() + 1));
  const [first, ...later] = zoneOffsets(zone, from, to);
  if (!first) throw new Error(`${zone} has no offset`);
  return [first, ...later];
}

/** When a local day begins. */
export interface LocalDayStart {
  /** The first instant whose local time is not before the day's midnight. */
  readonly first: Date;
  /**
   * The instant from which on no local time is before midnight. It is later than `first` where the clock was turned back
   * over midnight, as in St. John's until 2011: 23:01 followed 00:01.
   */
  readonly settled: Date;
}

/**
 * When a day begins in a zone.
 * @param day the day's midnight in UTC
 */
export function localDayStart(zone: string, day: Date): LocalDayStart {
  const midnight = day.getTime();
  const offsets = offsetsBetween(zone, new Date(midnight - mostOffset), new Date(midnight + mostOffset));
  const index = offsets.findIndex(({ offsetMilliseconds }, at) => {
    const next = offsets[at + 1]?.from.getTime() ?? Number.POSITIVE_INFINITY;
    return midnight < next + offsetMilliseconds;
  });
  const [found, ...later] = offsets.slice(index);
  if (!found) throw new Error(`${zone} has no offset`);
  const exact = midnight - found.offsetMilliseconds;
  const first = index === 0 ? exact : Math.max(exact, found.from.getTime());
  const repeated = later.filter(
    ({ from, offsetMilliseconds }) => from.getTime() + offsetMilliseconds < midnight,
  );
  const ends = repeated.map(({ offsetMilliseconds }) => midnight - offsetMilliseconds);
  return { first: new Date(first), settled: new Date(Math.max(first, ...ends)) };
}
