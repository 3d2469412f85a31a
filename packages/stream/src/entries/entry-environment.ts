import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type EventsTable, HeadwaterError } from '@headwater/core';
import type { PoisonSink } from '../handlers/failures/poison-sink.ts';
import { createS3PoisonSink } from '../handlers/failures/s3-poison-sink.ts';
import { createSqsPoisonSink } from '../handlers/failures/sqs-poison-sink.ts';
import { createEmfMetrics } from '../handlers/telemetry/emf-metrics.ts';
import type { HandlerLogger } from '../handlers/telemetry/handler-logger.ts';
import type { HandlerMetrics } from '../handlers/telemetry/handler-metrics.ts';
import { createLambdaLogger } from '../handlers/telemetry/lambda-logger.ts';
import { type EntryVariable, entryVariables } from './entry-variables.ts';

/**
 * The value of an environment variable of the function.
 * @throws HeadwaterError `OPTION_INVALID` when it is not set: the function does not start
 */
export function requiredVariable(name: EntryVariable): string {
  const value = process.env[name];
  if (value) return value;
  throw new HeadwaterError('OPTION_INVALID', {
    option: `The environment variable ${name}`,
    value: value ?? '(not set)',
    expected: entryVariables[name],
  });
}

/** The failure destination of a function: a queue and a bucket for what the queue cannot hold, or the bucket alone. */
export function poisonSinkOfFunction(): PoisonSink {
  const oversize = createS3PoisonSink({
    client: new S3Client(),
    bucket: requiredVariable('HEADWATER_POISON_BUCKET'),
  });
  const queueUrl = process.env['HEADWATER_POISON_QUEUE_URL' satisfies EntryVariable];
  return queueUrl ? createSqsPoisonSink({ client: new SQSClient(), queueUrl, oversize }) : oversize;
}

/** Metrics and logs of a function. */
export function telemetryOfFunction(
  table: Pick<EventsTable, 'schema'>,
  handler: string,
): { readonly metrics: HandlerMetrics; readonly logger: HandlerLogger } {
  const namespace = process.env['HEADWATER_METRICS_NAMESPACE' satisfies EntryVariable];
  return {
    metrics: createEmfMetrics({ handler, table: table.schema.name, namespace }),
    logger: createLambdaLogger(table, { handler }),
  };
}
