import {
  type DuckDBDecimalValue,
  type DuckDBListValue,
  type DuckDBMapValue,
  type DuckDBStructValue,
  type DuckDBTimestampMillisecondsValue,
  type DuckDBTimestampNanosecondsValue,
  type DuckDBTimestampSecondsValue,
  type DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';

type Decoder = (value: never) => unknown;

const asIs = (value: unknown): unknown => value;
const asNumber = (value: bigint): number => Number(value);
const asText = (value: DuckDBValue): string => String(value);

/** Rounds toward the past, also before 1970, as DuckDB does when it converts a timestamp to milliseconds. */
function floorDivide(value: bigint, by: bigint): number {
  const quotient = value / by;
  return Number(value % by < 0n ? quotient - 1n : quotient);
}

const dateFromMicros = (value: DuckDBTimestampValue): Date => new Date(floorDivide(value.micros, 1_000n));

/** Digits that a double represents exactly. The type of a decimal column's rows follows from the same limit. */
const numberDigits = 15;

const simpleDecoders: { readonly [Id in DuckDBTypeId]?: Decoder } = {
  [DuckDBTypeId.BOOLEAN]: asIs,
  [DuckDBTypeId.TINYINT]: asIs,
  [DuckDBTypeId.SMALLINT]: asIs,
  [DuckDBTypeId.INTEGER]: asIs,
  [DuckDBTypeId.UTINYINT]: asIs,
  [DuckDBTypeId.USMALLINT]: asIs,
  [DuckDBTypeId.UINTEGER]: asIs,
  [DuckDBTypeId.FLOAT]: asIs,
  [DuckDBTypeId.DOUBLE]: asIs,
  [DuckDBTypeId.BIGINT]: asIs,
  [DuckDBTypeId.HUGEINT]: asIs,
  [DuckDBTypeId.UHUGEINT]: asIs,
  [DuckDBTypeId.BIGNUM]: asIs,
  // Only counts are unsigned: the query compiler casts them to this type.
  [DuckDBTypeId.UBIGINT]: asNumber,
  [DuckDBTypeId.VARCHAR]: asIs,
  [DuckDBTypeId.ENUM]: asIs,
  [DuckDBTypeId.TIMESTAMP]: dateFromMicros,
  [DuckDBTypeId.TIMESTAMP_TZ]: dateFromMicros,
  [DuckDBTypeId.TIMESTAMP_MS]: (value: DuckDBTimestampMillisecondsValue) => new Date(Number(value.millis)),
  [DuckDBTypeId.TIMESTAMP_S]: (value: DuckDBTimestampSecondsValue) => new Date(Number(value.seconds) * 1000),
  [DuckDBTypeId.TIMESTAMP_NS]: (value: DuckDBTimestampNanosecondsValue) =>
    new Date(floorDivide(value.nanos, 1_000_000n)),
};

/**
 * The decoder of a column's values, which depends on the column's type alone: 64-bit integers are `bigint`, decimals up to
 * 15 digits `number` and wider ones text, timestamps `Date`, dates `YYYY-MM-DD`, counts `number`. Types without a
 * JavaScript counterpart (times, intervals, bits) are DuckDB's text.
 */
export function valueDecoder(type: DuckDBType): Decoder {
  const simple = simpleDecoders[type.typeId];
  if (simple) return simple;
  if (type.typeId === DuckDBTypeId.DECIMAL) {
    if (type.width > numberDigits) return asText;
    // Both sides are exact in a double, so the quotient is the nearest double to the decimal.
    const unit = 10 ** type.scale;
    return (value: DuckDBDecimalValue) => Number(value.value) / unit;
  }
  if (type.typeId === DuckDBTypeId.LIST || type.typeId === DuckDBTypeId.ARRAY) {
    const decode = nullable(valueDecoder(type.valueType));
    return (value: DuckDBListValue) => value.items.map(decode);
  }
  if (type.typeId === DuckDBTypeId.STRUCT) {
    const decoders = new Map(
      type.entryNames.map((name, index) => {
        const member = type.entryTypes[index];
        return [name, nullable(member ? valueDecoder(member) : asIs)];
      }),
    );
    return (value: DuckDBStructValue) =>
      Object.fromEntries(
        Object.entries(value.entries).map(([name, entry]) => [name, decoders.get(name)?.(entry)]),
      );
  }
  if (type.typeId === DuckDBTypeId.MAP) {
    const decode = nullable(valueDecoder(type.valueType));
    return (value: DuckDBMapValue) =>
      Object.fromEntries(value.entries.map(({ key, value: entry }) => [String(key), decode(entry)]));
  }
  return asText;
}

function nullable(decode: Decoder): (value: DuckDBValue) => unknown {
  const convert = decode as (value: unknown) => unknown;
  return (value) => (value === null ? null : convert(value));
}
