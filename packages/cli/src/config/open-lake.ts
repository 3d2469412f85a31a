import type { EventsTable } from '@headwater/core';
import {
  closeLake,
  createLake,
  type EngineName,
  type FinishedQuery,
  type Lake,
  type LakeEngine,
  type ResultCache,
} from '@headwater/queries';
import type { Answer, RowsAnswer } from '../answer/answer.ts';
import { choice, text } from '../command-line/option.ts';
import { chosenLake, lakeOptions } from './chosen-lake.ts';
import { commandEngines } from './engines.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';

const engineNames = Object.keys(commandEngines) as readonly EngineName[];

/** Options that choose the engine of a query, and limit what it reads. */
export const engineOptions = {
  engine: choice(
    'ENGINE',
    engineNames,
    'Run the query on this engine; redshift shows its SQL with --explain',
    {
      default: 'duckdb, in this process',
    },
  ),
  'max-scan': text('SIZE', 'Refuse a query that could read more than this, such as 5GB', {
    default: "the config's maxScan, or no limit",
  }),
  ...lakeOptions,
};

interface EngineValues {
  readonly engine: EngineName | undefined;
  readonly 'max-scan': string | undefined;
  readonly lake: string | undefined;
  readonly table: string | undefined;
  readonly config: string | undefined;
}

/** The lake that a command queries, with the settings that it was opened by. */
export interface OpenedLake {
  readonly config: LoadedConfig;
  readonly table: EventsTable;
  readonly engine: LakeEngine;
  readonly lake: Lake;
  /** Its address. */
  readonly location: string;
  readonly maxScan: string | undefined;
}

/** Settings for queries that a server answers. */
interface ServerOptions {
  /** Called after each query. */
  readonly onFinish: (query: FinishedQuery) => void;
  readonly cache?: ResultCache | undefined;
}

/**
 * Opens the lake of a command with the chosen engine. Close it with `closeLake`.
 *
 * @throws HeadwaterError `CONFIG_INVALID` when the config lacks the address of the engine
 */
export async function openLake(options: EngineValues, ofServer?: ServerOptions): Promise<OpenedLake> {
  const { engine: name = 'duckdb', 'max-scan': given } = options;
  const { lakeIn, connect } = commandEngines[name];
  const own = lakeIn(await loadConfig(options.config));
  const { config, table, lake: location } = await chosenLake({ ...options, lake: options.lake ?? own });
  const maxScan = given ?? config.maxScan;
  const engine = await connect(config, location);
  const lake = createLake({
    tables: config.tables,
    metrics: config.metrics,
    engine,
    maxScan,
    // An engine in this process reports nothing, and its answers cost nothing: they need no cache.
    ...(engine.reportsScan ? ofServer : {}),
  });
  return { config, table, engine, lake, location, maxScan };
}

/**
 * An answer from an opened lake. Rows keep the lake open until they are printed; any other answer, or an error, closes it.
 *
 * @param make makes the answer
 */
export async function answerOf<Given extends Answer>(
  { lake }: OpenedLake,
  make: () => Promise<Given | Omit<RowsAnswer, 'close'>>,
): Promise<Given | RowsAnswer> {
  const close = (): Promise<void> => closeLake(lake);
  try {
    const answer = await make();
    if ('rows' in answer) return { ...answer, close };
    await close();
    return answer;
  } catch (error) {
    await close();
    throw error;
  }
}
