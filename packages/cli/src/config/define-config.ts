import type { EventsTable } from '@headwater/core';

/** What `headwater.config.ts` exports by default. */
export interface Config {
  /** The tables of the project. The first one is meant when a command names none. */
  readonly tables: readonly [EventsTable, ...EventsTable[]];
  /** Folder of the lake, from the config's own folder; `--lake` wins. */
  readonly lake?: string;
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
