import type { RejectReason } from '@headwater/core';

/** A record that can never be processed, with all that is needed to look into it or to send it again. */
export interface PoisonRecord {
  readonly table: string;
  /** The handler that could not process it, such as `sessions`. */
  readonly handler: string;
  /** The ARN of the stream. */
  readonly stream: string;
  readonly shard: string;
  /** With the shard, it identifies the record. A delivery that is repeated may bring it again. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** ISO 8601. */
  readonly arrivedAt: string;
  /** The codes of cleaning; or a code that only the handler has, such as that of a state that would be too large. */
  readonly reasons: readonly (RejectReason | { readonly column: null; readonly code: string })[];
  /** The data as it came, in base64. */
  readonly data: string;
}

/**
 * The failure destination of records that can never be processed, which would block their shard until they expire. It holds personal
 * data as the stream does.
 */
export interface PoisonSink {
  /**
   * Stores records with their payload.
   *
   * @param records at least one, in the order of their sequence numbers
   * @returns the sequence numbers of those that are not stored: they, and what follows them, are delivered again
   * @throws when none is stored
   */
  put(records: readonly PoisonRecord[]): Promise<readonly string[]>;
}
