import type { PutEntry } from './record-sink.ts';

/** Why a record was given up: */
export type UnsentReason =
  /** the service refused it, and would refuse it again; */
  | 'refused'
  /** its last attempt failed; */
  | 'attempts'
  /** an attempt failed when it was older than the maximum age; */
  | 'age'
  /** the time for closing was over. */
  | 'closed';

/** A record that was not sent, as far as anybody knows. */
export interface UnsentRecord<Entry extends PutEntry = PutEntry> {
  readonly entry: Entry;
  readonly reason: UnsentReason;
  /** The error of the last attempt: the service's code, such as `ProvisionedThroughputExceededException`, or the name of the error. */
  readonly code: string;
  readonly message: string;
  /** Attempts that were made. */
  readonly attempts: number;
  /**
   * Whether an attempt ended without an answer. The stream may then have the record although it was not confirmed. To send it again
   * is safe where duplicates are settled, as loads and live sessions do.
   */
  readonly mayBeStored: boolean;
}
