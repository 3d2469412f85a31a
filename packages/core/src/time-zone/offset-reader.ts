import { fixedOffset } from './fixed-offset.ts';

const readers = new Map<string, (instant: number) => number>();

/**
 * The function that gives the UTC offset of a zone at an instant. Positive offsets lie east of Greenwich. The zone's history
 * is that of the JavaScript engine (`Intl`), so an answer may change with a new version of Node.
 *
 * @param zone a name that {@link zoneProblem} accepts
 * @returns from milliseconds since 1970 to the offset in milliseconds
 * @example offsetReader('Europe/London')(Date.UTC(2019, 6, 1)) // 3_600_000
 */
export function offsetReader(zone: string): (instant: number) => number {
  const known = readers.get(zone);
  if (known) return known;
  const fixed = fixedOffset(zone);
  const reader = fixed === undefined ? namedReader(zone) : () => fixed;
  readers.set(zone, reader);
  return reader;
}

/** Earlier years have the offset of this one: no zone changed its clock then, and `Intl` writes those years differently. */
const firstYear = Date.UTC(1000, 0);

function namedReader(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const whole = Math.floor(Math.max(instant, firstYear) / 1000) * 1000;
    // Month, day and year, then the clock. The parts that `formatToParts` gives take several times as long.
    const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(whole).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}
