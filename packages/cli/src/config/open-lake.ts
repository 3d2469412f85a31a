import type { EventsTable } from '@headwater/core';
import {
  createLake,
  type EngineName,
  type FinishedQuery,
  type Lake,
  type LakeEngine,
  type ResultCache,
} from '@headwater/queries';
import { choice, text } from '../command-line/option.ts';
import { commandEngines } from './engines.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import { lakeOptions, targetLake } from './target.ts';

const engineNames = Object.keys(commandEngines) as readonly EngineName[];

/** Options that say what is asked, and how much it may read. */
export const engineOptions = {
  engine: choice('ENGINE', engineNames, 'What answers; duckdb, in this process, when not given'),
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
  readonly engine: LakeEngine;
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
  const { engine: name = 'duckdb', 'max-scan': given } = options;
  const { lakeIn, connect } = commandEngines[name];
  const own = lakeIn(await loadConfig(options.config));
  const { config, table, lake: location } = await targetLake({ ...options, lake: options.lake ?? own });
  const maxScan = given ?? config.maxScan;
  const engine = await connect(config, location);
  const lake = createLake({
    tables: config.tables,
    engine,
    maxScan,
    // An engine in this process reports nothing, and its answers cost nothing: they need no cache.
    ...(engine.reportsScan ? ofServer : {}),
  });
  return { config, table, engine, lake, location, maxScan };
}
