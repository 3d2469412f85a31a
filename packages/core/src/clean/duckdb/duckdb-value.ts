import type { StepOf } from '../../table/cleaning-step.ts';
import { type DataType, type DataTypeTable, isIntegerKind, mapDataType } from '../../table/data-type.ts';
import type { NumberFormat } from '../../table/number-format.ts';
import { spellings } from '../../table/spellings.ts';
import { duckdbType, quoteText } from '../../types/duckdb-type.ts';
import { refuseNested } from '../refuse-nested.ts';
import type { RejectCode } from '../reject-code.ts';
import { canonicalInstant } from './canonical-instant.ts';
import { plainNumberSql } from './duckdb-number.ts';
import { duckdbTimeReader } from './duckdb-time.ts';
import type { DuckdbValueReader } from './duckdb-value-reader.ts';

const matches = (text: string, spelling: keyof typeof spellings): string =>
  `regexp_full_match(${text}, ${quoteText(spellings[spelling])})`;
const code = (reject: RejectCode): string => quoteText(reject);
/** The reject code `reject` for another spelling, else `out_of_range`. */
const spelledElseRange = (spelling: keyof typeof spellings, reject: RejectCode) => (text: string) =>
  `CASE WHEN ${matches(text, spelling)} THEN ${code('out_of_range')} ELSE ${code(reject)} END`;
/** If the cast value prints as the raw text, the cast read the text to the last character. */
const roundTrip = (type: DataType): NonNullable<DuckdbValueReader['guess']> => ({
  value: (raw) => `TRY_CAST(${raw} AS ${duckdbType(type)})`,
  proof: (raw, guess) => `${guess}::VARCHAR = ${raw}`,
});
const castWhen = (spelling: keyof typeof spellings, type: DataType) => (text: string) =>
  `CASE WHEN ${matches(text, spelling)} THEN TRY_CAST(${text} AS ${duckdbType(type)}) END`;

const timestampParts = ['day', 'clock', 'seconds', 'fraction', 'sign', 'hours', 'minutes']
  .map(quoteText)
  .join(', ');

/**
 * The instant of a text, or NULL for another text. The parts are computed once and named by a lambda: SQL that repeats them
 * takes longer to plan than many files take to load.
 */
function instant(text: string): string {
  const parts = `regexp_extract(${text}, ${quoteText(`^(?:${spellings.timestamp})$`)}, [${timestampParts}])`;
  const seconds = `CASE WHEN part.seconds = '' THEN ':00' ELSE part.seconds END`;
  const base = `TRY_CAST(part.day || ' ' || part.clock || ${seconds} AS TIMESTAMP)`;
  const fraction = `to_milliseconds(TRY_CAST(rpad(left(part.fraction, 3), 3, '0') AS INTEGER))`;
  const minutes = `(TRY_CAST(part.hours AS INTEGER) * 60 + coalesce(TRY_CAST(nullif(part.minutes, '') AS INTEGER), 0))`;
  const offset = `CASE part.sign WHEN '+' THEN to_minutes(-${minutes}) WHEN '-' THEN to_minutes(${minutes}) ELSE INTERVAL 0 MINUTE END`;
  return `list_transform([${parts}], lambda part: CASE WHEN NOT starts_with(part.day, '0000') THEN ${base} + ${fraction} + ${offset} END)[1]`;
}

const instantLimits = `BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999'`;

const integerReader = (type: DataType): DuckdbValueReader => ({
  value: castWhen('integer', type),
  code: spelledElseRange('integer', 'not_an_integer'),
  guess: roundTrip(type),
});

/** One reader per kind: the SQL of the rules that `value-parser.ts` has in TypeScript. */
const readers = {
  string: () => ({ value: (text) => text, code: () => 'NULL' }),
  enum: (type) => ({
    value: (text) => `TRY_CAST(${text} AS ${duckdbType(type)})`,
    code: () => code('not_one_of'),
    guess: {
      value: (raw) => `TRY_CAST(${raw} AS ${duckdbType(type)})`,
      proof: (_raw, guess) => `${guess} IS NOT NULL`,
    },
  }),
  boolean: (type) => ({
    value: (text) =>
      `CASE WHEN regexp_full_match(${text}, ${quoteText(`(?i)${spellings.boolean}`)}) THEN TRY_CAST(${text} AS ${duckdbType(type)}) END`,
    code: () => code('not_a_boolean'),
  }),
  int32: integerReader,
  int64: integerReader,
  double: (type) => ({
    value: (text) =>
      `CASE WHEN ${matches(text, 'number')} AND isfinite(TRY_CAST(${text} AS DOUBLE)) THEN TRY_CAST(${text} AS ${duckdbType(type)}) + 0 END`,
    code: spelledElseRange('number', 'not_a_number'),
  }),
  decimal: (type) => ({
    value: castWhen('decimal', type),
    code: spelledElseRange('decimal', 'not_a_decimal'),
    guess: roundTrip(type),
  }),
  date: (type) => ({
    value: (text) =>
      `CASE WHEN ${matches(text, 'date')} AND TRY_CAST(${text} AS DATE) >= DATE '0001-01-01' THEN TRY_CAST(${text} AS ${duckdbType(type)}) END`,
    code: () => code('not_a_date'),
    guess: {
      value: (raw) => `TRY_CAST(${raw} AS DATE)`,
      proof: (raw, guess) => `strlen(${raw}) = 10 AND ${raw} < ':' AND ${guess}::VARCHAR = ${raw}`,
    },
  }),
  timestamp: () => ({
    value: (text) => `list_filter([${instant(text)}], lambda value: value ${instantLimits})[1]`,
    code: (text) =>
      `CASE WHEN ${instant(text)} IS NOT NULL THEN ${code('out_of_range')} ELSE ${code('not_a_timestamp')} END`,
    guess: {
      value: (raw) => `TRY_CAST(${raw} AS TIMESTAMP)`,
      proof: canonicalInstant,
    },
  }),
  uuid: (type) => ({
    value: castWhen('uuid', type),
    code: () => code('not_a_uuid'),
    guess: roundTrip(type),
  }),
  list: (type) => refuseNested(type),
  struct: (type) => refuseNested(type),
  map: (type) => refuseNested(type),
} satisfies DataTypeTable<DuckdbValueReader>;

/**
 * The reader of a column's texts.
 *
 * @param parse how its times or numbers are written
 */
export function duckdbValueReader(type: DataType, { time, number }: StepOf<'parse'>): DuckdbValueReader {
  const reader = mapDataType<DuckdbValueReader>(readers, type);
  if (time) return duckdbTimeReader(time);
  return number ? formattedNumbers(reader, number, isIntegerKind(type.kind)) : reader;
}

/** Numbers are rewritten to plain digits, and then read as such. A lambda gives these a name. */
function formattedNumbers(
  reader: DuckdbValueReader,
  format: NumberFormat,
  isInteger: boolean,
): DuckdbValueReader {
  const plain = (text: string, read: string): string =>
    `list_transform([${plainNumberSql(format, isInteger, text)}], lambda plain: ${read})[1]`;
  return {
    value: (text) => plain(text, reader.value('plain')),
    code: (text) =>
      plain(
        text,
        `CASE WHEN plain IS NULL THEN ${code('not_in_number_format')} ELSE ${reader.code('plain')} END`,
      ),
  };
}
