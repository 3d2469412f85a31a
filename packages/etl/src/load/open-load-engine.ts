import { HeadwaterError } from '@headwater/core';
import type { WriteRun } from '../lake/write-run.ts';
import { openDuckdbEngine } from './duckdb/duckdb-engine.ts';
import type { LoadEngine } from './load-engine.ts';
import { openSparkEngine } from './spark/spark-engine.ts';

/** What an engine needs beside the run. */
interface EngineOptions {
  readonly maxQuarantine: number;
}

/** The engines that load. From the same files they make the same rows, counts and quarantine. */
const loadEngines = {
  /** In process. */
  duckdb: (run: WriteRun) => openDuckdbEngine(run),
  /** The Spark of this machine, as a Glue job uses it: for development, and for checks. */
  spark: (run: WriteRun, { maxQuarantine }: EngineOptions) => openSparkEngine(run, maxQuarantine),
} as const satisfies Readonly<Record<string, (run: WriteRun, options: EngineOptions) => Promise<LoadEngine>>>;

/** The name of an engine that loads. */
export type LoadEngineName = keyof typeof loadEngines;

/** The names of the engines that load. */
export const loadEngineNames = Object.keys(loadEngines) as readonly LoadEngineName[];

/**
 * Opens the engine of a load.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a name that is no engine
 */
export async function openLoadEngine(
  name: LoadEngineName = 'duckdb',
  run: WriteRun,
  options: EngineOptions,
): Promise<LoadEngine> {
  if (!Object.hasOwn(loadEngines, name))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'engine',
      value: String(name),
      expected: loadEngineNames.join(' or '),
    });
  return loadEngines[name](run, options);
}
