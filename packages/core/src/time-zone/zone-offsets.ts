import { offsetReader } from './offset-reader.ts';

/** A zone's UTC offset from one instant on, until the next entry of the list. */
export interface ZoneOffset {
  readonly from: Date;
  /** Local time minus UTC. Positive east of Greenwich. */
  readonly offsetMilliseconds: number;
}

/**
 * Since 1970 no zone has changed its clock twice within six days, so probes at this distance see every change. (Noronha and
 * Boa Vista ended their summer time of 2000 after seven days.)
 */
const step = 3 * 86_400_000;

/**
 * The UTC offsets of a zone over a range, in order. The first entry begins at `start`; each other one begins at a change of
 * the clock before `end`. Changes are found to the second. Neighbouring entries have different offsets.
 *
 * The list is data, so that an engine can compute local times from literals, whatever its own zone data says.
 *
 * @param zone an IANA name, `UTC` or an offset such as `+08:00`, which `assertZone` accepts
 * @param start the beginning of the range
 * @param end the end of the range, itself outside. Not before `start`
 * @example
 * ```ts
 * zoneOffsets('Europe/London', new Date('2019-10-01'), new Date('2019-11-01'));
 * // [{ from: 2019-10-01T00:00:00Z, offsetMilliseconds: 3_600_000 }, { from: 2019-10-27T01:00:00Z, offsetMilliseconds: 0 }]
 * ```
 */
export function zoneOffsets(zone: string, start: Date, end: Date): readonly ZoneOffset[] {
  const offsetAt = offsetReader(zone);
  const last = end.getTime() - 1;
  let before = start.getTime();
  let offset = offsetAt(before);
  const offsets = [{ from: start, offsetMilliseconds: offset }];
  while (before < last) {
    const after = Math.min(before + step, last);
    if (offsetAt(after) === offset) {
      before = after;
      continue;
    }
    before = changeBetween(offsetAt, before, after);
    offset = offsetAt(before);
    offsets.push({ from: new Date(before), offsetMilliseconds: offset });
  }
  return offsets;
}

/** The first whole second after `before` with another offset than it, given that `after` has one. */
function changeBetween(offsetAt: (instant: number) => number, before: number, after: number): number {
  const offset = offsetAt(before);
  let low = Math.floor(before / 1000);
  let high = Math.floor(after / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}
