import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  HandlerMetrics,
  LambdaContext,
  MetricValues,
  PoisonRecord,
  PoisonSink,
} from '../../src/handlers/index.ts';

/** An event of Lambda in AWS's shape, with invented data. */
export const recordedEvent = (name: 'kinesis' | 'kinesis-window' | 'firehose') =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'events', `${name}.json`), 'utf8'));

/** A context with as many milliseconds left as `left` says. */
export const contextOf = (left: () => number = () => 60_000): LambdaContext => ({
  awsRequestId: '3c1e2c2f-7d7c-4f4e-8f0a-0a3b4d5e6f70',
  getRemainingTimeInMillis: left,
});

/** A delivery of Kinesis in AWS's shape: a record for each text, whose sequence number ends with its place. */
export function kinesisDelivery(
  texts: readonly string[],
  { first = 1, shard = 'shardId-000000000000', arrived = 1769904000.5 } = {},
) {
  return {
    Records: texts.map((text, index) => {
      const sequenceNumber = sequenceNumberOf(first + index);
      return {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'key',
          sequenceNumber,
          data: Buffer.from(text).toString('base64'),
          approximateArrivalTimestamp: arrived + index,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `${shard}:${sequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: 'arn:aws:iam::123456789012:role/shop-stream',
        awsRegion: 'eu-central-1',
        eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop-clicks',
      };
    }),
  };
}

/** Numbers of different lengths, whose order as texts is another one. */
export const sequenceNumberOf = (place: number): string => String(99_999_999_999_999_990n + BigInt(place));

/** A failure destination that keeps what it gets. It refuses the sequence numbers of `refused`. */
export function poisonList(
  refused: readonly string[] = [],
): PoisonSink & { readonly stored: PoisonRecord[] } {
  const stored: PoisonRecord[] = [];
  return {
    stored,
    async put(records) {
      stored.push(...records.filter(({ sequenceNumber }) => !refused.includes(sequenceNumber)));
      return refused;
    },
  };
}

/** Metrics that are kept, one for each invocation. */
export function metricList(): HandlerMetrics & { readonly published: MetricValues[] } {
  const published: MetricValues[] = [];
  return { published, publish: (values) => void published.push(values) };
}
