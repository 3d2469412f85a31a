import type { DuckDBDataChunk, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import type { QueryOptions, QueryText } from '../../session/query.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';
import type { Prepare } from './duckdb-statement.ts';
import { valueDecoder } from './duckdb-value.ts';
import { RunningStatement } from './running-statement.ts';

/** A result that streams from DuckDB. */
export interface DuckdbResult {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  /** DuckDB's own batches. Ending the iteration early interrupts DuckDB. */
  chunks(): AsyncIterableIterator<DuckDBDataChunk>;
  /** Batches of rows in the documented JavaScript types. */
  rows(): AsyncIterableIterator<Record<string, unknown>[]>;
}

/** Ends queries whose results were dropped without being read to the end: nobody else would free their slots. */
const dropped = new FinalizationRegistry<() => void>((end) => end());

/**
 * Starts a statement on a connection of its own and streams its result. The connection is closed, and the engine released,
 * when the result has been read, left or aborted.
 *
 * @throws HeadwaterError `QUERY_FAILED`, or what `open` throws; the signal's reason when it was aborted
 */
export async function openDuckdbResult(
  open: DuckdbDialectConfig['open'],
  query: QueryText,
  prepare: Prepare,
  options: QueryOptions = {},
): Promise<DuckdbResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const running = new RunningStatement(await open(options), query.sql, signal);
  const result = await running.fetch(async (connection, database) => {
    const statement = await prepare(connection, query, database);
    return statement.stream();
  });
  const names = result.deduplicatedColumnNames();
  const types = result.columnTypes();
  const stream: DuckdbResult = {
    names,
    types,
    chunks() {
      dropped.unregister(running);
      const chunks = chunksOf(running, result);
      dropped.register(chunks, running.end, running);
      return chunks;
    },
    async *rows() {
      const decoders = types.map(valueDecoder);
      for await (const chunk of stream.chunks()) yield rowsFromChunk(chunk, names, decoders);
    },
  };
  dropped.register(stream, running.end, running);
  return stream;
}

async function* chunksOf(
  running: RunningStatement,
  result: DuckDBResult,
): AsyncIterableIterator<DuckDBDataChunk> {
  try {
    for (;;) {
      const chunk = await running.fetch(() => result.fetchChunk());
      if (!chunk || chunk.rowCount === 0) break;
      yield chunk;
    }
  } finally {
    dropped.unregister(running);
    running.end();
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
    // With keys in the same order, all rows share one hidden class, which makes this fast.
    for (let column = 0; column < names.length; column++)
      target[names[column] ?? ''] = columns[column]?.[row];
    return target;
  });
}
