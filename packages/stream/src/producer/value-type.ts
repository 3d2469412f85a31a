import type { Column, DataType } from '@headwater/core';
import { isNumberDecimal } from '@headwater/core/internal';

/** What a value of a column is in JavaScript, and how to tell. */
interface ValueType {
  readonly name: string;
  readonly has: (value: unknown) => boolean;
}

const text: ValueType = { name: 'a string', has: (value) => typeof value === 'string' };
const number: ValueType = { name: 'a finite number', has: Number.isFinite };
const types: { readonly [Kind in DataType['kind']]?: ValueType } = {
  string: text,
  enum: text,
  uuid: text,
  date: { name: "a string 'YYYY-MM-DD'", has: text.has },
  boolean: { name: 'a boolean', has: (value) => typeof value === 'boolean' },
  int32: number,
  double: number,
  int64: { name: 'a bigint', has: (value) => typeof value === 'bigint' },
  timestamp: {
    name: 'a valid Date',
    has: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  },
};
const wideDecimal: ValueType = { name: 'a string of digits', has: text.has };

/** The type that the values of a column have in an event. */
export function valueType({ type }: Column): ValueType {
  if (type.kind === 'decimal') return isNumberDecimal(type) ? number : wideDecimal;
  return types[type.kind] ?? { name: 'a value of a column', has: () => false };
}
