import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import type { ScaleSizes } from '../scale/sizes.ts';

/** A Kinesis data stream, encrypted by the key that Kinesis has in the account. Records stay when the stack is deleted. */
export function eventStream(
  scope: Construct,
  id: string,
  streamName: string,
  { shards, retentionHours }: ScaleSizes['stream'],
): Stream {
  return new Stream(scope, id, {
    streamName,
    ...(shards === 'on-demand'
      ? { streamMode: StreamMode.ON_DEMAND }
      : { streamMode: StreamMode.PROVISIONED, shardCount: shards }),
    retentionPeriod: Duration.hours(retentionHours),
    encryption: StreamEncryption.MANAGED,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}
