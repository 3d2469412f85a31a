/** What a stream carries for one event: its bytes, and the place that the stream gave it. */
export interface StreamRecord {
  /** The event as JSON: bytes, or base64 text as AWS Lambda passes it. */
  readonly data: string | Uint8Array;
  /** A decimal text of up to 56 digits, which grows within a shard. Compare it as a BigInt, not as text. */
  readonly sequenceNumber: string;
  /** Records with the same key are in the same shard, in the order in which they were put. */
  readonly partitionKey?: string;
  /** When the stream took the record. */
  readonly arrivedAt?: Date;
  /** The shard that holds the record, such as `shardId-000000000000`. */
  readonly shard?: string;
}
