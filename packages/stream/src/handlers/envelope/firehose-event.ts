import * as z from 'zod/mini';
import { parseDelivery } from './parse-delivery.ts';

const firehoseEvent = z.object({
  invocationId: z.string(),
  deliveryStreamArn: z.string(),
  sourceKinesisStreamArn: z.optional(z.string()),
  region: z.string(),
  records: z.array(
    z.object({
      recordId: z.string().check(z.minLength(1)),
      /** Milliseconds since 1970. */
      approximateArrivalTimestamp: z.number(),
      /** Base64. What is not is a record that cannot be read, and not a delivery that cannot. */
      data: z.string(),
      /** Set when the source of the delivery stream is a Kinesis stream. */
      kinesisRecordMetadata: z.optional(
        z.object({ shardId: z.string(), partitionKey: z.string(), sequenceNumber: z.string() }),
      ),
    }),
  ),
});

/**
 * Records that Amazon Data Firehose has transformed by a Lambda function: what the handler reads of it
 * (https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html).
 */
export type FirehoseEvent = z.infer<typeof firehoseEvent>;

/** One record of a {@link FirehoseEvent}. */
export type FirehoseEventRecord = FirehoseEvent['records'][number];

/** The answer for one record. */
export interface FirehoseResult {
  readonly recordId: string;
  /**
   * `Ok` is delivered, `Dropped` is left out on purpose, and `ProcessingFailed` is written below the error prefix, where `etl adopt` reads it.
   */
  readonly result: 'Ok' | 'Dropped' | 'ProcessingFailed';
  /** Base64: the line to deliver, or the record as it came if it failed. */
  readonly data?: string;
  /** The values of `!{partitionKeyFromLambda:<name>}` in the prefix of the delivery stream. */
  readonly metadata?: { partitionKeys: Record<string, string> };
}

/** The answer to Firehose: each `recordId` of the event once. */
export interface FirehoseResponse {
  records: FirehoseResult[];
}

/** @throws HeadwaterError `DELIVERY_INVALID` for an event of another kind */
export const parseFirehoseEvent = (handler: string, event: unknown): FirehoseEvent =>
  parseDelivery(firehoseEvent, event, {
    handler,
    expected: 'records of Firehose to transform',
  });
