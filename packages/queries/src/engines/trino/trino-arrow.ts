import { Bool, Float32, Float64, Int8, Int16, Int32, Int64, makeData, Null } from 'apache-arrow';
import type { ArrowStream } from '../../session/arrow-stream.ts';
import { arrowBatches } from '../common/arrow-batches.ts';
import {
  type ArrowColumn,
  built,
  days,
  decimals,
  integers,
  noArrowType,
  numbers,
  texts,
  times,
} from '../common/column-builders.ts';
import type { TrinoResult } from './trino-result.ts';
import type { TrinoType } from './trino-type.ts';
import { valueDecoder } from './trino-value.ts';

const bigints = (length: number) => new BigInt64Array(length);
const doubles = (length: number) => new Float64Array(length);
const int32 = (length: number) => new Int32Array(length);
/** The digits of a decimal: `-1.50` is -150. Trino always writes all digits of the scale. */
const digitsOf = (value: unknown): bigint => BigInt(String(value).replace('.', ''));

const columns: Readonly<
  Record<string, (type: TrinoType, decode: (value: unknown) => unknown) => ArrowColumn>
> = {
  boolean: (_, decode) => built(new Bool(), decode),
  tinyint: () => numbers(new Int8(), (length) => new Int8Array(length), Number),
  smallint: () => numbers(new Int16(), (length) => new Int16Array(length), Number),
  integer: () => numbers(new Int32(), int32, Number),
  int: () => numbers(new Int32(), int32, Number),
  bigint: () => integers(new Int64(), bigints, BigInt),
  real: () => numbers(new Float32(), (length) => new Float32Array(length), Number),
  float: () => numbers(new Float32(), (length) => new Float32Array(length), Number),
  double: () => numbers(new Float64(), doubles, Number),
  decimal: ({ numbers: [precision = 38, scale = 0] }) => decimals(precision, scale, digitsOf),
  date: days,
  timestamp: (_, decode) => times(undefined, decode),
  'timestamp with time zone': (_, decode) => times('UTC', decode),
  varchar: () => texts(String),
  string: () => texts(String),
  char: () => texts(String),
  uuid: () => texts(String),
  json: () => texts(String),
  unknown: () => ({
    type: new Null(),
    data: (values) => makeData({ type: new Null(), length: values.length }),
  }),
};

/**
 * A result of Trino or Athena as Arrow record batches, one for each page, with Arrow's own types.
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for arrays, maps, rows and other types without a plain Arrow column
 */
export function trinoArrow({ columns: described, pages }: TrinoResult): ArrowStream {
  const typed = described.map(({ name, type, text }) => {
    const column = columns[type.name]?.(type, valueDecoder(type, name));
    if (!column) throw noArrowType(name, text);
    return { name, ...column };
  });
  return arrowBatches(typed, async function* () {
    for await (const page of pages()) {
      if (page.length === 0) continue;
      yield { rows: page.length, values: (column) => page.map((row) => row[column] ?? null) };
    }
  });
}
