import type { StreamRecord } from '../../record/stream-record.ts';

/** A shard of a stream, and the shards that it was made from: one after a split, two after a merge. */
export interface ShardDescription {
  readonly id: string;
  readonly parents: readonly string[];
}

/** Where reading of a shard begins, in the words of GetShardIterator. */
export type ShardPosition =
  | { readonly type: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly type: 'AFTER_SEQUENCE_NUMBER'; readonly sequenceNumber: string }
  | { readonly type: 'AT_TIMESTAMP'; readonly timestamp: Date };

/** What one read of a shard gives. */
export interface ShardPage {
  /** In the order of their sequence numbers. */
  readonly records: readonly StreamRecord[];
  /** The iterator of the next read. Omitted when the shard is closed and read to its end. */
  readonly next?: string;
  /** Whether nothing was left to read after these records. */
  readonly isLatest: boolean;
}

/**
 * Reads the shards of a stream. It is what Kinesis offers (ListShards, GetShardIterator, GetRecords), so that one poller reads
 * Kinesis and the stream in this process.
 */
export interface ShardReader {
  /** The ARN in deliveries, or a name of that form. */
  readonly streamArn: string;
  /** The shards whose records are still there, closed ones too. */
  shards(signal?: AbortSignal): Promise<readonly ShardDescription[]>;
  /** An iterator at a position of a shard. */
  iterator(shard: string, position: ShardPosition, signal?: AbortSignal): Promise<string>;
  /**
   * Reads up to `limit` records.
   *
   * @throws Error named `ExpiredIteratorException` when the iterator is too old; get another one and read again
   */
  read(iterator: string, limit: number, signal?: AbortSignal): Promise<ShardPage>;
  /** Resolves when there may be more records to read, at the latest after `ms` milliseconds or on abort. */
  wait(iterator: string, ms: number, signal?: AbortSignal): Promise<void>;
}
