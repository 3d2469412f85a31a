/** A record on its way to a stream. The bytes are those of the source, whether they can be read or not. */
export interface SourceRecord {
  readonly data: Uint8Array;
  readonly partitionKey: string;
  /** Omitted where it cannot be read. */
  readonly eventTime?: Date;
}
