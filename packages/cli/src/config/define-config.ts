import type { AwsConfig, CompatibilityMode, EventsTable } from '@headwater/core';
import type { TrinoEngineConfig } from '@headwater/queries/trino';

/** What `headwater.config.ts` exports by default. */
export interface Config {
  /** The tables of the project. The first one is meant when a command names none. */
  readonly tables: readonly [EventsTable, ...EventsTable[]];
  /** Folder of the lake, from the config's own folder, or `s3://bucket/prefix`; `--lake` wins. */
  readonly lake?: string;
  /** Where the tables live on AWS. Commands that have to do with AWS need it; the others do not. */
  readonly aws?: AwsConfig;
  /** A Trino over the published tables, for `--engine trino`. */
  readonly trino?: Omit<TrinoEngineConfig, 'lake'>;
  /** The most that a query may read, by what it can be at most: `5 GB`. No limit when not given. */
  readonly maxScan?: string;
  /** What Athena asks for a terabyte that it reads, in US dollars; 5 when not given. Regions differ. */
  readonly pricePerTerabyte?: number;
  /** Folder of the published versions of the tables, from the config's own folder, committed with the code; `./schema` when not given. */
  readonly schemas?: string;
  /** Files that hold queries, as patterns from the config's own folder: they are type-checked against a changed definition. */
  readonly queries?: readonly string[];
  /** What new versions of an event are held to, as the Glue Schema Registry means it; `BACKWARD` when not given. */
  readonly compatibility?: CompatibilityMode;
}

/**
 * Declares the config of a project, for the `headwater` command. Found in the working folder or any above it.
 *
 * @example
 * ```ts
 * // headwater.config.ts
 * export default defineConfig({ tables: [clickstream], lake: './lake' });
 * ```
 */
export const defineConfig = (config: Config): Config => config;
