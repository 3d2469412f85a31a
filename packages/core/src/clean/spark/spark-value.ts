import type { StepOf } from '../../table/cleaning-step.ts';
import { type DataType, type DataTypeTable, isIntegerKind, mapDataType } from '../../table/data-type.ts';
import { spellings } from '../../table/spellings.ts';
import { sparkText, sparkType } from '../../types/spark-type.ts';
import { refuseNested } from '../refuse-nested.ts';
import type { RejectCode } from '../reject-code.ts';
import { sparkNumberReader } from './spark-number.ts';
import { sparkTimeReader } from './spark-time.ts';
import type { SparkReading, SparkValueReader } from './spark-value-reader.ts';
import { wholeText } from './whole-text.ts';

const matches = (text: string, spelling: keyof typeof spellings): string =>
  `${text} RLIKE ${wholeText(spellings[spelling])}`;
const code = (reject: RejectCode): string => sparkText(reject);

/** Reads by a cast. Spark's casts take far more than the rules do (`1.9` as an integer, `epoch` as a date), so the rules come first. */
const castWhen =
  (condition: (text: string) => string, reject: (text: string) => string) =>
  (type: DataType): SparkValueReader =>
  (text) => ({
    parsed: `CASE WHEN ${condition(text)} THEN CAST(${text} AS ${sparkType(type)}) END`,
    cases: (parsed) => [{ failed: `${parsed} IS NULL`, code: reject(text) }],
  });

/** A cast gives NULL for a number that its type cannot hold. */
const castNumber = (spelling: keyof typeof spellings, reject: RejectCode) =>
  castWhen(
    (text) => matches(text, spelling),
    (text) => `CASE WHEN ${matches(text, spelling)} THEN ${code('out_of_range')} ELSE ${code(reject)} END`,
  );

/** A text that is a value as soon as it passes a test. */
const testText =
  (isGood: (text: string) => string, reject: RejectCode, value?: SparkReading['value']): SparkValueReader =>
  (text) => ({
    cases: () => [{ failed: `NOT (${isGood(text)})`, code: code(reject) }],
    ...(value ? { value } : {}),
  });

/** One reader per kind: the SQL of the rules that `value-parser.ts` has in TypeScript. */
const readers = {
  string: () => () => ({ cases: () => [] }),
  enum: ({ values }) => testText((text) => `${text} IN (${values.map(sparkText).join(', ')})`, 'not_one_of'),
  boolean: () =>
    testText(
      // Java ignores the case of ASCII letters only.
      (text) => `${text} RLIKE ${wholeText(`(?i)${spellings.boolean}`)}`,
      'not_a_boolean',
      (text) => `CAST(${text} AS BOOLEAN)`,
    ),
  int32: castNumber('integer', 'not_an_integer'),
  int64: castNumber('integer', 'not_an_integer'),
  double: () => (text) => ({
    // A negative zero plus zero is zero.
    parsed: `CASE WHEN ${matches(text, 'number')} THEN CAST(${text} AS DOUBLE) + 0D END`,
    cases: (parsed) => [
      { failed: `${parsed} IS NULL`, code: code('not_a_number') },
      { failed: `abs(${parsed}) = double('Infinity')`, code: code('out_of_range') },
    ],
  }),
  decimal: castNumber('decimal', 'not_a_decimal'),
  date: castWhen(
    (text) => `${matches(text, 'date')} AND NOT startswith(${text}, '0000')`,
    () => code('not_a_date'),
  ),
  timestamp: () => sparkTimeReader({}),
  uuid: () =>
    testText(
      (text) => matches(text, 'uuid'),
      'not_a_uuid',
      (text) => `lower(${text})`,
    ),
  list: (type) => refuseNested(type),
  struct: (type) => refuseNested(type),
  map: (type) => refuseNested(type),
} satisfies DataTypeTable<SparkValueReader>;

/**
 * The reader of a column's texts.
 *
 * @param parse how its times or numbers are written
 */
export function sparkValueReader(type: DataType, { time, number }: StepOf<'parse'>): SparkValueReader {
  const reader = mapDataType<SparkValueReader>(readers, type);
  if (time) return sparkTimeReader(time);
  return number ? sparkNumberReader(reader, number, isIntegerKind(type.kind)) : reader;
}
