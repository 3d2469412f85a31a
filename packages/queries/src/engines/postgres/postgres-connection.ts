import type { CompiledQuery, QueryResult } from 'kysely';
import type { QueryOptions } from '../../session/query.ts';
import { BatchConnection } from '../common/batch-connection.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';
import { rowReader } from './postgres-value.ts';

/** PostgreSQL as Kysely uses it: each query is a read-only transaction. */
export class PostgresConnection extends BatchConnection {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super();
    this.#config = config;
  }

  /** All rows, without a cursor: with one, the server uses a single process. */
  override async executeQuery<Row>(query: CompiledQuery, options?: QueryOptions): Promise<QueryResult<Row>> {
    const { begin, tables } = this.#config;
    try {
      const transaction = await begin(options);
      try {
        const { fields, rows } = await transaction.all(query);
        // The caller has the type of a row from the query that Kysely compiled.
        return { rows: rows.map(rowReader(fields, tables)) as Row[] };
      } finally {
        await transaction.end();
      }
    } catch (error) {
      // Kysely has already rejected with the signal's reason. A second error would be an unhandled one.
      if (options?.signal?.aborted) return { rows: [] };
      throw error;
    }
  }

  protected override async *batches(query: CompiledQuery, options?: QueryOptions) {
    const { begin, tables } = this.#config;
    const transaction = await begin(options);
    try {
      let read: ReturnType<typeof rowReader> | undefined;
      for await (const { fields, rows } of transaction.batches(query)) {
        read ??= rowReader(fields, tables);
        yield rows.map(read);
      }
    } finally {
      await transaction.end();
    }
  }
}
