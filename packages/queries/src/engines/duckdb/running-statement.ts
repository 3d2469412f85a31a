import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckdbDatabase } from './duckdb-database.ts';

/** A statement on a connection of its own. It ends once: when it was read, left, aborted or has failed. */
export class RunningStatement {
  readonly #database: DuckdbDatabase;
  readonly #sql: string;
  readonly #signal: AbortSignal | undefined;
  #connection: DuckDBConnection | undefined;
  #isFetching = false;
  #hasEnded = false;

  constructor(database: DuckdbDatabase, sql: string, signal: AbortSignal | undefined) {
    this.#database = database;
    this.#sql = sql;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
  }

  /**
   * Waits for the engine.
   * @throws the database's error, or the signal's reason after an abort; the statement has ended then
   */
  async fetch<Fetched>(
    work: (connection: DuckDBConnection, database: DuckdbDatabase) => Promise<Fetched>,
  ): Promise<Fetched> {
    try {
      this.#signal?.throwIfAborted();
      this.#isFetching = true;
      this.#connection ??= await this.#database.connect();
      const fetched = await work(this.#connection, this.#database);
      this.#signal?.throwIfAborted();
      return fetched;
    } catch (error) {
      const known = this.#signal?.aborted ? this.#signal.reason : this.#database.queryError(this.#sql, error);
      this.end();
      throw known;
    } finally {
      this.#isFetching = false;
    }
  }

  /** Stops the engine, closes the connection, and releases the engine. */
  readonly end = (): void => {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#connection?.interrupt();
    this.#connection?.closeSync();
    this.#database.release?.();
  };

  /** An engine at work is interrupted, which ends the fetch; between two fetches nothing else would end the statement. */
  readonly #abort = (): void => {
    if (this.#isFetching) this.#connection?.interrupt();
    else this.end();
  };
}
