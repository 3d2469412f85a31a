import { Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import type { DuckdbResult } from '../dialect/duckdb/duckdb-result.ts';
import type { ArrowStream } from '../lake/lake-engine.ts';
import { arrowColumn } from './arrow-column.ts';

/** A result as Arrow record batches, one for each of the engine's own batches. `close` is called at the end. */
export function arrowBatches(result: DuckdbResult, close: () => void): ArrowStream {
  const columns = result.names.map((name, index) => {
    const type = result.types[index];
    if (!type) throw new Error(`No type for column ${name}`);
    return { name, ...arrowColumn(name, type) };
  });
  const fields = columns.map(({ name, type }) => new Field(name, type, true));
  const schema = new Schema(fields);
  return {
    schema,
    async *batches() {
      try {
        for await (const chunk of result.chunks()) {
          const children = columns.map((column, index) => column.data(chunk.getColumnValues(index)));
          const data = makeData({ type: new Struct(fields), length: chunk.rowCount, nullCount: 0, children });
          yield new RecordBatch(schema, data);
        }
      } finally {
        close();
      }
    },
  };
}
