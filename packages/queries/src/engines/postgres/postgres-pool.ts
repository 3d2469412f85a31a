import { isHeadwaterError } from '@headwater/core';
import { postgresTls, quoteName } from '@headwater/core/internal';
import { pause } from '@headwater/storage';
import { Client, type ClientConfig, Pool, type PoolClient } from 'pg';
import type { QueryOptions } from '../../session/query.ts';
import { QuerySlots } from '../common/query-slots.ts';
import { PooledTransaction } from './pooled-transaction.ts';
import { connectionError, isTransient } from './postgres-error.ts';
import type { PostgresSessionParts } from './postgres-session.ts';
import type { PostgresTransaction } from './postgres-transaction.ts';

const pace = { first: 200, most: 2_000 };
const mostAttempts = 4;
/** Milliseconds after which a server that does not answer is unavailable. */
const connectTimeout = 10_000;

/** Connections to a PostgreSQL, at most as many as queries may run. Those that nobody uses are closed after ten seconds. */
export class PostgresPool {
  readonly #pool: Pool;
  readonly #client: ClientConfig;
  readonly #slots: QuerySlots;
  readonly #settings: string;

  constructor({ config, address, slots, seconds }: PostgresSessionParts) {
    const { password, certificateAuthority, schema = 'public' } = config;
    const { host, port, database, user } = address;
    this.#client = {
      host,
      port,
      database,
      user,
      password: password ?? address.password,
      ssl: postgresTls(address, certificateAuthority),
      application_name: 'headwater',
      connectionTimeoutMillis: connectTimeout,
      keepAlive: true,
    };
    this.#slots = new QuerySlots('postgres', slots);
    this.#pool = new Pool({ ...this.#client, max: slots.maxConcurrentQueries, allowExitOnIdle: true });
    // A connection that breaks while nobody uses it leaves the pool by itself.
    this.#pool.on('error', () => {});
    this.#settings = [
      'begin transaction read only',
      "set local timezone to 'UTC'",
      "set local datestyle to 'ISO, YMD'",
      "set local bytea_output to 'hex'",
      'set local extra_float_digits to 1',
      // A cursor is read to its end, so the plan that gives the first row soonest is not the best one.
      'set local cursor_tuple_fraction to 1',
      `set local statement_timeout to ${Math.ceil(seconds * 1000)}`,
      `set local search_path to ${quoteName(schema)}`,
    ].join('; ');
  }

  /**
   * Begins the transaction of one query, when a slot is free. An abort of the signal cancels what runs in it.
   *
   * @throws HeadwaterError `QUERY_UNAVAILABLE`, `QUERY_FAILED`, `QUERY_QUEUE_FULL`, `QUERY_QUEUE_TIMEOUT`; the signal's reason
   */
  async begin({ signal }: QueryOptions = {}): Promise<PostgresTransaction> {
    const free = await this.#slots.take(signal);
    try {
      const client = await this.#connect(signal);
      return new PooledTransaction(client, { signal, free, cancel: () => this.#cancel(client) });
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Further calls do nothing. */
  async close(): Promise<void> {
    if (!this.#pool.ended && !this.#pool.ending) await this.#pool.end();
  }

  /** A connection with a read-only transaction in it. Settings of the transaction end with it. */
  async #connect(signal: AbortSignal | undefined): Promise<PoolClient> {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      let client: PoolClient | undefined;
      try {
        client = await this.#pool.connect();
        await client.query(this.#settings);
        return client;
      } catch (error) {
        client?.release(true);
        if (isHeadwaterError(error)) throw error;
        if (!isTransient(error) || attempt === mostAttempts) throw connectionError(error, attempt);
        await pause(pace, attempt, signal);
      }
    }
  }

  /** Asks the server, on a connection beside the pool, to end what runs on a connection of it. */
  async #cancel(client: PoolClient): Promise<void> {
    const id = (client as PoolClient & { readonly processID?: number | null }).processID;
    if (typeof id !== 'number') return;
    const other = new Client(this.#client);
    // The query ends by its timeout when the server cannot be asked.
    other.on('error', () => {});
    try {
      await other.connect();
      await other.query('select pg_cancel_backend($1)', [id]);
    } catch {
    } finally {
      await other.end().catch(() => undefined);
    }
  }
}
