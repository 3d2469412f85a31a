import type { DataType } from '@headwater/core';
import { type DataTypeTable, isNumberDecimal, mapDataType } from '@headwater/core/internal';

type Read = (value: unknown) => unknown;

const asItIs: Read = (value) => value;

const readers = {
  string: () => asItIs,
  enum: () => asItIs,
  uuid: () => asItIs,
  boolean: () => asItIs,
  int32: () => Number,
  double: () => Number,
  date: () => asItIs,
  int64: () => (value) => BigInt(value as number | bigint | string),
  decimal: (type) => (isNumberDecimal(type) ? Number : String),
  timestamp: () => (value) =>
    new Date(
      `${String(value)
        .replace(' ', 'T')
        .replace(/(Z|\+00(:00)?)$/, '')}Z`,
    ),
  list: ({ element }) => {
    const read = readerOf(element);
    return (value) => (value as unknown[]).map(read);
  },
  struct: ({ fields }) => {
    const members = fields.map(({ name, type }) => [name, readerOf(type)] as const);
    return (value) =>
      Object.fromEntries(members.map(([name, read]) => [name, read(Reflect.get(value as object, name))]));
  },
  map: ({ value: type }) => {
    const read = readerOf(type);
    return (value) =>
      Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, read(item)]));
  },
} satisfies DataTypeTable<Read>;

function readerOf(type: DataType): Read {
  const read = mapDataType<Read>(readers, type);
  return (value) => (value === null || value === undefined ? null : read(value));
}

/** A number as its digits: a double has fewer than PostgreSQL's JSON. Node gives a reviver the text of the number. */
const digits = (_: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' ? (context?.source ?? value) : value;

/** A value of a nested column, from the JSON that PostgreSQL holds: its members have the documented JavaScript types. */
export function jsonReader(type: DataType): (text: string) => unknown {
  const read = readerOf(type);
  // TypeScript's declaration of the reviver lacks the third argument, which Node has since 21.
  return (text) => read(JSON.parse(text, digits as (key: string, value: unknown) => unknown));
}
