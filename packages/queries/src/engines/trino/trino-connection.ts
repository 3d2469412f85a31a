import type { CompiledQuery } from 'kysely';
import type { QueryOptions } from '../../session/query.ts';
import { BatchConnection } from '../common/batch-connection.ts';
import type { TrinoDialectConfig } from './trino-dialect-config.ts';
import { rowStream } from './trino-result.ts';

/** Trino as Kysely uses it: each query is a statement. */
export class TrinoConnection extends BatchConnection {
  readonly #config: TrinoDialectConfig;

  constructor(config: TrinoDialectConfig) {
    super();
    this.#config = config;
  }

  protected override async *batches(query: CompiledQuery, options?: QueryOptions) {
    yield* rowStream(await this.#config.run(query, options)).batches();
  }
}
