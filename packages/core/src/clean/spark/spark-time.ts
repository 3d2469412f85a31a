import { spellings } from '../../table/spellings.ts';
import type { EpochUnit, TimeFormat } from '../../table/time-format.ts';
import { localOffsets } from '../../time-zone/local-offsets.ts';
import { sparkText } from '../../types/spark-type.ts';
import { epochShifts } from '../epoch-shifts.ts';
import { firstInstant, lastInstant } from '../instant-limits.ts';
import type { RejectCode } from '../reject-code.ts';
import { timeReadings } from '../time-reading.ts';
import { localTime } from './local-time.ts';
import type { SparkReading, SparkValueReader } from './spark-value-reader.ts';
import { textParts, wholeText } from './whole-text.ts';
import { zoneOffset } from './zone-offset.ts';

/**
 * How Spark reads times in a format. `time-parser.ts` has the same rules in TypeScript. The parsed value is an instant in
 * milliseconds since 1970.
 */
export function sparkTimeReader(format: TimeFormat): SparkValueReader {
  if (format.from !== undefined) return countedTimes(format.from);
  return format.formats || format.zone !== undefined ? writtenTimes(format) : usualTimes;
}

const code = (reject: RejectCode): string => sparkText(reject);

const instants = (first: number, parsed: string): string => `${parsed} BETWEEN ${first} AND ${lastInstant}`;

const value = (parsed: string): string => `timestamp_millis(${parsed})`;

const writtenCases =
  (reject: RejectCode): SparkReading['cases'] =>
  (parsed) => [
    { failed: `${parsed} IS NULL`, code: code(reject) },
    // An offset may lead out of the years 1 to 9999.
    { failed: `NOT (${instants(firstInstant, parsed)})`, code: code('out_of_range') },
  ];

/**
 * The usual spelling in UTC: Spark's cast reads it, once it is known to be no other one. The cast needs seconds, and takes three times
 * as long for a text with a zone. It has microseconds, and `unix_millis` takes the millisecond before.
 */
const usualTimes: SparkValueReader = (text, prefix) => {
  const local = `${prefix}time`;
  return {
    layers: [
      [
        {
          name: local,
          sql: `CASE WHEN ${text} RLIKE ${wholeText(spellings.timestamp)} AND NOT startswith(${text}, '0000') THEN trim(TRAILING ' CGMTUZ' FROM ${text}) END`,
        },
      ],
    ],
    parsed: `unix_millis(CAST(CASE WHEN substr(${local}, 17, 1) = ':' THEN ${local} ELSE concat(substr(${local}, 1, 16), ':00', substr(${local}, 17)) END AS TIMESTAMP))`,
    cases: writtenCases('not_a_timestamp'),
    value,
  };
};

function writtenTimes(format: TimeFormat): SparkValueReader {
  const offsets = localOffsets(format.zone ?? 'UTC');
  const readings = timeReadings(format);
  return (text, prefix) => {
    const locals = readings.map((reading, index) => localTime(reading, text, `${prefix}time${index}`));
    const chosen = `${prefix}local`;
    const own = `${prefix}own`;
    // The first format whose date is on the calendar counts.
    const firstOf = (pick: (local: (typeof locals)[number]) => string): string =>
      `CASE ${locals.map((local) => `WHEN ${local.name} IS NOT NULL THEN ${pick(local)}`).join(' ')} END`;
    return {
      layers: [
        locals.map(({ parts }) => parts),
        locals.map(({ name, sql }) => ({ name, sql })),
        [
          { name: chosen, sql: `coalesce(${locals.map(({ name }) => name).join(', ')})` },
          { name: own, sql: firstOf(({ offset }) => offset) },
        ],
      ],
      parsed: `CASE WHEN ${chosen} IS NOT NULL THEN coalesce(${chosen} - coalesce(${own}, ${zoneOffset(offsets, chosen)}), ${noInstant}) END`,
      cases: writtenCases(format.formats ? 'not_in_time_format' : 'not_a_timestamp'),
      value,
    };
  };
}

/** Beyond every timestamp: the instant of a local time whose offset is not certain. */
const noInstant = Number.MAX_SAFE_INTEGER;

/** Digits are shifted as text, so that no count passes through a double. */
function countedTimes(unit: EpochUnit): SparkValueReader {
  const shift = epochShifts[unit];
  return (text, prefix) => {
    const parts = textParts(text, spellings.epoch, ['$1', '$2', '$3']);
    const named = `${prefix}count`;
    const [whole, fraction, exponent] = [0, 1, 2].map((index) => parts.part(named, index));
    // An exponent that is too long for an integer is out of range as well.
    const power = `CASE WHEN ${exponent} = '' THEN 0 ELSE coalesce(CAST(${exponent} AS INT), 100) END`;
    const places = `greatest(0, length(${whole}) + ${power} + (${shift}))`;
    const digits = `concat('0', rpad(concat(${whole}, ${fraction}), ${places}, '0'))`;
    return {
      layers: [[{ name: named, sql: parts.sql }]],
      parsed: `CASE WHEN ${parts.isMatch(named)} AND ${power} BETWEEN -99 AND 99 THEN CAST(${digits} AS BIGINT) END`,
      cases: (parsed) => [
        {
          failed: `NOT coalesce(${instants(0, parsed)}, false)`,
          code: `CASE WHEN ${text} RLIKE ${wholeText(`-?(?:${spellings.epoch})`)} THEN ${code('out_of_range')} ELSE ${code('not_an_epoch')} END`,
        },
      ],
      value,
    };
  };
}
