import { spellings } from '../../table/spellings.ts';
import { type EpochUnit, monthNames, type TimeField, type TimeFormat } from '../../table/time-format.ts';
import { localOffsets } from '../../time-zone/local-offsets.ts';
import { epochShifts } from '../epoch-shifts.ts';
import { firstInstant, lastInstant } from '../instant-limits.ts';
import { timeReadings } from '../time-reading.ts';
import { type Rejection, rejection } from './rejection.ts';

type Parsed = Date | Rejection;

const outOfRange = rejection('out_of_range');
const notAnEpoch = rejection('not_an_epoch');

/** The instant of a date's midnight in UTC. Undefined for a date that no calendar has, and for the year 0. */
export function midnightOf(year: number, month: number, day: number): number | undefined {
  if (year === 0) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** The function that reads times in a format. `duckdb-time.ts` has the same rules in SQL. */
export function timeParser(format: TimeFormat): (text: string) => Parsed {
  return format.from === undefined ? writtenTimes(format) : countedTimes(format.from);
}

const epochPattern = new RegExp(`^(?:${spellings.epoch})$`);
const signedEpochPattern = new RegExp(`^-?(?:${spellings.epoch})$`);

/** Digits are shifted as text, so that no count passes through a double. */
function countedTimes(unit: EpochUnit): (text: string) => Parsed {
  const shift = epochShifts[unit];
  return (text) => {
    const [match, whole = '', fraction = '', exponent = '0'] = epochPattern.exec(text) ?? [];
    if (match === undefined) return signedEpochPattern.test(text) ? outOfRange : notAnEpoch;
    if (Math.abs(Number(exponent)) > 99) return outOfRange;
    const places = Math.max(0, whole.length + Number(exponent) + shift);
    const instant = Number((whole + fraction).padEnd(places, '0').slice(0, places) || '0');
    return instant > lastInstant ? outOfRange : new Date(instant);
  };
}

function writtenTimes(format: TimeFormat): (text: string) => Parsed {
  const readings = timeReadings(format).map(({ pattern, fields }) => {
    const whole = new RegExp(`^(?:${pattern})$`, 'u');
    return { whole, groups: fields.map((field, index) => ({ field, group: index + 1 })) };
  });
  const unread = rejection(format.formats ? 'not_in_time_format' : 'not_a_timestamp');
  const offsetOf = zoneReader(format.zone);
  return (text) => {
    for (const { whole, groups } of readings) {
      const match = whole.exec(text);
      if (!match) continue;
      const part: Partial<Record<TimeField, string>> = {};
      for (const { field, group } of groups) if (match[group]) part[field] = match[group];
      const local = localTime(part);
      if (local === undefined) continue;
      const offset = ownOffset(part) ?? offsetOf(local);
      const instant = offset === undefined ? Number.NaN : local - offset;
      return instant >= firstInstant && instant <= lastInstant ? new Date(instant) : outOfRange;
    }
    return unread;
  };
}

type Parts = Readonly<Partial<Record<TimeField, string>>>;

/** A time's date and clock as milliseconds, whatever its zone. Undefined for a date that no calendar has. */
function localTime(part: Parts): number | undefined {
  const year = Number(part.year ?? `20${part.short_year}`);
  const month = Number(part.month ?? monthNames.indexOf((part.month_name ?? '').toLowerCase()) / 3 + 1);
  const midnight = midnightOf(year, month, Number(part.day));
  if (midnight === undefined) return undefined;
  const isAfternoon = part.half?.toLowerCase() === 'pm';
  const hour =
    part.half_hour === undefined
      ? Number(part.hour ?? 0)
      : (Number(part.half_hour) % 12) + (isAfternoon ? 12 : 0);
  const minutes = hour * 60 + Number(part.minute ?? 0);
  const milliseconds = Number((part.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  return midnight + (minutes * 60 + Number(part.second ?? 0)) * 1000 + milliseconds;
}

/** The offset that the text itself has, in milliseconds. */
function ownOffset({ utc, sign, offset_hour = '0', offset_minute = '0' }: Parts): number | undefined {
  if (utc !== undefined) return 0;
  if (sign === undefined) return undefined;
  return (Number(offset_hour) * 60 + Number(offset_minute)) * (sign === '-' ? -60_000 : 60_000);
}

function zoneReader(zone = 'UTC'): (local: number) => number | undefined {
  const offsets = localOffsets(zone);
  return (local) => {
    let low = 0;
    let high = offsets.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((offsets[middle]?.from ?? 0) <= local) low = middle;
      else high = middle;
    }
    return offsets[low]?.offset;
  };
}
