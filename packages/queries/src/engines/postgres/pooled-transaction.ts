import type { PoolClient, QueryArrayConfig, QueryArrayResult } from 'pg';
import type { QueryText } from '../../session/query.ts';
import { queryError } from './postgres-error.ts';
import { postgresParameter } from './postgres-parameter.ts';
import type { PostgresField, PostgresRows, PostgresTransaction } from './postgres-transaction.ts';

/** Rows of a batch. A batch of wide rows is some megabytes. */
const batchRows = 1000;

/** Values stay the server's texts: their columns' types decide what they become. */
const texts = { getTypeParser: () => (text: string) => text };

interface TransactionParts {
  readonly signal: AbortSignal | undefined;
  /** Frees the query's slot. */
  free(): void;
  /** Ends what runs on the connection. */
  cancel(): Promise<void>;
}

/**
 * A transaction on a connection of the pool. What a query leaves in its session ends with it, since it is rolled back. An abort
 * cancels what runs and closes the connection: a request to cancel may arrive late, and would hit the next query.
 */
export class PooledTransaction implements PostgresTransaction {
  readonly #client: PoolClient;
  readonly #parts: TransactionParts;
  readonly #abort = (): void => void this.#endAfter(() => this.#parts.cancel(), true);
  #ended: Promise<void> | undefined;
  #isBroken = false;

  constructor(client: PoolClient, parts: TransactionParts) {
    this.#client = client;
    this.#parts = parts;
    parts.signal?.addEventListener('abort', this.#abort);
    if (parts.signal?.aborted) this.#abort();
  }

  async all({ sql, parameters }: QueryText): Promise<PostgresRows> {
    return this.#run(sql, sql, parameters);
  }

  async *batches({ sql, parameters }: QueryText): AsyncIterableIterator<PostgresRows> {
    await this.#run(sql, `declare headwater no scroll cursor for ${sql}`, parameters);
    for (let isFirst = true; ; isFirst = false) {
      const batch = await this.#run(sql, `fetch ${batchRows} from headwater`);
      if (isFirst || batch.rows.length > 0) yield batch;
      if (batch.rows.length < batchRows) return;
    }
  }

  async typeNames(fields: readonly PostgresField[]): Promise<readonly string[]> {
    const text =
      'select format_type(id, modifier) from unnest($1::oid[], $2::integer[]) with ordinality as types(id, modifier, place) order by place';
    const { rows } = await this.#run(text, text, [
      fields.map(({ dataTypeID }) => dataTypeID),
      fields.map(({ dataTypeModifier }) => dataTypeModifier),
    ]);
    return rows.map(([name]) => name ?? '');
  }

  end(): Promise<void> {
    return this.#endAfter(async () => {
      if (!this.#isBroken) await this.#client.query('rollback');
    }, this.#isBroken);
  }

  /** Gives the connection back after a last action, and closes it if it must serve no other query, or the action fails. */
  #endAfter(last: () => Promise<void>, isLost: boolean): Promise<void> {
    this.#ended ??= last()
      .then(
        () => this.#client.release(isLost),
        () => this.#client.release(true),
      )
      .finally(() => {
        this.#parts.signal?.removeEventListener('abort', this.#abort);
        this.#parts.free();
      });
    return this.#ended;
  }

  /**
   * @param shown the statement that errors show
   * @throws HeadwaterError `QUERY_FAILED`, `QUERY_UNAVAILABLE`, `QUERY_NOT_READ_ONLY`, `QUERY_PARAMETER_INVALID`; the signal's reason
   */
  async #run(shown: string, text: string, parameters: readonly unknown[] = []): Promise<PostgresRows> {
    const { signal } = this.#parts;
    signal?.throwIfAborted();
    // The extended protocol takes one statement. The simple one, which the driver prefers, takes several.
    const query: QueryArrayConfig & { readonly queryMode: 'extended' } = {
      text,
      values: parameters.map((value, index) => postgresParameter(value, index + 1)),
      rowMode: 'array',
      types: texts,
      queryMode: 'extended',
    };
    try {
      const { fields, rows }: QueryArrayResult<(string | null)[]> = await this.#client.query(query);
      return { fields, rows };
    } catch (error) {
      signal?.throwIfAborted();
      // An error without a code is one of the connection.
      this.#isBroken ||= !(error instanceof Error && 'code' in error && 'severity' in error);
      throw queryError(shown, error);
    }
  }
}
