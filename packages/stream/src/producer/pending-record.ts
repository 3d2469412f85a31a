import type { PutEntry } from './record-sink.ts';

/** A record that the buffer holds until it is sent or given up. */
export interface PendingRecord<Entry extends PutEntry = PutEntry> {
  readonly entry: Entry;
  /** Of data and partition key, as the service counts them. */
  readonly bytes: number;
  /** Milliseconds of the sender's clock. */
  readonly acceptedAt: number;
  /** Requests that had it, and told what became of it or should have. */
  attempts: number;
  /** Whether a request with it ended without an answer, so that the stream may have it. */
  mayBeStored: boolean;
}

/** The size of a record as the service counts it. */
export function entryBytes({ data, partitionKey }: PutEntry): number {
  return data.byteLength + Buffer.byteLength(partitionKey);
}
