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

function namedReader(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const whole = Math.floor(instant / 1000) * 1000;
    const part = Object.fromEntries(format.formatToParts(whole).map(({ type, value }) => [type, value]));
    const year = part['era']?.startsWith('B') ? 1 - Number(part['year']) : Number(part['year']);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
    local.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']));
    return local.getTime() - whole;
  };
}
