import type { RecordBatch, Schema } from 'apache-arrow';

/** A running query as Arrow: its schema, then its record batches as they come. Ending the iteration early stops the engine. */
export interface ArrowStream {
  readonly schema: Schema;
  batches(): AsyncIterableIterator<RecordBatch>;
}
