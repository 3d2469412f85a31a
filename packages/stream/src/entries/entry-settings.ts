import type { StreamConfig } from '../stream-config.ts';

/** What bundled functions are told besides their table: the field `stream` of the config. It is written into the bundle. */
export interface EntrySettings extends StreamConfig {
  /** The source of the records, as for a load. */
  readonly source?: string | undefined;
}
