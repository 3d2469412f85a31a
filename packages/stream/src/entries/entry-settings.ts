import type { Threshold } from '../alerts/threshold.ts';
import type { SessionOptions } from '../sessions/session-rules.ts';

/** What bundled functions are told besides their table. It is written into the bundle, so it is plain data. */
export interface EntrySettings {
  /** The source of the records, as for a load. */
  readonly source?: string | undefined;
  /** How the function `sessions` keeps sessions. */
  readonly sessions?: Omit<SessionOptions, 'needs'> | undefined;
  /** What the function `alerts` watches for. Defaults to the default thresholds. */
  readonly thresholds?: readonly Threshold[] | undefined;
}
