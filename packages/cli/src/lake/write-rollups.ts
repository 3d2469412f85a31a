import type { AwsTarget, EventsTable } from '@headwater/core';
import { type RollupCatalog, type RollupReport, refreshRollups, rollupsStatus } from '@headwater/etl';
import { closeLake, createLake, type Rollup, rollupsIn, tableOf } from '@headwater/queries';
import type { Call } from '../command-line/command.ts';
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
  { measuresAgain = false, target }: RefreshOptions = {},
): Promise<RollupReport> {
  const { table, lake, aws } = place;
  const limits = { lake, memoryLimit: options['memory-limit'], threads: options.threads };
  return withRollups(place, (rollups) =>
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
      async open(source) {
        const { openRollupWriter } = await import('@headwater/queries/duckdb');
        return openRollupWriter(limits, table.schema, source);
      },
      onProgress(progress) {
        if (progress.phase !== 'write') return;
        const { rollup, day, done, days } = progress;
        onProgress?.({ doing: `writing ${rollup} ${day}`, fraction: done / days, stage: rollup });
      },
    }),
  );
}

/** The rollups of a table that the config names, as they are. */
export const showRollups = (place: RollupPlace): Promise<RollupReport> =>
  withRollups(place, (rollups) => rollupsStatus({ ...place, rollups }));

/** Compiles the queries of the rollups; nothing is asked of the lake for it. */
async function withRollups<Report>(
  { config, table, lake: location }: RollupPlace,
  work: (rollups: readonly Rollup[]) => Promise<Report>,
): Promise<Report> {
  const { duckdbEngine } = await import('@headwater/queries/duckdb');
  const { tables, metrics } = config;
  const lake = createLake({ tables, metrics, engine: duckdbEngine({ lake: location }) });
  try {
    return await work(rollupsIn(tableOf(lake, table.name), rollupsOfConfig(config, table)));
  } finally {
    await closeLake(lake);
  }
}
