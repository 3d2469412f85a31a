import { zstdCompressSync } from 'node:zlib';
import { HeadwaterError } from '@headwater/core';
import { type DataType, type RecordBatch, Type } from 'apache-arrow';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Result } from '../answer/result.ts';
import type { Console } from '../output/console.ts';

/** Rows of a row group, all of them in memory. */
const rowGroupSize = 100_000;

/** How an Arrow column is stored in Parquet, and how its values are passed to the writer. */
interface Storage {
  readonly element: Omit<SchemaElement, 'name' | 'repetition_type'>;
  read(value: unknown): unknown;
}

const asIs = (value: unknown): unknown => value;
const integer = (converted_type?: SchemaElement['converted_type']): Storage => ({
  element: { type: 'INT32', ...(converted_type ? { converted_type } : {}) },
  read: asIs,
});
const long = (converted_type?: SchemaElement['converted_type']): Storage => ({
  element: { type: 'INT64', ...(converted_type ? { converted_type } : {}) },
  read: (value) => BigInt(Number.isInteger(value) ? (value as number) : (value as bigint)),
});

/** Every Arrow type of a query result. Parquet's logical types: https://parquet.apache.org/docs/file-format/types/logicaltypes/ */
const storages: { readonly [Kind in Type]?: (type: DataType) => Storage } = {
  [Type.Bool]: () => ({ element: { type: 'BOOLEAN' }, read: asIs }),
  [Type.Int]: (type) => {
    const { bitWidth, isSigned } = type as DataType & { bitWidth: number; isSigned: boolean };
    if (bitWidth === 64) return long(isSigned ? undefined : 'UINT_64');
    // Unsigned 32-bit values do not fit a signed INT32 of every reader.
    return bitWidth === 32 && !isSigned ? long() : integer();
  },
  [Type.Float]: () => ({ element: { type: 'DOUBLE' }, read: asIs }),
  [Type.Utf8]: () => ({ element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, read: asIs }),
  [Type.Date]: () => ({ ...integer('DATE'), read: (value) => new Date(Number(value)) }),
  [Type.Timestamp]: () => ({ ...long('TIMESTAMP_MILLIS'), read: (value) => new Date(Number(value)) }),
  [Type.Decimal]: (type) => {
    const { precision, scale } = type as DataType & { precision: number; scale: number };
    const element = { converted_type: 'DECIMAL', precision, scale } as const;
    return {
      element:
        precision <= 18
          ? { ...element, type: 'INT64' }
          : { ...element, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 },
      read: decimalDigits,
    };
  },
  [Type.Null]: () => ({ element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, read: () => null }),
};

/** A Parquet file, zstd, one row group at a time. */
export async function writeParquet(result: Result, console: Console): Promise<void> {
  const { schema, batches } = await result.arrow();
  const storage = schema.fields.map(({ name, type }) => storageOf(name, type));
  const bytes = new ByteWriter();
  const parquet = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: schema.fields.length },
      ...schema.fields.map(
        ({ name }, index): SchemaElement => ({
          ...storage[index]?.element,
          name,
          repetition_type: 'OPTIONAL',
        }),
      ),
    ],
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    createdBy: 'headwater',
  });
  // The writer keeps counting its offset, while its buffer is written out and reused.
  const drain = async (): Promise<void> => {
    await console.write(new Uint8Array(bytes.buffer.slice(0, bytes.index)));
    bytes.index = 0;
  };
  const columns: unknown[][] = storage.map(() => []);
  const writeGroup = async (): Promise<void> => {
    const columnData = schema.fields.map(({ name }, index) => ({ name, data: columns[index] ?? [] }));
    await parquet.write({ columnData, rowGroupSize });
    for (const column of columns) column.length = 0;
    await drain();
  };
  for await (const batch of batches()) {
    appendBatch(columns, storage, batch);
    if ((columns[0]?.length ?? 0) >= rowGroupSize) await writeGroup();
  }
  if ((columns[0]?.length ?? 0) > 0) await writeGroup();
  await parquet.finish();
  await drain();
}

function storageOf(column: string, type: DataType): Storage {
  const make = storages[type.typeId as Type];
  if (make) return make(type);
  const fix = 'Cast it to text or a number in the query.';
  throw new HeadwaterError('TYPE_UNSUPPORTED', { target: 'parquet', kind: String(type), column, fix });
}

function appendBatch(columns: readonly unknown[][], storage: readonly Storage[], batch: RecordBatch): void {
  columns.forEach((column, index) => {
    const vector = batch.getChildAt(index);
    const read = storage[index]?.read ?? asIs;
    for (let row = 0; row < batch.numRows; row++) {
      const value: unknown = vector?.get(row) ?? null;
      column.push(value === null ? null : read(value));
    }
  });
}

/** Arrow represents a 128-bit decimal as four 32-bit words, the low one first. */
function decimalDigits(value: unknown): bigint {
  const words = value as Uint32Array;
  const digits = [...words].reduceRight((total, word) => (total << 32n) | BigInt(word), 0n);
  return BigInt.asIntN(128, digits);
}
