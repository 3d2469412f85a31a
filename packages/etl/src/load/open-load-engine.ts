import { HeadwaterError } from '@headwater/core';
import type { WriteRun } from '../lake/write-run.ts';
import { openDuckdbEngine } from './duckdb/duckdb-engine.ts';
import type { CompactionEngine, LoadEngine, ReplayEngine } from './load-engine.ts';
import { openSparkCompaction } from './spark/spark-compaction.ts';
import { openSparkEngine } from './spark/spark-engine.ts';
import { openSparkReplay } from './spark/spark-replay.ts';

/** How an engine is opened for each operation. */
interface EngineOpeners {
  /** @param maxQuarantine the share of rejected rows above which nothing needs to be written */
  load(run: WriteRun, maxQuarantine: number): Promise<LoadEngine>;
  compact(run: WriteRun): Promise<CompactionEngine>;
  replay(run: WriteRun): Promise<ReplayEngine>;
}

/** The engines that load, compact and replay. From the same files they make the same rows, counts and quarantine. */
const loadEngines = {
  /** In process. */
  duckdb: { load: openDuckdbEngine, compact: openDuckdbEngine, replay: openDuckdbEngine },
  /** The Spark of this machine, as a Glue job uses it: for development, and for checks. */
  spark: { load: openSparkEngine, compact: openSparkCompaction, replay: openSparkReplay },
} as const satisfies Readonly<Record<string, EngineOpeners>>;

/** The name of an engine that loads. */
export type LoadEngineName = keyof typeof loadEngines;

/** The names of the engines that load. */
export const loadEngineNames = Object.keys(loadEngines) as readonly LoadEngineName[];

/**
 * The engine of a load, a compaction or a replay.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a name that is no engine
 */
export function loadEngine(name: LoadEngineName = 'duckdb'): EngineOpeners {
  if (!Object.hasOwn(loadEngines, name))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'engine',
      value: String(name),
      expected: loadEngineNames.join(' or '),
    });
  return loadEngines[name];
}
