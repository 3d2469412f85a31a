import type { Dialect } from 'kysely';
import type { EngineName, LakeSession } from '../../lake/lake-engine.ts';
import { createLakeFiles } from '../../lake/lake-files.ts';
import type { TrinoDialectConfig } from '../trino/trino-dialect-config.ts';
import { rowStream } from '../trino/trino-result.ts';
import { assertOneSelect } from './one-select.ts';

/** How an engine that is asked over the network is opened. */
interface RemoteEngine extends TrinoDialectConfig {
  readonly dialect: new (config: TrinoDialectConfig) => Dialect;
  /** The lake's address, to know the sizes of its files. */
  readonly lake: string | undefined;
  /** What is asked there. */
  readonly place: string;
  close?(): Promise<void>;
}

/** A lake behind an engine that is asked over the network, statement by statement. */
export function remoteSession(
  engine: EngineName,
  { tables, dialect, run, lake, place, close }: RemoteEngine,
): LakeSession {
  return {
    engine,
    lake,
    place,
    ...(lake === undefined ? {} : createLakeFiles(lake, tables)),
    dialect: new dialect({ tables, run }),
    async readOnly(text, options) {
      return rowStream(await run({ sql: assertOneSelect(text), parameters: [] }, options));
    },
    async arrow(query, options) {
      const [{ trinoArrow }, result] = await Promise.all([
        import('../trino/trino-arrow.ts'),
        // Not compiled: a person wrote it.
        run(query.query ? query : { ...query, sql: assertOneSelect(query.sql) }, options),
      ]);
      return trinoArrow(result);
    },
    close: async () => close?.(),
  };
}
