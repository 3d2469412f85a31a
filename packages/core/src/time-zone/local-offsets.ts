import { fixedOffset } from './fixed-offset.ts';
import { zoneOffsets } from './zone-offsets.ts';

/** The offset that local times of a zone are read with, from one local time on. */
export interface LocalOffset {
  /** A local time, as milliseconds since 1970-01-01 00:00:00 local time. */
  readonly from: number;
  /** Local time minus UTC, in milliseconds. Undefined where the zone's rules are not certain. */
  readonly offset: number | undefined;
}

const first = Date.UTC(1970, 0, 1);
const end = Date.UTC(2100, 0, 1);

const tables = new Map<string, readonly LocalOffset[]>();

/**
 * The offsets by which a zone's local times become instants, in order of the local time. At a change of the clock, the offset
 * before it applies until the later of the two local times of the change. So a local time that the clock leaves out is read
 * with the offset before the change (01:30 becomes 02:30), and of a local time that occurs twice, the earlier instant is taken:
 * the rule of RFC 5545 (https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5), java.time and Temporal.
 *
 * The time zone database is not reliable for times before 1970 (https://data.iana.org/time-zones/theory.html), and nobody can
 * tell the rules of the far future, so a zone with a name has no offset before 1970 and after 2099.
 *
 * @param zone a name that `assertZone` accepts
 */
export function localOffsets(zone: string): readonly LocalOffset[] {
  const known = tables.get(zone);
  if (known) return known;
  const fixed = fixedOffset(zone);
  const table =
    fixed === undefined ? namedOffsets(zone) : [{ from: Number.NEGATIVE_INFINITY, offset: fixed }];
  tables.set(zone, table);
  return table;
}

function namedOffsets(zone: string): LocalOffset[] {
  const day = 86_400_000;
  // An instant of the first local day may lie in 1969.
  const offsets = zoneOffsets(zone, new Date(first - day), new Date(end + day)).map(
    ({ from, offsetMilliseconds: offset }, index, all) => {
      const before = all[index - 1]?.offsetMilliseconds ?? offset;
      return { from: index === 0 ? first : from.getTime() + Math.max(before, offset), offset };
    },
  );
  // A change before the first local time counts from there.
  const begin = offsets.findLast(({ from }) => from <= first);
  return [
    { from: Number.NEGATIVE_INFINITY, offset: undefined },
    { from: first, offset: begin?.offset ?? 0 },
    ...offsets.filter(({ from }) => from > first && from < end),
    { from: end, offset: undefined },
  ];
}
