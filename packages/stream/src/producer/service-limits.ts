/**
 * The limits of PutRecords.
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export const serviceLimits = {
  /** Records of one request. */
  requestRecords: 500,
  /** Bytes of one request: data and partition keys. */
  requestBytes: 10 * 1024 * 1024,
  /** Bytes of a record, data and partition key, unless the stream has a larger MaxRecordSizeInKiB. */
  recordBytes: 1024 * 1024,
  /** Bytes of a record with the largest MaxRecordSizeInKiB. */
  largestRecordBytes: 10 * 1024 * 1024,
  /** Characters of a partition key. */
  partitionKey: 256,
} as const;
