import type { ArrowStream } from '../../lake/lake-engine.ts';
import { arrowBatches } from '../common/arrow-batches.ts';
import { duckdbColumn } from './duckdb-arrow-column.ts';
import type { DuckdbResult } from './duckdb-result.ts';

/** A result as Arrow record batches, one for each of the engine's own batches. `close` is called at the end. */
export function duckdbArrowBatches(result: DuckdbResult, close: () => void): ArrowStream {
  const columns = result.names.map((name, index) => {
    const type = result.types[index];
    if (!type) throw new Error(`No type for column ${name}`);
    return { name, ...duckdbColumn(name, type) };
  });
  return arrowBatches(columns, async function* () {
    try {
      for await (const chunk of result.chunks())
        yield { rows: chunk.rowCount, values: (column) => chunk.getColumnValues(column) };
    } finally {
      close();
    }
  });
}
