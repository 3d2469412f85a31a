import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { PoisonSink } from '../handlers/failures/poison-sink.ts';
import { createS3PoisonSink } from '../handlers/failures/s3-poison-sink.ts';
import { createSqsPoisonSink } from '../handlers/failures/sqs-poison-sink.ts';
import { requiredVariable } from './entry-environment.ts';
import type { EntryVariable } from './entry-variables.ts';

/** The failure destination of a function: a queue and a bucket for what the queue cannot hold, or the bucket alone. */
export function poisonSinkOfFunction(): PoisonSink {
  const oversize = createS3PoisonSink({
    client: new S3Client(),
    bucket: requiredVariable('HEADWATER_POISON_BUCKET'),
  });
  const queueUrl = process.env['HEADWATER_POISON_QUEUE_URL' satisfies EntryVariable];
  return queueUrl ? createSqsPoisonSink({ client: new SQSClient(), queueUrl, oversize }) : oversize;
}
