/** What a stream and what reads it used in a month. Sums are those of CloudWatch. */
export interface StreamUse {
  readonly stream: string;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly shards: number;
  /** Hours that the month has had so far. */
  readonly hours: number;
  readonly retentionHours: number;
  readonly bytesIn: number;
  readonly recordsIn: number;
  readonly bytesOut: number;
  /** What Firehose read from the stream: it bills what comes in, not the Parquet that it writes. */
  readonly readBytes: number;
  readonly readRecords: number;
  readonly tableReads: number;
  readonly tableWrites: number;
  readonly functions: readonly FunctionUse[];
}

/** What a function used in a month. */
export interface FunctionUse {
  readonly name: string;
  readonly calls: number;
  /** Milliseconds of all calls. */
  readonly milliseconds: number;
  readonly megabytes: number;
}
