import {
  type DuckDBDateValue,
  type DuckDBDecimalValue,
  type DuckDBTimestampMillisecondsValue,
  type DuckDBTimestampSecondsValue,
  type DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import {
  Bool,
  DateDay,
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
} from 'apache-arrow';
import {
  type ArrowColumn,
  built,
  decimals,
  integers,
  noArrowType,
  numbers,
  texts,
} from '../common/column-builders.ts';

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

/** Timestamps of a lake have milliseconds. Finer ones, which only a query can produce, are rounded toward the past. */
const timestamps = (zone?: string): ArrowColumn =>
  integers(new TimestampMillisecond(zone), bigints, ({ micros }: DuckDBTimestampValue) => {
    const millis = micros / 1000n;
    return micros % 1000n < 0n ? millis - 1n : millis;
  });

/**
 * The Arrow column for a column of a result.
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for lists, structs, maps and other types without a plain Arrow column
 */
export function duckdbColumn(name: string, type: DuckDBType): ArrowColumn {
  if (type.typeId === DuckDBTypeId.DECIMAL)
    return decimals(type.width, type.scale, (value: DuckDBDecimalValue) => value.value);
  const create = columns[type.typeId];
  if (create) return create();
  throw noArrowType(name, String(type));
}
