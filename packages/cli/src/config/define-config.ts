import type {
  AwsConfig,
  CompatibilityMode,
  EventsTable,
  QuickSightConfig,
  RollupConfig,
} from '@headwater/core';
import type { InfraConfig } from '@headwater/infra/config';
import type { Metric } from '@headwater/queries/metric';
import type { PostgresEngineConfig } from '@headwater/queries/postgres';
import type { TrinoEngineConfig } from '@headwater/queries/trino';
import type { StreamConfig } from '@headwater/stream';

/** The default export of `headwater.config.ts`. */
export interface Config {
  /** The tables of the project. A command without --table uses the first one. */
  readonly tables: readonly [EventsTable, ...EventsTable[]];
  /** The lake: a folder, relative to the config's own, or `s3://bucket/prefix`. `--lake` takes precedence. */
  readonly lake?: string;
  /** The files of lookups by name, relative to the config's own folder. `--lookup` takes precedence. */
  readonly lookups?: Readonly<Record<string, string>>;
  /** Where the tables live on AWS. Only commands that use AWS need it. */
  readonly aws?: AwsConfig;
  /** A Trino server over the published tables, for `--engine trino`. */
  readonly trino?: Omit<TrinoEngineConfig, 'lake'>;
  /**
   * A PostgreSQL, or Aurora, that the lake is loaded into, for `--engine postgres`. Without `url`, the variable HEADWATER_POSTGRES_URL has
   * the URL, which keeps its password out of the code.
   */
  readonly postgres?: Omit<PostgresEngineConfig, 'url'> & { readonly url?: string };
  /** Metrics of the project's own, made by `defineMetric` of `@headwater/queries/metric`. Commands use them as those that ship. */
  readonly metrics?: readonly Metric[];
  /**
   * Answers that are computed after each load and read instead of the events, by metric and grain. `headwater lake rollups` shows them.
   * Each is kept only where it has far fewer rows than the events.
   */
  readonly rollups?: readonly RollupConfig[];
  /** A dashboard of the first table, or of `--table`, on QuickSight: `headwater derive quicksight` prints it. It needs `aws`. */
  readonly quicksight?: QuickSightConfig;
  /** Thresholds of alerts, live sessions and reminders of the table's stream, for `headwater stream run` and its handlers. Defaults apply. */
  readonly stream?: StreamConfig;
  /** What the platform on AWS has, how large it is, and whom it tells, for `headwater infra`. It needs `aws`. Defaults apply. */
  readonly infra?: InfraConfig;
  /** Refuses queries whose estimated upper bound exceeds this size, such as `5 GB`. Defaults to no limit. */
  readonly maxScan?: string;
  /** Athena's price per terabyte read, in US dollars. It differs by region. Defaults to 5. */
  readonly pricePerTerabyte?: number;
  /** The folder of published versions, relative to the config's own, to be committed with the code. Defaults to `./schema`. */
  readonly schemas?: string;
  /** Files with queries, as patterns relative to the config's folder. They are type-checked against a changed definition. */
  readonly queries?: readonly string[];
  /** The compatibility mode of the Glue Schema Registry for new versions. Defaults to `BACKWARD`. */
  readonly compatibility?: CompatibilityMode;
}

/**
 * Declares the config of a project. The `headwater` command finds it in the working folder or in any folder above.
 *
 * @example
 * ```ts
 * // headwater.config.ts
 * export default defineConfig({ tables: [clickstream], lake: './lake' });
 * ```
 */
export const defineConfig = (config: Config): Config => config;
