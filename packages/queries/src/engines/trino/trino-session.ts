import type { PermissionClass } from '@headwater/core';
import type { Dialect } from 'kysely';
import type { EngineName, EngineTraits, LakeSession } from '../../session/lake-engine.ts';
import { createLakeFiles } from '../../session/lake-files.ts';
import { arrowMissing } from '../common/arrow-missing.ts';
import { assertOneSelect } from '../common/one-select.ts';
import type { TrinoDialectConfig } from './trino-dialect-config.ts';
import { rowStream } from './trino-result.ts';

/** The parts of a session of Trino or Athena. */
interface TrinoSessionConfig extends TrinoDialectConfig {
  readonly engine: Extract<EngineName, 'trino' | 'athena'>;
  readonly traits: EngineTraits;
  readonly dialect: new (config: TrinoDialectConfig) => Dialect;
  /** The lake's address, to find the sizes of its files. */
  readonly lake: string | undefined;
  /** The lake's region on AWS. Defaults to that of the environment. */
  readonly region?: string;
  /** The schema that is queried: the Glue database. */
  readonly database: string;
  /** Server, catalog and schema that are queried. */
  readonly place: string;
  /** The class of readers whose views are read. Defaults to readers who see every column. */
  readonly permissionClass?: PermissionClass | undefined;
  /** A parameter of a statement that a person wrote, as `run` takes it. Defaults to the value. */
  textParameter?(value: unknown): unknown;
  /** Ends what the session holds open. Defaults to nothing. */
  close?(): Promise<void>;
}

/** A lake behind Trino, or behind Athena, which is Trino with another way to run a statement. */
export function trinoSession(config: TrinoSessionConfig): LakeSession {
  const { engine, traits, tables, dialect, run, lake, place, close } = config;
  const textParameter = (value: unknown): unknown => config.textParameter?.(value) ?? value;
  return {
    engine,
    ...traits,
    lake,
    place,
    permissionClass: config.permissionClass,
    ...(lake === undefined ? {} : createLakeFiles(lake, tables, engine, config)),
    // Rollups have no view for readers who do not see every column.
    ...(config.permissionClass === undefined ? {} : { rollups: undefined }),
    dialect: new dialect({ tables, run }),
    async readOnly({ sql, parameters }, options) {
      return rowStream(
        await run({ sql: assertOneSelect(sql), parameters: parameters.map(textParameter) }, options),
      );
    },
    async arrow(query, options) {
      const { trinoArrow } = await import('./trino-arrow.ts').catch(arrowMissing);
      const checked = query.query ? query : { ...query, sql: assertOneSelect(query.sql) };
      return trinoArrow(await run(checked, options));
    },
    close: async () => close?.(),
  };
}
