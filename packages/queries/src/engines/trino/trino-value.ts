import { HeadwaterError } from '@headwater/core';
import { isNumberDecimal } from '@headwater/core/internal';
import type { TrinoType } from './trino-type.ts';

type Decoder = (value: unknown) => unknown;

const asText: Decoder = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
// Trino sends numbers, with NaN and Infinity as text. Athena's result files have everything as text.
const asNumber: Decoder = Number;
const asBigint: Decoder = (value) => BigInt(value as number | bigint | string);
const asBoolean: Decoder = (value) => value === true || value === 'true';

const decoders: Readonly<Record<string, (type: TrinoType, column: string) => Decoder>> = {
  boolean: () => asBoolean,
  tinyint: () => asNumber,
  smallint: () => asNumber,
  integer: () => asNumber,
  int: () => asNumber,
  bigint: () => asBigint,
  real: () => asNumber,
  float: () => asNumber,
  double: () => asNumber,
  decimal: ({ numbers: [precision = 38, scale = 0] }) =>
    isNumberDecimal({ kind: 'decimal', precision, scale }) ? asNumber : asText,
  timestamp: () => instantOf,
  'timestamp with time zone': (_, column) => (value) => zonedInstant(String(value), column),
  array: ({ members: [element] }, column) => {
    if (!element) return asText;
    const decode = valueDecoder(element.type, column);
    return (value) => (value as unknown[]).map(decode);
  },
  row: ({ members }, column) => {
    if (members.length === 0) return asText;
    const fields = members.map(({ name, type }) => [name, valueDecoder(type, column)] as const);
    // A row is a list in Trino's protocol, and an object in JSON from a query.
    const member = (value: unknown, name: string, at: number): unknown =>
      Array.isArray(value) ? (value as unknown[])[at] : Reflect.get(value as object, name);
    return (value) =>
      Object.fromEntries(fields.map(([name, decode], at) => [name, decode(member(value, name, at))]));
  },
  map: ({ members: [, entry] }, column) => {
    if (!entry) return asText;
    const decode = valueDecoder(entry.type, column);
    return (value) =>
      Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, decode(item)]));
  },
};

/**
 * The decoder of a column's values, which depends on the column's type alone: 64-bit integers are `bigint`, decimals up to
 * 15 digits `number` and wider ones text, timestamps `Date`, dates `YYYY-MM-DD`. Types without a JavaScript counterpart are
 * the engine's text. Nulls stay null.
 */
export function valueDecoder(type: TrinoType, column: string): Decoder {
  const decode = decoders[type.name]?.(type, column) ?? asText;
  return (value) => (value === null || value === undefined ? null : decode(value));
}

/** An instant from `2024-03-03 10:00:00.123` in UTC. Digits below milliseconds are rounded toward the past. */
function instantOf(value: unknown): Date {
  const [day = '', time = ''] = String(value).split(' ');
  const clock = `T${time.slice(0, 12)}Z`;
  const instant = new Date(day + clock);
  if (!Number.isNaN(instant.getTime())) return instant;
  // JavaScript writes years of more than four digits, and years before 0, with a sign and six digits.
  const [, sign = '', year = '', rest = ''] = /^([+-]?)(\d+)(-\d\d-\d\d)$/.exec(day) ?? [];
  return new Date(`${sign || '+'}${year.padStart(6, '0')}${rest}${clock}`);
}

function zonedInstant(text: string, column: string): Date {
  const [, local = '', zone = ''] = /^(\S+ \S+) (.*)$/.exec(text) ?? [];
  if (zone === 'UTC') return instantOf(local);
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) {
    // An hour that occurs twice in autumn is ambiguous.
    const fix = `Ask for the instant in UTC: at_timezone(${column}, 'UTC')`;
    throw new HeadwaterError('TYPE_UNSUPPORTED', {
      target: 'JavaScript',
      kind: `a time in the zone ${zone}`,
      column,
      fix,
    });
  }
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return new Date(instantOf(local).getTime() - offset);
}
