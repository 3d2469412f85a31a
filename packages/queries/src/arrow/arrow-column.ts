import {
  type DuckDBDateValue,
  type DuckDBDecimalValue,
  type DuckDBTimestampMillisecondsValue,
  type DuckDBTimestampSecondsValue,
  type DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';
import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  Null,
  TimestampMillisecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';

type Values = readonly DuckDBValue[];

/** An Arrow type, and how a chunk's column becomes its data. */
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
function numbers(
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

/** A column whose values are 64-bit integers. */
function integers(
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

/** 128-bit two's complement, low half first: how Arrow stores decimals. */
function decimals(precision: number, scale: number, read: (value: never) => bigint): ArrowColumn {
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
function built(type: DataType, read: (value: never) => unknown): ArrowColumn {
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

/** Texts one after another, with the place where each begins. */
function texts(read: (value: never) => string): ArrowColumn {
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

const asIs = <Value>(value: Value): Value => value;
const int8 = (length: number) => new Int8Array(length);
const bigints = (length: number) => new BigInt64Array(length);

const columns: { readonly [Id in DuckDBTypeId]?: () => ArrowColumn } = {
  [DuckDBTypeId.BOOLEAN]: () => built(new Bool(), asIs),
  [DuckDBTypeId.TINYINT]: () => numbers(new Int8(), int8, asIs<number>),
  [DuckDBTypeId.SMALLINT]: () => numbers(new Int16(), (length) => new Int16Array(length), asIs<number>),
  [DuckDBTypeId.INTEGER]: () => numbers(new Int32(), (length) => new Int32Array(length), asIs<number>),
  [DuckDBTypeId.UTINYINT]: () => numbers(new Uint8(), (length) => new Uint8Array(length), asIs<number>),
  [DuckDBTypeId.USMALLINT]: () => numbers(new Uint16(), (length) => new Uint16Array(length), asIs<number>),
  [DuckDBTypeId.UINTEGER]: () => numbers(new Uint32(), (length) => new Uint32Array(length), asIs<number>),
  [DuckDBTypeId.FLOAT]: () => numbers(new Float32(), (length) => new Float32Array(length), asIs<number>),
  [DuckDBTypeId.DOUBLE]: () => numbers(new Float64(), (length) => new Float64Array(length), asIs<number>),
  [DuckDBTypeId.BIGINT]: () => integers(new Int64(), bigints, asIs<bigint>),
  [DuckDBTypeId.UBIGINT]: () => integers(new Uint64(), (length) => new BigUint64Array(length), asIs<bigint>),
  [DuckDBTypeId.HUGEINT]: () => decimals(38, 0, asIs<bigint>),
  [DuckDBTypeId.DATE]: () =>
    numbers(
      new DateDay(),
      (length) => new Int32Array(length),
      (value: DuckDBDateValue) => value.days,
    ),
  [DuckDBTypeId.TIMESTAMP]: () => timestamps(),
  [DuckDBTypeId.TIMESTAMP_TZ]: () => timestamps('UTC'),
  [DuckDBTypeId.TIMESTAMP_MS]: () =>
    integers(new TimestampMillisecond(), bigints, (value: DuckDBTimestampMillisecondsValue) => value.millis),
  [DuckDBTypeId.TIMESTAMP_S]: () =>
    integers(
      new TimestampMillisecond(),
      bigints,
      (value: DuckDBTimestampSecondsValue) => value.seconds * 1000n,
    ),
  [DuckDBTypeId.VARCHAR]: () => texts(asIs<string>),
  [DuckDBTypeId.ENUM]: () => texts(asIs<string>),
  [DuckDBTypeId.UUID]: () => texts(String),
  [DuckDBTypeId.SQLNULL]: () => ({
    type: new Null(),
    data: (values) => makeData({ type: new Null(), length: values.length }),
  }),
};

/** A lake's timestamps hold milliseconds; finer ones, which only a query can make, are cut toward the past. */
const timestamps = (zone?: string): ArrowColumn =>
  integers(new TimestampMillisecond(zone), bigints, ({ micros }: DuckDBTimestampValue) => {
    const millis = micros / 1000n;
    return micros % 1000n < 0n ? millis - 1n : millis;
  });

/**
 * The Arrow column for a column of a result.
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for lists, structs, maps and other types without a plain Arrow column
 */
export function arrowColumn(name: string, type: DuckDBType): ArrowColumn {
  if (type.typeId === DuckDBTypeId.DECIMAL)
    return decimals(type.width, type.scale, (value: DuckDBDecimalValue) => value.value);
  const create = columns[type.typeId];
  if (create) return create();
  const fix = 'Select its members, or cast it to text in the query';
  throw new HeadwaterError('TYPE_UNSUPPORTED', { target: 'arrow', kind: String(type), column: name, fix });
}

function fixedWidth(type: DataType, values: Values, data: ArrayBufferView): Data {
  // makeData is typed by each type's own array; the columns above pair them.
  return makeData({ type, length: values.length, ...validity(values), data } as never);
}

/** One bit for each value that is there. */
function validity(values: Values): { nullCount: number; nullBitmap: Uint8Array } {
  let nullCount = 0;
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  values.forEach((value, index) => {
    if (value === null) nullCount++;
    else nullBitmap[index >> 3] = (nullBitmap[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return { nullCount, nullBitmap };
}
