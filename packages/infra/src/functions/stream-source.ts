import type { HandlerNeeds } from '@headwater/stream/bundle';
import { Duration } from 'aws-cdk-lib';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { ScaleSizes } from '../scale/sizes.ts';
import { mappingSettings, recordHours } from './function-settings.ts';

/**
 * How a function reads a stream: from the oldest record, since each counts once however often it comes; with partial failures; a delivery that fails is
 * halved and repeated, and given up to a queue in the end, so that one record never blocks its shard for good.
 *
 * A function with a tumbling window has its counts by shard, and one call for each at a time. The others have several, in the order of each actor.
 */
export function streamSource(
  stream: IStream,
  { isWindowed }: Pick<HandlerNeeds, 'isWindowed'>,
  failures: IQueue,
  {
    batchSize,
    batchSeconds,
    parallel,
    retentionHours,
  }: ScaleSizes['functions'] & Pick<ScaleSizes['stream'], 'retentionHours'>,
): KinesisEventSource {
  return new KinesisEventSource(stream, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    maxBatchingWindow: Duration.seconds(batchSeconds),
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: mappingSettings.retries,
    maxRecordAge: Duration.hours(recordHours(retentionHours)),
    onFailure: new SqsDlq(failures),
    ...(isWindowed
      ? { tumblingWindow: Duration.seconds(mappingSettings.windowSeconds) }
      : { parallelizationFactor: parallel }),
  });
}
