import { HeadwaterError } from '@headwater/core';
import type { EngineName, LakeEngine } from '@headwater/queries';
import type { LoadedConfig } from './load-config.ts';
import { postgresUrl, postgresVariable } from './postgres-url.ts';

/** How the command connects to an engine. */
interface CommandEngine {
  /** The lake that the config names for this engine alone. `--lake` takes precedence. */
  lakeIn(config: LoadedConfig): string | undefined;
  /**
   * Opens the engine over a lake. Its package is loaded here, so that a command loads one engine only.
   * @throws HeadwaterError `CONFIG_INVALID` when the config lacks the address of the engine
   */
  connect(config: LoadedConfig, lake: string): Promise<LakeEngine>;
}

const noneOfItsOwn = (): undefined => undefined;

/** Every engine of `--engine`. */
export const commandEngines: Readonly<Record<EngineName, CommandEngine>> = {
  duckdb: {
    lakeIn: noneOfItsOwn,
    async connect(_, lake) {
      const { duckdbEngine } = await import('@headwater/queries/duckdb');
      return duckdbEngine({ lake });
    },
  },
  trino: {
    lakeIn: noneOfItsOwn,
    async connect({ file, trino }, lake) {
      if (!trino) throw missing(file, 'trino', 'trino: { url, catalog, schema }');
      const { trinoEngine } = await import('@headwater/queries/trino');
      return trinoEngine({ ...trino, lake });
    },
  },
  athena: {
    // Athena reads the published tables, whichever lake the project loads on this machine.
    lakeIn: ({ aws }) => aws?.location,
    async connect({ file, aws }, lake) {
      if (!aws) throw missing(file, 'athena', 'aws: { region, account, database, location, firstDay }');
      const { athenaEngine } = await import('@headwater/queries/athena');
      return athenaEngine({ ...aws, lake });
    },
  },
  postgres: {
    lakeIn: noneOfItsOwn,
    async connect({ file, postgres }) {
      const url = postgresUrl(postgres);
      if (url === undefined)
        throw missing(file, 'postgres', 'postgres: { url }', `, or the variable ${postgresVariable}`);
      const { postgresEngine } = await import('@headwater/queries/postgres');
      return postgresEngine({ ...postgres, url });
    },
  },
  redshift: {
    lakeIn: noneOfItsOwn,
    async connect() {
      const { redshiftEngine } = await import('@headwater/queries/redshift');
      return redshiftEngine();
    },
  },
};

const missing = (file: string, engine: EngineName, setting: string, or = ''): HeadwaterError =>
  new HeadwaterError('CONFIG_INVALID', {
    file,
    problem: `--engine ${engine} needs its address: set \`${setting}\`${or}`,
  });
