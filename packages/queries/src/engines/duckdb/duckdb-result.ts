import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBPreparedStatement,
  DuckDBType,
} from '@duckdb/node-api';
import type { QueryOptions } from '../../session/query.ts';
import type { DuckdbDatabase } from './duckdb-database.ts';
import { valueDecoder } from './duckdb-value.ts';

/** A result as it streams from the engine. */
export interface DuckdbResult {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  /** The engine's own batches. Ending the iteration early interrupts the engine. */
  chunks(): AsyncIterableIterator<DuckDBDataChunk>;
  /** Batches of rows in the documented JavaScript types. */
  rows(): AsyncIterableIterator<Record<string, unknown>[]>;
}

/**
 * Starts a statement and streams its result. The connection is the caller's to close.
 *
 * @throws HeadwaterError `QUERY_FAILED` or `LAKE_NOT_FOUND`; the signal's reason when it was aborted
 */
export async function openDuckdbResult(
  database: DuckdbDatabase,
  connection: DuckDBConnection,
  text: string,
  prepare: () => Promise<DuckDBPreparedStatement>,
  options: QueryOptions = {},
): Promise<DuckdbResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  const failed = (error: unknown): unknown =>
    signal?.aborted ? signal.reason : database.queryError(text, error);
  const settle = (): void => signal?.removeEventListener('abort', interrupt);
  try {
    const statement = await prepare();
    const result = await statement.stream();
    signal?.throwIfAborted();
    const names = result.deduplicatedColumnNames();
    const types = result.columnTypes();
    async function* chunks(): AsyncIterableIterator<DuckDBDataChunk> {
      let finished = false;
      try {
        for (;;) {
          const chunk = await result.fetchChunk();
          signal?.throwIfAborted();
          if (!chunk || chunk.rowCount === 0) break;
          yield chunk;
        }
        finished = true;
      } catch (error) {
        finished = true;
        throw failed(error);
      } finally {
        if (!finished) connection.interrupt();
        settle();
      }
    }
    return {
      names,
      types,
      chunks,
      async *rows() {
        const decoders = types.map(valueDecoder);
        for await (const chunk of chunks()) yield rowsFromChunk(chunk, names, decoders);
      },
    };
  } catch (error) {
    settle();
    throw failed(error);
  }
}

function rowsFromChunk(
  chunk: DuckDBDataChunk,
  names: readonly string[],
  decoders: readonly ((value: never) => unknown)[],
): Record<string, unknown>[] {
  const columns = names.map((_, index) => {
    const decode = decoders[index] as (value: unknown) => unknown;
    return chunk.getColumnValues(index).map((value) => (value === null ? null : decode(value)));
  });
  return Array.from({ length: chunk.rowCount }, (_, row) => {
    const target: Record<string, unknown> = {};
    // Keys in the same order for every row: the rows share one shape, which is what makes this fast.
    for (let column = 0; column < names.length; column++)
      target[names[column] ?? ''] = columns[column]?.[row];
    return target;
  });
}
