import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { QueryOptions } from '../../session/query.ts';

/** A connection to an engine that gives rows in batches of its own size. */
export abstract class BatchConnection implements DatabaseConnection {
  /** Runs a query; ending the iteration early stops the engine. */
  protected abstract batches(
    query: CompiledQuery,
    options?: QueryOptions,
  ): AsyncIterableIterator<Record<string, unknown>[]>;

  async executeQuery<Row>(query: CompiledQuery, options?: QueryOptions): Promise<QueryResult<Row>> {
    const rows: Row[] = [];
    for await (const batch of this.#run<Row>(query, options)) for (const row of batch) rows.push(row);
    return { rows };
  }

  async *streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    options?: QueryOptions,
  ): AsyncIterableIterator<QueryResult<Row>> {
    for await (const batch of this.#run<Row>(query, options)) {
      // Splits batches that are larger than `chunkSize`. Joining smaller ones would only delay rows.
      for (let start = 0; start < batch.length; start += chunkSize)
        yield { rows: batch.slice(start, start + chunkSize) };
    }
  }

  async *#run<Row>(query: CompiledQuery, options?: QueryOptions): AsyncIterableIterator<Row[]> {
    try {
      // The caller has the type of a row from the query that Kysely compiled.
      yield* this.batches(query, options) as AsyncIterableIterator<Row[]>;
    } catch (error) {
      // Kysely has already rejected with the signal's reason. A second error would be an unhandled one.
      if (!options?.signal?.aborted) throw error;
    }
  }
}
