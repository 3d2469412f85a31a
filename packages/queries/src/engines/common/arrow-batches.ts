import { Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import type { ArrowStream } from '../../session/arrow-stream.ts';
import type { ArrowColumn, Values } from './column-builders.ts';

/** A batch of an engine's rows, by column. */
interface ColumnBatch {
  readonly rows: number;
  values(column: number): Values;
}

/** Converts an engine's columns and batches to Arrow record batches. */
export function arrowBatches(
  columns: readonly (ArrowColumn & { readonly name: string })[],
  batches: () => AsyncIterable<ColumnBatch>,
): ArrowStream {
  const fields = columns.map(({ name, type }) => new Field(name, type, true));
  const schema = new Schema(fields);
  return {
    schema,
    async *batches() {
      for await (const { rows, values } of batches()) {
        const children = columns.map((column, index) => column.data(values(index)));
        const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children });
        yield new RecordBatch(schema, data);
      }
    },
  };
}
