/** One record to put into a stream. */
export interface PutEntry {
  /** At most 10 MiB, and 1 MiB unless the stream allows more. */
  readonly data: Uint8Array;
  /** 1 to 256 characters. Its MD5 decides the shard. */
  readonly partitionKey: string;
  /** A decimal number below 2^128 that decides the shard instead. */
  readonly explicitHashKey?: string;
}

/** What became of an entry: its place in the stream, or why it was not put. */
export type PutResult =
  | { readonly sequenceNumber: string; readonly shardId: string }
  | { readonly errorCode: string; readonly errorMessage: string };

/** What takes records: a stream of Kinesis, or the stream in this process. */
export interface RecordSink {
  /**
   * Puts up to 500 records. One that fails does not stop the others.
   *
   * @returns a result for each entry, in the order of the entries
   * @throws Error with the name of the service's exception when the whole request is refused
   */
  putRecords(
    entries: readonly PutEntry[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly PutResult[]>;
}
