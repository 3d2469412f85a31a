import type { Dialect } from 'kysely';
import type { TrinoDialectConfig } from '../dialect/trino/trino-dialect-config.ts';
import { rowStream } from '../dialect/trino/trino-result.ts';
import type { EngineName, LakeSession } from '../lake/lake-engine.ts';
import { assertOneSelect } from './one-select.ts';

/** How an engine that is asked over the network is opened. */
interface RemoteEngine extends TrinoDialectConfig {
  readonly dialect: new (config: TrinoDialectConfig) => Dialect;
}

/** A lake behind an engine that is asked over the network, statement by statement: nothing has to be opened or closed. */
export function remoteSession(engine: EngineName, { tables, dialect, run }: RemoteEngine): LakeSession {
  return {
    engine,
    dialect: new dialect({ tables, run }),
    async readOnly(text, options) {
      return rowStream(await run({ sql: assertOneSelect(text), parameters: [] }, options));
    },
    async arrow(query, options) {
      const [{ trinoArrow }, result] = await Promise.all([
        import('../arrow/trino-arrow.ts'),
        run(query, options),
      ]);
      return trinoArrow(result);
    },
    async close() {},
  };
}
