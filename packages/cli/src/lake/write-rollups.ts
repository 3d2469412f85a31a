import type { AwsTarget, EventsTable } from '@headwater/core';
import {
  type RollupCatalog,
  type RollupOptions,
  type RollupReport,
  refreshRollups,
  rollupsStatus,
} from '@headwater/etl';
import {
  closeLake,
  createLake,
  type EngineName,
  type LakeTable,
  type QueryText,
  type Rollup,
  rollupsIn,
  rollupsOnEngine,
  rowsOnEngine,
  tableOf,
} from '@headwater/queries';
import type { Call } from '../command-line/command.ts';
import { commandEngines } from '../config/engines.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { rollupsOfConfig } from './rollups-of-config.ts';
import type { runOptions } from './run-options.ts';

/** The table whose rollups are meant, and the lake. */
export interface RollupPlace {
  readonly config: LoadedConfig;
  readonly table: EventsTable;
  /** The lake's folder, or its address on S3. */
  readonly lake: string;
  /** Where the config's tables are on AWS. */
  readonly aws: AwsTarget | undefined;
}

/** What a call says about a refresh. */
export type RollupCall = {
  readonly options: Partial<
    Pick<Call<typeof runOptions>['options'], 'memory-limit' | 'threads' | 'lock-timeout' | 'work-folder'>
  >;
} & Pick<Call, 'signal' | 'onProgress'>;

/** How a refresh goes beyond what is missing. */
export interface RefreshOptions {
  /** Whether what was measured and not kept is measured again. Defaults to false. */
  readonly measuresAgain?: boolean;
  /** Where the rollups get tables in Glue. Defaults to none. */
  readonly target?: AwsTarget | undefined;
  /** What computes the rows, and the maximum that one of its queries may read. Defaults to DuckDB in this process. */
  readonly on?: { readonly engine: EngineName; readonly maxScan: string | undefined } | undefined;
}

/** What a refresh did, and what the engine read for it where that is another process. */
export interface WrittenRollups extends RollupReport {
  readonly scan?: { readonly engine: EngineName; readonly queries: number; readonly scannedBytes: number };
}

const catalogOf = (target: AwsTarget): RollupCatalog => ({
  database: target.database,
  async register(rollups) {
    const { registerRollups } = await import('@headwater/publish');
    await registerRollups({ rollups, target });
  },
});

/**
 * Writes the rollups of a table that the config names, where they are missing or no longer valid.
 *
 * @throws HeadwaterError `METRIC_UNKNOWN`, `ROLLUP_INVALID`, and as `refreshRollups` does
 */
export function writeRollups(
  { options, signal, onProgress }: RollupCall,
  place: RollupPlace,
  { measuresAgain = false, target, on }: RefreshOptions = {},
): Promise<WrittenRollups> {
  const { table, lake, aws } = place;
  const limits = { lake, memoryLimit: options['memory-limit'], threads: options.threads };
  const refresh = ({ rollups, engineTable }: Written): Promise<RollupReport> =>
    refreshRollups({
      table,
      lake,
      aws,
      rollups,
      measuresAgain,
      workFolder: options['work-folder'],
      signal,
      lockTimeoutSeconds: options['lock-timeout'],
      ...(target ? { catalog: catalogOf(target) } : {}),
      readsFiles: engineTable === undefined,
      async open(source) {
        const { openRollupWriter } = await import('@headwater/queries/duckdb');
        const rowsOf =
          engineTable && ((query: QueryText) => rowsOnEngine(engineTable, source.state, query, { signal }));
        return openRollupWriter({ ...limits, rowsOf }, table.schema, source);
      },
      onProgress(progress) {
        if (progress.phase !== 'write') return;
        const { rollup, day, done, days } = progress;
        onProgress?.({ doing: `writing ${rollup} ${day}`, fraction: done / days, stage: rollup });
      },
    });
  return withRollups(place, (rollups, here) =>
    on ? withEngine(place, here, on, refresh) : refresh({ rollups }),
  );
}

/** What is written, and the table as another engine reads it, if one computes the rows. */
type Written = Pick<RollupOptions, 'rollups'> & { readonly engineTable?: LakeTable };

/** Refreshes by an engine, and counts what it read. */
async function withEngine(
  { config, table, lake: location }: RollupPlace,
  here: LakeTable,
  { engine: name, maxScan }: NonNullable<RefreshOptions['on']>,
  refresh: (written: Written) => Promise<RollupReport>,
): Promise<WrittenRollups> {
  const { tables, metrics } = config;
  const scan = { engine: name, queries: 0, scannedBytes: 0 };
  const lake = createLake({
    ...{ tables, metrics, maxScan: maxScan ?? config.maxScan },
    engine: await commandEngines[name].connect(config, location),
    onFinish({ scannedBytes }) {
      scan.queries += 1;
      scan.scannedBytes += scannedBytes;
    },
  });
  try {
    const engineTable = tableOf(lake, table.name);
    const rollups = rollupsOnEngine(here, engineTable, rollupsOfConfig(config, table));
    return { ...(await refresh({ rollups, engineTable })), scan };
  } finally {
    await closeLake(lake);
  }
}

/** The rollups of a table that the config names, as they are. */
export const showRollups = (place: RollupPlace): Promise<RollupReport> =>
  withRollups(place, (rollups) => rollupsStatus({ ...place, rollups }));

/** Compiles the queries of the rollups; nothing is asked of the lake for it. */
async function withRollups<Report>(
  { config, table, lake: location }: RollupPlace,
  work: (rollups: readonly Rollup[], table: LakeTable) => Promise<Report>,
): Promise<Report> {
  const { duckdbEngine } = await import('@headwater/queries/duckdb');
  const { tables, metrics } = config;
  const lake = createLake({ tables, metrics, engine: duckdbEngine({ lake: location }) });
  try {
    const here = tableOf(lake, table.name);
    return await work(rollupsIn(here, rollupsOfConfig(config, table)), here);
  } finally {
    await closeLake(lake);
  }
}
