import { Bool, Float32, Float64, Int16, Int32, Int64, Uint32 } from 'apache-arrow';
import type { ArrowStream } from '../../session/arrow-stream.ts';
import type { QueryOptions, QueryText } from '../../session/query.ts';
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
import { openPostgresResult } from './open-postgres-result.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';
import type { PostgresField } from './postgres-transaction.ts';
import { numericType, typeIds } from './postgres-type.ts';
import { valueDecoder } from './postgres-value.ts';

const bigints = (length: number) => new BigInt64Array(length);
const int32 = (length: number) => new Int32Array(length);

const columns: Readonly<
  Record<number, (field: PostgresField, decode: (text: string) => unknown) => ArrowColumn | undefined>
> = {
  [typeIds.bool]: (_, decode) => built(new Bool(), decode),
  [typeIds.int2]: () => numbers(new Int16(), (length) => new Int16Array(length), Number),
  [typeIds.int4]: () => numbers(new Int32(), int32, Number),
  [typeIds.oid]: () => numbers(new Uint32(), (length) => new Uint32Array(length), Number),
  [typeIds.int8]: () => integers(new Int64(), bigints, BigInt),
  [typeIds.float4]: () => numbers(new Float32(), (length) => new Float32Array(length), Number),
  [typeIds.float8]: () => numbers(new Float64(), (length) => new Float64Array(length), Number),
  // A column of this type has all digits of its scale. A computed value has as many as it needs, which Arrow cannot say.
  [typeIds.numeric]: (field) => {
    const type = numericType(field);
    if (!type) return numbers(new Float64(), (length) => new Float64Array(length), Number);
    return type.precision > 38
      ? undefined
      : decimals(type.precision, type.scale, (text: string) => BigInt(text.replace('.', '')));
  },
  [typeIds.date]: days,
  [typeIds.timestamp]: (_, decode) => times(undefined, decode),
  [typeIds.timestamptz]: (_, decode) => times('UTC', decode),
  [typeIds.text]: () => texts(String),
  [typeIds.varchar]: () => texts(String),
  [typeIds.bpchar]: () => texts(String),
  [typeIds.uuid]: () => texts(String),
  [typeIds.json]: () => texts(String),
  [typeIds.jsonb]: () => texts(String),
};

/**
 * A query's result as Arrow record batches, with Arrow's own types. Decimals that an expression computes are doubles,
 * since PostgreSQL gives them no scale: cast them in the query, as in `cast(sum(price) as decimal(38, 2))`.
 *
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for arrays and other types without a plain Arrow column
 */
export async function postgresArrow(
  config: PostgresDialectConfig,
  query: QueryText,
  options?: QueryOptions,
): Promise<ArrowStream> {
  const { fields, types, batches } = await openPostgresResult(config, query, options);
  try {
    const typed = fields.map((field, index) => {
      const column = columns[field.dataTypeID]?.(field, valueDecoder(field));
      if (!column) throw noArrowType(field.name, types[index] ?? '');
      return { name: field.name, ...column };
    });
    return arrowBatches(typed, async function* () {
      for await (const rows of batches()) {
        if (rows.length === 0) continue;
        yield { rows: rows.length, values: (column) => rows.map((row) => row[column] ?? null) };
      }
    });
  } catch (error) {
    await batches().return?.();
    throw error;
  }
}
