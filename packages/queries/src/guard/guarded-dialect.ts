import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
} from 'kysely';
import type { QueryOptions } from '../session/query.ts';
import { ReadOnlyDriver } from '../session/read-only-driver.ts';
import {
  measuredStatement,
  type StatementMeasure,
  streamedStatement,
} from '../telemetry/measured-statement.ts';
import { HeldRows } from './held-rows.ts';
import type { QueryGuard } from './query-guard.ts';

/** A dialect of any engine whose queries pass the guard. */
export class GuardedDialect implements Dialect {
  readonly #inner: Dialect;
  readonly #guard: QueryGuard;

  constructor(inner: Dialect, guard: QueryGuard) {
    this.#inner = inner;
    this.#guard = guard;
  }

  createDriver(): Driver {
    return new GuardedDriver(this.#inner.createDriver(), this.#guard);
  }

  createQueryCompiler(): QueryCompiler {
    return this.#inner.createQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return this.#inner.createAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return this.#inner.createIntrospector(db);
  }
}

class GuardedDriver extends ReadOnlyDriver {
  readonly #inner: Driver;
  readonly #guard: QueryGuard;
  readonly #connections = new WeakMap<DatabaseConnection, GuardedConnection>();

  constructor(inner: Driver, guard: QueryGuard) {
    super();
    this.#inner = inner;
    this.#guard = guard;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = new GuardedConnection(this.#inner, this.#guard);
    this.#connections.set(connection, connection);
    return connection;
  }

  override async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#connections.get(connection)?.release();
  }
}

/** Opens the engine's own connection when a query has to run: a cached answer needs no engine. */
class GuardedConnection implements DatabaseConnection {
  readonly #driver: Driver;
  readonly #guard: QueryGuard;
  #inner: DatabaseConnection | undefined;

  constructor(driver: Driver, guard: QueryGuard) {
    this.#driver = driver;
    this.#guard = guard;
  }

  executeQuery<Row>(query: CompiledQuery, given?: QueryOptions): Promise<QueryResult<Row>> {
    return measuredStatement(this.#guard.engine, async (measure) => {
      const result = await this.#execute<Row>(query, given, measure);
      measure.rows(result.rows.length);
      return result;
    });
  }

  async #execute<Row>(
    query: CompiledQuery,
    given: QueryOptions | undefined,
    measure: StatementMeasure,
  ): Promise<QueryResult<Row>> {
    const open = this.#guard.queries.begin(given);
    try {
      const admission = await this.#guard.admit(query, open.options);
      const cached = await admission.cached<Row>();
      if (cached) {
        measure.hit();
        return { rows: cached };
      }
      const inner = await this.#open();
      const options = measure.reporting(admission.options);
      const result = await this.#guard.withPresentFiles(() => inner.executeQuery<Row>(query, options));
      open.assertOpen();
      // An aborted query ends without its rows. Kysely has already rejected the caller's promise.
      if (!given?.signal?.aborted) await admission.keep(result.rows);
      return result;
    } finally {
      open.end();
    }
  }

  async *streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    given?: QueryOptions,
  ): AsyncIterableIterator<QueryResult<Row>> {
    const open = this.#guard.queries.begin(given);
    const measure = streamedStatement(this.#guard.engine);
    let rows = 0;
    let failure: unknown;
    try {
      const admission = await this.#guard.admit(query, open.options);
      const cached = await admission.cached<Row>();
      if (cached) {
        measure.hit();
        rows = cached.length;
        for (let start = 0; start < cached.length; start += chunkSize)
          yield { rows: cached.slice(start, start + chunkSize) };
        return;
      }
      const inner = await this.#open();
      const held = new HeldRows(admission.mostKept);
      const options = measure.reporting(admission.options);
      const begin = () => inner.streamQuery<Row>(query, chunkSize, options);
      for await (const batch of this.#guard.streamPresentFiles(begin)) {
        held.add(batch.rows);
        rows += batch.rows.length;
        yield batch;
      }
      open.assertOpen();
      const { rows: kept } = held;
      if (kept && !given?.signal?.aborted) await admission.keep(kept);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      open.end();
      measure.rows(rows);
      await measure.end(failure);
    }
  }

  async release(): Promise<void> {
    if (this.#inner) await this.#driver.releaseConnection(this.#inner);
  }

  async #open(): Promise<DatabaseConnection> {
    this.#inner ??= await this.#driver.acquireConnection();
    return this.#inner;
  }
}
