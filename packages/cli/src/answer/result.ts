import type { ArrowStream } from '@headwater/queries/arrow';

/** Rows for people or programs to read, and the same query as Arrow. */
export interface Result {
  /** Columns in order. A column that no row has is left out when shown. */
  readonly columns: readonly string[];
  /** Rows in batches, as they arrive. Ending the loop early stops the engine. */
  batches(): AsyncIterable<readonly Record<string, unknown>[]>;
  /** The bytes of an Arrow IPC stream, piece by piece. */
  ipc(): AsyncIterable<Uint8Array>;
  arrow(): Promise<ArrowStream>;
  /**
   * The text of a cell in a table for people.
   * @param isFractional whether any value of the column has decimals, so that all show them
   */
  cell(column: string, value: unknown, isFractional: boolean): string;
  /** A hint for people when there is no row, such as the days that have some. */
  readonly whenEmpty?: () => Promise<string | undefined>;
  /** The column that a table for people draws a bar for. */
  readonly drawn?: string;
}
