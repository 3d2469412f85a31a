import { HeadwaterError } from '@headwater/core';
import {
  type Data,
  type DataType,
  DateDay,
  Decimal,
  makeData,
  Null,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';

/** A column's values in one batch; nulls are null. */
export type Values = readonly unknown[];

/** An Arrow type, and how to convert a column of a batch to its data. */
export interface ArrowColumn {
  readonly type: DataType;
  data(values: Values): Data;
}

type NumberArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** A column whose values are numbers of one width. */
export function numbers(
  type: DataType,
  create: (length: number) => NumberArray,
  read: (value: never) => number,
): ArrowColumn {
  const convert = read as (value: unknown) => number;
  return {
    type,
    data(values) {
      const data = create(values.length);
      values.forEach((value, index) => {
        if (value !== null) data[index] = convert(value);
      });
      return fixedWidth(type, values, data);
    },
  };
}

/** A column of days, which a server writes as `2026-01-31`. */
export function days(): ArrowColumn {
  const dayMilliseconds = 86_400_000;
  return numbers(
    new DateDay(),
    (length) => new Int32Array(length),
    (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds,
  );
}

/**
 * A column of times, in milliseconds.
 *
 * @param zone the zone of the type: `UTC` for instants, and none for times without one
 * @param decode reads a value into a `Date`
 */
export function times(zone: string | undefined, decode: (value: never) => unknown): ArrowColumn {
  return integers(
    new TimestampMillisecond(zone),
    (length) => new BigInt64Array(length),
    (value) => BigInt((decode(value) as Date).getTime()),
  );
}

/** A column whose values are 64-bit integers. */
export function integers(
  type: DataType,
  create: (length: number) => BigInt64Array | BigUint64Array,
  read: (value: never) => bigint,
): ArrowColumn {
  const convert = read as (value: unknown) => bigint;
  return {
    type,
    data(values) {
      const data = create(values.length);
      values.forEach((value, index) => {
        if (value !== null) data[index] = convert(value);
      });
      return fixedWidth(type, values, data);
    },
  };
}

/** A column of decimals, which Arrow stores as 128-bit two's complement, low half first. */
export function decimals(precision: number, scale: number, read: (value: never) => bigint): ArrowColumn {
  const type = new Decimal(scale, precision, 128);
  const convert = read as (value: unknown) => bigint;
  return {
    type,
    data(values) {
      const halves = new BigUint64Array(values.length * 2);
      values.forEach((value, index) => {
        if (value === null) return;
        const digits = convert(value);
        halves[index * 2] = BigInt.asUintN(64, digits);
        halves[index * 2 + 1] = BigInt.asUintN(64, digits >> 64n);
      });
      return fixedWidth(type, values, new Uint32Array(halves.buffer));
    },
  };
}

/** A column that Arrow's own builders fill. */
export function built(type: DataType, read: (value: never) => unknown): ArrowColumn {
  const convert = read as (value: unknown) => unknown;
  return {
    type,
    data(values) {
      const converted = values.map((value) => (value === null ? null : convert(value)));
      const [data] = vectorFromArray(converted, type).data;
      return data ?? makeData({ type: new Null(), length: values.length });
    },
  };
}

/** A column of texts, which Arrow stores one after another, with the offset of each. */
export function texts(read: (value: never) => string): ArrowColumn {
  const type = new Utf8();
  const convert = read as (value: unknown) => string;
  return {
    type,
    data(values) {
      const parts = values.map((value) => (value === null ? '' : convert(value)));
      const data = Buffer.from(parts.join(''), 'utf8');
      const valueOffsets = new Int32Array(parts.length + 1);
      let end = 0;
      const isAscii = parts.reduce((length, part) => length + part.length, 0) === data.length;
      parts.forEach((part, index) => {
        end += isAscii ? part.length : Buffer.byteLength(part, 'utf8');
        valueOffsets[index + 1] = end;
      });
      const { nullBitmap, nullCount } = validity(values);
      return makeData({ type, length: values.length, nullCount, nullBitmap, valueOffsets, data });
    },
  };
}

function fixedWidth(type: DataType, values: Values, data: ArrayBufferView): Data {
  // makeData requires the array of each type; the functions above pair them.
  return makeData({ type, length: values.length, ...validity(values), data } as never);
}

/** Arrow's bitmap of values that are not null, and the number of nulls. */
function validity(values: Values): { nullCount: number; nullBitmap: Uint8Array } {
  let nullCount = 0;
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  values.forEach((value, index) => {
    if (value === null) nullCount++;
    else nullBitmap[index >> 3] = (nullBitmap[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return { nullCount, nullBitmap };
}

/** The error for a column whose type has no plain Arrow column. */
export function noArrowType(column: string, kind: string): HeadwaterError {
  const fix = 'Select its members, or cast it to text in the query';
  return new HeadwaterError('TYPE_UNSUPPORTED', { target: 'arrow', kind, column, fix });
}
