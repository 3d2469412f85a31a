import { type DataType, HeadwaterError, type TableSchema } from '@headwater/core';
import { isNumberDecimal } from '@headwater/core/internal';
import { exactJson } from '../common/exact-json.ts';
import { uniqueNames } from '../common/unique-names.ts';
import { jsonReader } from './postgres-json.ts';
import type { PostgresField, PostgresRows } from './postgres-transaction.ts';
import { numericType, typeIds } from './postgres-type.ts';

type Decoder = (text: string) => unknown;

const asText: Decoder = (text) => text;

const decoders: Readonly<Record<number, (field: PostgresField) => Decoder>> = {
  [typeIds.bool]: () => (text) => text === 't',
  [typeIds.int2]: () => Number,
  [typeIds.int4]: () => Number,
  [typeIds.oid]: () => Number,
  [typeIds.int8]: () => BigInt,
  [typeIds.float4]: () => Number,
  [typeIds.float8]: () => Number,
  [typeIds.numeric]: (field) => {
    const type = numericType(field);
    return type && isNumberDecimal({ kind: 'decimal', ...type }) ? Number : asText;
  },
  [typeIds.timestamp]: () => instantOf,
  [typeIds.timestamptz]: () => instantOf,
  [typeIds.json]: () => exactJson,
  [typeIds.jsonb]: () => exactJson,
};

/**
 * The decoder of a column's values: 64-bit integers are `bigint`, decimals up to 15 digits `number` and wider ones text, as are
 * those that an expression computes, timestamps `Date`, dates `YYYY-MM-DD`, JSON of a nested column what its type says. Types without
 * a JavaScript counterpart are PostgreSQL's text.
 */
export function valueDecoder(field: PostgresField, tables: readonly TableSchema[] = []): Decoder {
  const isJson = field.dataTypeID === typeIds.jsonb || field.dataTypeID === typeIds.json;
  const type = isJson ? nestedType(field.name, tables) : undefined;
  if (type) return jsonReader(type);
  return decoders[field.dataTypeID]?.(field) ?? asText;
}

/** Reads rows as objects by column name, with the values of their columns' types. */
export function rowReader(
  fields: readonly PostgresField[],
  tables: readonly TableSchema[],
): (values: PostgresRows['rows'][number]) => Record<string, unknown> {
  const names = uniqueNames(fields.map(({ name }) => name));
  const columns = fields.map((field) => valueDecoder(field, tables));
  return (values) => {
    const row: Record<string, unknown> = {};
    // With keys in the same order, all rows share one hidden class, which makes this fast.
    for (let column = 0; column < names.length; column++) {
      const text = values[column];
      row[names[column] ?? ''] = text === null || text === undefined ? null : columns[column]?.(text);
    }
    return row;
  };
}

const nestedKinds: ReadonlySet<DataType['kind']> = new Set(['list', 'struct', 'map']);

/** The type of the nested column of this name; undefined where none has it, or two have it with different types. */
function nestedType(name: string, tables: readonly TableSchema[]): DataType | undefined {
  const [first, ...others] = tables
    .flatMap(({ columns }) => columns)
    .filter((column) => column.name === name && nestedKinds.has(column.type.kind));
  const text = JSON.stringify(first?.type);
  return others.every(({ type }) => JSON.stringify(type) === text) ? first?.type : undefined;
}

const timePattern = /^(\d+)(-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00)?( BC)?$/;

/** An instant from `2024-03-03 10:00:00.123`, in UTC, with `+00` after it where the type has a zone. */
function instantOf(text: string): Date {
  const [, year = '', day = '', time = '', isBefore] = timePattern.exec(text) ?? [];
  if (time === '') {
    const fix = 'Leave it out by a condition, or cast it to text in the query';
    throw new HeadwaterError('TYPE_UNSUPPORTED', {
      target: 'JavaScript',
      kind: `the time ${text}`,
      column: 'a time',
      fix,
    });
  }
  // Digits below milliseconds are rounded toward the past, as Date does.
  if (year.length === 4 && !isBefore) return new Date(`${year}${day}T${time}Z`);
  // JavaScript writes years of more than four digits, and years before 0, with a sign and six digits. 1 BC is its year 0.
  const number = isBefore ? 1 - Number(year) : Number(year);
  const written = `${number < 0 ? '-' : '+'}${String(Math.abs(number)).padStart(6, '0')}`;
  return new Date(`${written.replace('-000000', '+000000')}${day}T${time}Z`);
}
