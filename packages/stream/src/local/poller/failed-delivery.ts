import type { StreamRecord } from '../../record/stream-record.ts';

/** Why records were given up. */
export type FailureCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records that were given up, with what a failure destination on S3 keeps: metadata and payload. */
export interface FailedDelivery {
  readonly condition: FailureCondition;
  readonly streamArn: string;
  readonly shard: string;
  /** The payload, in the order of the shard. */
  readonly records: readonly StreamRecord[];
  /** How often the handler was invoked with the first of them at the head of a batch. 0 when it was too old before. */
  readonly invocations: number;
  /** What the handler threw last. Omitted when it reported failed records, or was never invoked. */
  readonly error?: unknown;
}

/** Where given-up records go. A rejection makes the shard wait and try again: records are never dropped in silence. */
export type FailureDestination = (failed: FailedDelivery) => Promise<void>;

/**
 * The message of a failed delivery, as an SQS queue or an SNS topic gets it from the service: metadata without the records.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function failureMessage(failed: FailedDelivery, at: Date): Readonly<Record<string, unknown>> {
  const { records } = failed;
  const [first, last] = [records[0], records.at(-1)];
  return {
    requestContext: { condition: failed.condition, approximateInvokeCount: failed.invocations },
    version: '1.0',
    timestamp: at.toISOString(),
    KinesisBatchInfo: {
      shardId: failed.shard,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: first?.arrivedAt?.toISOString(),
      approximateArrivalOfLastRecord: last?.arrivedAt?.toISOString(),
      batchSize: records.length,
      streamArn: failed.streamArn,
    },
  };
}
