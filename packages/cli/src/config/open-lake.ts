import { type EventsTable, HeadwaterError } from '@headwater/core';
import {
  athenaEngine,
  createLake,
  duckdbEngine,
  type EngineName,
  type FinishedQuery,
  type Lake,
  type LakeEngine,
  type ResultCache,
  trinoEngine,
} from '@headwater/queries';
import { choice, text } from '../command-line/option.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import { lakeOptions, targetLake } from './target.ts';

const engines: readonly EngineName[] = ['duckdb', 'trino', 'athena'];

/** Options that say what is asked, and how much it may read. */
export const engineOptions = {
  engine: choice('ENGINE', engines, 'What answers; duckdb, in this process, when not given'),
  'max-scan': text(
    'SIZE',
    "Refuse a query that could read more, such as 5GB; the config's maxScan when not given",
  ),
  ...lakeOptions,
};

interface EngineValues {
  readonly engine: EngineName | undefined;
  readonly 'max-scan': string | undefined;
  readonly lake: string | undefined;
  readonly table: string | undefined;
  readonly config: string | undefined;
}

/** A lake that a command asks, and what it was found by. */
export interface OpenedLake {
  readonly config: LoadedConfig;
  readonly table: EventsTable;
  readonly engine: EngineName;
  readonly lake: Lake;
  /** Its address. */
  readonly location: string;
  readonly maxScan: string | undefined;
}

/** What a command wants of the queries that a server answers. */
interface ServerOptions {
  /** Called when it has run a query. */
  readonly onFinish: (query: FinishedQuery) => void;
  readonly cache?: ResultCache | undefined;
}

/**
 * Opens the lake of a command with the engine that was asked for. Close it with `closeLake`.
 *
 * @throws HeadwaterError `CONFIG_INVALID` when the config does not say where the engine is
 */
export async function openLake(options: EngineValues, ofServer?: ServerOptions): Promise<OpenedLake> {
  const { engine = 'duckdb', 'max-scan': given } = options;
  // Athena reads the tables where AWS has them, whatever lake the project loads on this machine.
  const onAws = engine === 'athena' ? (await loadConfig(options.config)).aws?.location : undefined;
  const { config, table, lake: location } = await targetLake({ ...options, lake: options.lake ?? onAws });
  const maxScan = given ?? config.maxScan;
  const lake = createLake({
    tables: config.tables,
    engine: engineTable[engine](config, location),
    maxScan,
    // DuckDB tells nothing of a query that has ended, costs nothing, and is here.
    ...(engine === 'duckdb' ? {} : ofServer),
  });
  return { config, table, engine, lake, location, maxScan };
}

const engineTable: Readonly<Record<EngineName, (config: LoadedConfig, lake: string) => LakeEngine>> = {
  duckdb: (_, lake) => duckdbEngine({ lake }),
  trino: ({ file, trino }, lake) => {
    if (!trino) throw missing(file, 'trino', '{ url, catalog, schema }');
    return trinoEngine({ ...trino, lake });
  },
  athena: ({ file, aws }, lake) => {
    if (!aws) throw missing(file, 'athena', '{ region, account, database, location, firstDay }');
    return athenaEngine({ ...aws, lake });
  },
};

function missing(file: string, engine: EngineName, shape: string): HeadwaterError {
  const key = engine === 'athena' ? 'aws' : engine;
  return new HeadwaterError('CONFIG_INVALID', {
    file,
    problem: `--engine ${engine} needs to know where it is: set \`${key}: ${shape}\``,
  });
}
