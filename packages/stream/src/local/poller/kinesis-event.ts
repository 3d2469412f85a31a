import type { StreamRecord } from '../../record/stream-record.ts';
import type { WindowState } from '../stream/checkpoint.ts';
import type { Delivery } from './delivery.ts';

/** A record of an event. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export interface KinesisEventRecord {
  readonly kinesis: {
    readonly kinesisSchemaVersion: '1.0';
    readonly partitionKey: string;
    readonly sequenceNumber: string;
    readonly data: string;
    /** Seconds since 1970, with fractions. */
    readonly approximateArrivalTimestamp: number;
  };
  readonly eventSource: 'aws:kinesis';
  readonly eventVersion: '1.0';
  readonly eventID: string;
  readonly eventName: 'aws:kinesis:record';
  readonly invokeIdentityArn: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
}

/** What AWS Lambda passes to a function for a delivery. The members after `Records` are those of tumbling windows. */
export interface KinesisEvent {
  readonly Records: readonly KinesisEventRecord[];
  readonly window?: { readonly start: string; readonly end: string };
  readonly state?: WindowState;
  readonly shardId?: string;
  readonly eventSourceARN?: string;
  readonly isFinalInvokeForWindow?: boolean;
  readonly isWindowTerminatedEarly?: boolean;
}

const base64Of = (data: StreamRecord['data']): string =>
  typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64');

/**
 * The event that AWS Lambda makes of a delivery, for a function that is deployed as it is here.
 *
 * @example
 * ```ts
 * await runEventSource({ ...options, handler: (delivery) => handler(kinesisEvent(delivery), context) });
 * ```
 */
export function kinesisEvent(delivery: Delivery): KinesisEvent {
  const { shard, records, streamArn, window } = delivery;
  const [, , , awsRegion = 'us-east-1', account = '000000000000'] = streamArn.split(':');
  const Records = records.map(
    (record): KinesisEventRecord => ({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: record.partitionKey ?? '',
        sequenceNumber: record.sequenceNumber,
        data: base64Of(record.data),
        approximateArrivalTimestamp: (record.arrivedAt?.getTime() ?? 0) / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shard}:${record.sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: `arn:aws:iam::${account}:role/local`,
      awsRegion,
      eventSourceARN: streamArn,
    }),
  );
  if (!window) return { Records };
  return {
    Records,
    window: { start: window.start.toISOString(), end: window.end.toISOString() },
    state: window.state,
    shardId: shard,
    eventSourceARN: streamArn,
    isFinalInvokeForWindow: window.isFinal,
    isWindowTerminatedEarly: window.isTerminatedEarly,
  };
}
