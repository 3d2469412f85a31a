import * as z from 'zod/mini';
import { parseDelivery } from './parse-delivery.ts';

const kinesisRecord = z.object({
  /** `<shard>:<sequence number>`. */
  eventID: z.string().check(z.regex(/^shardId-\d+:\d+$/)),
  eventSource: z.string().check(z.regex(/^aws:kinesis$/)),
  eventSourceARN: z.string(),
  kinesis: z.object({
    /** Base64. What is not is a record that cannot be read, and not a delivery that cannot. */
    data: z.string(),
    partitionKey: z.string(),
    sequenceNumber: z.string().check(z.regex(/^\d+$/)),
    /** Seconds since 1970, with a fraction. */
    approximateArrivalTimestamp: z.number(),
  }),
});

const kinesisEvent = z.object({ Records: z.array(kinesisRecord) });

const tumblingWindowEvent = z.object({
  // The last invocation of a window may have none.
  Records: z.array(kinesisRecord),
  window: z.object({ start: z.iso.datetime(), end: z.iso.datetime() }),
  /** What the invocation before returned. Lambda begins a window without, or with an empty one. */
  state: z.nullish(z.record(z.string(), z.unknown())),
  shardId: z.optional(z.string()),
  eventSourceARN: z.optional(z.string()),
  isFinalInvokeForWindow: z.boolean(),
  isWindowTerminatedEarly: z.boolean(),
});

/**
 * A delivery of a Kinesis stream to a Lambda function: what the handlers read of it
 * (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html).
 */
export type KinesisEvent = z.infer<typeof kinesisEvent>;

/**
 * A delivery of a Kinesis stream with a tumbling window
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html). Its windows are of the time of arrival, and a split of the
 * shard ends them early: sums over them have to be added up.
 */
export type KinesisWindowEvent = z.infer<typeof tumblingWindowEvent>;

/**
 * The answer to a delivery. Lambda delivers again from the lowest of the sequence numbers, if the event source mapping has
 * `FunctionResponseTypes: ['ReportBatchItemFailures']`; without, it ignores the answer.
 */
export interface KinesisBatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** The answer to a delivery with a tumbling window. Lambda fails a delivery whose answer lacks the state. */
export interface KinesisWindowResponse extends KinesisBatchResponse {
  /** At most 1 MB as JSON. */
  state: Record<string, unknown>;
}

/** @throws HeadwaterError `DELIVERY_INVALID` for an event of another kind */
export const parseKinesisEvent = (handler: string, event: unknown): KinesisEvent =>
  parseDelivery(kinesisEvent, event, { handler, expected: 'a delivery of a Kinesis stream' });

/** @throws HeadwaterError `DELIVERY_INVALID` for an event of another kind, such as one without a window */
export const parseKinesisWindowEvent = (handler: string, event: unknown): KinesisWindowEvent =>
  parseDelivery(tumblingWindowEvent, event, {
    handler,
    expected: 'a delivery of a Kinesis stream with a tumbling window',
  });
