import type { StepOf } from '../../table/cleaning-step.ts';
import {
  type DataType,
  type DataTypeOf,
  type DataTypeTable,
  isIntegerKind,
  isNumberDecimal,
  mapDataType,
} from '../../table/data-type.ts';
import { spellings } from '../../table/spellings.ts';
import { firstInstant, lastInstant } from '../instant-limits.ts';
import { refuseNested } from '../refuse-nested.ts';
import { plainNumber } from './number-parser.ts';
import { type Rejection, rejection } from './rejection.ts';
import { midnightOf, timeParser } from './time-parser.ts';

/** A clean value in the JavaScript type of its column. */
export type CleanValue = string | number | bigint | boolean | Date | null;

/** Reads a cleaned, non-null text: its value, or why it is rejected. */
export type ValueParser = (text: string) => Exclude<CleanValue, null> | Rejection;

const whole = (spelling: keyof typeof spellings): RegExp => new RegExp(`^(?:${spellings[spelling]})$`);
const integerPattern = whole('integer');
const numberPattern = whole('number');
const decimalPattern = whole('decimal');
const datePattern = whole('date');
const timestampPattern = whole('timestamp');
const uuidPattern = whole('uuid');

const truths: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((text): [string, boolean] => [text, true]),
  ...['false', 'f', 'no', 'n', '0'].map((text): [string, boolean] => [text, false]),
]);

const outOfRange = rejection('out_of_range');
const notAnInteger = rejection('not_an_integer');
const notADecimal = rejection('not_a_decimal');
const notATimestamp = rejection('not_a_timestamp');
const notADate = rejection('not_a_date');
const notABoolean = rejection('not_a_boolean');
const notANumber = rejection('not_a_number');
const notAUuid = rejection('not_a_uuid');

const int32Limit = 2n ** 31n;
const int64Limit = 2n ** 63n;

/** A megabyte of digits takes seconds to become a BigInt, and no type has room for more than 38. */
const tooManyDigits = /^[+-]?0*[1-9][0-9]{38}/;

function parseInteger(text: string, limit: bigint): bigint | Rejection {
  if (!integerPattern.test(text)) return notAnInteger;
  if (tooManyDigits.test(text)) return outOfRange;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value >= -limit && value < limit ? value : outOfRange;
}

/** Reads plain decimal digits into units of 10^-scale, rounding half away from zero as SQL casts do. */
function unitsFromText(text: string, scale: number): bigint {
  const negative = text.startsWith('-');
  const [integer = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const kept = fraction.slice(0, scale).padEnd(scale, '0');
  const roundUp = (fraction[scale] ?? '0') >= '5';
  const units = BigInt(`${integer}${kept}` || '0') + (roundUp ? 1n : 0n);
  return negative ? -units : units;
}

function textFromUnits(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function decimalParser(type: DataTypeOf<'decimal'>): ValueParser {
  const limit = 10n ** BigInt(type.precision);
  const asNumber = isNumberDecimal(type);
  return (text) => {
    if (!decimalPattern.test(text)) return notADecimal;
    if (tooManyDigits.test(text)) return outOfRange;
    const units = unitsFromText(text, type.scale);
    if (units <= -limit || units >= limit) return outOfRange;
    const exact = textFromUnits(units, type.scale);
    return asNumber ? Number(exact) : exact;
  };
}

const midnightOfText = (text: string): number | undefined =>
  midnightOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));

/**
 * Reads a timestamp. Without a zone it is UTC; an offset is applied; digits beyond the millisecond are cut off, because
 * Athena has millisecond precision (https://docs.aws.amazon.com/athena/latest/ug/data-types.html).
 */
function parseTimestamp(text: string): Date | Rejection {
  const match = timestampPattern.exec(text);
  if (!match) return notATimestamp;
  const [
    ,
    date = '',
    clock = '',
    seconds = ':00',
    fraction = '',
    sign,
    offsetHours = '0',
    offsetMinutes = '0',
  ] = match;
  const midnight = midnightOfText(date);
  if (midnight === undefined) return notATimestamp;
  const minutes = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const milliseconds = Number(seconds.slice(1)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  const instant = midnight + (minutes - (sign ? offset : 0)) * 60_000 + milliseconds;
  return instant < firstInstant || instant > lastInstant ? outOfRange : new Date(instant);
}

/** One parser per kind. `duckdb-value.ts` has the same rules in SQL; property tests compare the two. */
const parsers = {
  string: () => (text) => text,
  enum: () => (text) => text,
  boolean: () => (text) => (text.length <= 5 ? truths.get(text.toLowerCase()) : undefined) ?? notABoolean,
  int32: () => (text) => {
    const value = parseInteger(text, int32Limit);
    return typeof value === 'bigint' ? Number(value) : value;
  },
  int64: () => (text) => parseInteger(text, int64Limit),
  double: () => (text) => {
    if (!numberPattern.test(text)) return notANumber;
    // Adding zero turns -0 into 0. The two are equal, so otherwise the order of loads would decide which one a duplicate keeps.
    const value = Number(text) + 0;
    return Number.isFinite(value) ? value : outOfRange;
  },
  decimal: decimalParser,
  date: () => (text) => (datePattern.test(text) && midnightOfText(text) !== undefined ? text : notADate),
  timestamp: () => parseTimestamp,
  uuid: () => (text) => (uuidPattern.test(text) ? text.toLowerCase() : notAUuid),
  list: (type) => refuseNested(type),
  struct: (type) => refuseNested(type),
  map: (type) => refuseNested(type),
} satisfies DataTypeTable<ValueParser>;

/**
 * The parser of a column's texts.
 *
 * @param parse how its times or numbers are written
 */
export function valueParser(type: DataType, { time, number }: StepOf<'parse'>): ValueParser {
  const parse = mapDataType<ValueParser>(parsers, type);
  const notInFormat = rejection('not_in_number_format');
  if (time) return timeParser(time);
  if (!number) return parse;
  const plain = plainNumber(number, isIntegerKind(type.kind));
  return (text) => {
    const digits = plain(text);
    return digits === undefined ? notInFormat : parse(digits);
  };
}
