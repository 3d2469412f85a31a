import { spellings } from '../../table/spellings.ts';
import { type EpochUnit, monthNames, type TimeField, type TimeFormat } from '../../table/time-format.ts';
import { type LocalOffset, localOffsets } from '../../time-zone/local-offsets.ts';
import { quoteText } from '../../types/duckdb-type.ts';
import { epochShifts } from '../epoch-shifts.ts';
import { firstInstant, lastInstant } from '../instant-limits.ts';
import { type TimeReading, timeReadings } from '../time-reading.ts';
import type { DuckdbValueReader } from './duckdb-value-reader.ts';
import { searchOffset, timeGuess } from './time-guess.ts';

/** How DuckDB reads times in a format. `time-parser.ts` has the same rules in TypeScript. */
export function duckdbTimeReader(format: TimeFormat): DuckdbValueReader {
  return format.from === undefined ? writtenTimes(format) : countedTimes(format.from);
}

function countedTimes(unit: EpochUnit): DuckdbValueReader {
  const shift = epochShifts[unit];
  const parts = (text: string): string =>
    `regexp_extract(${text}, ${quoteText(`^(?:${spellings.epoch})$`)}, ['whole', 'fraction', 'exponent'])`;
  // An exponent that is too long for an integer is out of range as well.
  const exponent = `CASE WHEN part.exponent = '' THEN 0 ELSE coalesce(TRY_CAST(part.exponent AS INTEGER), 100) END`;
  const places = `greatest(0, length(part.whole)::INTEGER + (${exponent}) + (${shift}))`;
  const digits = `coalesce(nullif(rpad(part.whole || part.fraction, ${places}, '0'), ''), '0')`;
  const milliseconds = `CASE WHEN part.whole <> '' AND (${exponent}) BETWEEN -99 AND 99 THEN TRY_CAST(${digits} AS BIGINT) END`;
  const count = (raw: string): string => `TRY_CAST(${raw} AS BIGINT)`;
  const scaled = shift < 0 ? `// ${10 ** -shift}` : `* ${10 ** shift}`;
  const last = shift < 0 ? `${lastInstant}999` : String(Math.floor(lastInstant / 10 ** shift));
  return {
    value: (text) => inLimits(`list_transform([${parts(text)}], lambda part: ${milliseconds})`, { first: 0 }),
    code: (text) =>
      `CASE WHEN regexp_full_match(${text}, ${quoteText(`-?(?:${spellings.epoch})`)}) THEN 'out_of_range' ELSE 'not_an_epoch' END`,
    guess: {
      value: (raw) =>
        `epoch_ms(CASE WHEN ${count(raw)} BETWEEN 0 AND ${last} THEN ${count(raw)} ${scaled} END)`,
      proof: (raw, guess) => `${count(raw)}::VARCHAR = ${raw} AND ${guess} IS NOT NULL`,
    },
  };
}

/** The timestamp of the first of a list of milliseconds since 1970, if it is within the limits. */
function inLimits(list: string, { first = firstInstant } = {}): string {
  return `list_transform(list_filter(${list}, lambda ms: ms BETWEEN ${first} AND ${lastInstant}), lambda ms: epoch_ms(ms))[1]`;
}

function writtenTimes(format: TimeFormat): DuckdbValueReader {
  const offsets = localOffsets(format.zone ?? 'UTC');
  const readings = timeReadings(format);
  const instant = (text: string): string => {
    const each = readings.map((reading) => instantSql(reading, offsets, text));
    return each.length > 1 ? `coalesce(${each.join(', ')})` : each.join('');
  };
  const code = format.formats ? 'not_in_time_format' : 'not_a_timestamp';
  const guess = timeGuess(format, offsets);
  return {
    ...(guess ? { guess } : {}),
    value: (text) => inLimits(`[${instant(text)}]`),
    code: (text) => `CASE WHEN ${instant(text)} IS NOT NULL THEN 'out_of_range' ELSE ${quoteText(code)} END`,
  };
}

/** Beyond every timestamp: the instant of a local time whose offset is not certain. */
const noInstant = Number.MAX_SAFE_INTEGER;

/**
 * The instant of a text in milliseconds since 1970, or NULL for another text. Lambdas give the parts and the local time a name,
 * so that each is computed once.
 */
function instantSql({ pattern, fields }: TimeReading, offsets: readonly LocalOffset[], text: string): string {
  const has = (field: TimeField): boolean => fields.includes(field);
  const two = (field: TimeField): string =>
    has(field) ? `lpad(coalesce(nullif(part.${field}, ''), '0'), 2, '0')` : `'00'`;
  const year = has('year') ? 'part.year' : `'20' || part.short_year`;
  const month = has('month')
    ? two('month')
    : `lpad(((strpos('${monthNames}', lower(part.month_name)) + 2) // 3)::VARCHAR, 2, '0')`;
  const hour = has('half_hour')
    ? `lpad((part.half_hour::INTEGER % 12 + CASE WHEN lower(part.half) = 'pm' THEN 12 ELSE 0 END)::VARCHAR, 2, '0')`
    : two('hour');
  const base = `TRY_CAST(${year} || '-' || ${month} || '-' || ${two('day')} || ' ' || ${hour} || ':' || ${two('minute')} || ':' || ${two('second')} AS TIMESTAMP)`;
  const fraction = has('fraction') ? ` + rpad(left(part.fraction, 3), 3, '0')::INTEGER` : '';
  const local = `epoch_ms(${base})${fraction}`;
  const zoned = searchOffset(
    offsets,
    ({ offset }) => millisecondsAt(offset),
    (from) => `ms < ${from}`,
  );
  const own = `(part.offset_hour::INTEGER * 60 + coalesce(nullif(part.offset_minute, '')::INTEGER, 0)) * 60000`;
  const instant = has('sign')
    ? `CASE WHEN part.utc <> '' THEN ms WHEN part.sign = '+' THEN ms - ${own} WHEN part.sign = '-' THEN ms + ${own} ELSE ${zoned} END`
    : zoned;
  const isRead = `part.day <> ''${has('year') ? ` AND part.year <> '0000'` : ''}`;
  const parts = `regexp_extract(${text}, ${quoteText(`^(?:${pattern})$`)}, [${fields.map(quoteText).join(', ')}])`;
  const locals = `list_transform([${parts}], lambda part: CASE WHEN ${isRead} THEN list_transform([${local}], lambda ms: CASE WHEN ms IS NOT NULL THEN ${instant} END)[1] END)`;
  return `${locals}[1]`;
}

const millisecondsAt = (offset: number | undefined): string =>
  offset === undefined ? String(noInstant) : offset === 0 ? 'ms' : `ms - (${offset})`;
