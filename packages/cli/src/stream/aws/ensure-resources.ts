import {
  CreateTableCommand,
  DescribeTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, ListSubscriptionsByTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { parseLakeLocation } from '@headwater/storage';
import { sessionsTable, sessionsTableTtl } from '@headwater/stream/dynamodb';
import type { StreamClients } from './stream-clients.ts';
import type { StreamNames } from './stream-names.ts';

/** The resources of a stream on AWS. */
export interface StreamResources {
  readonly streamArn: string;
  /** When the stream was made. Another one of the same name has other records. */
  readonly streamCreated: string;
  readonly topicArn: string;
  readonly queueUrl: string;
  /** What was not there and was created, for people: `Kinesis stream shop-clicks with 2 shards`. */
  readonly created: readonly string[];
}

const patience = 120;

/**
 * Finds the resources of a stream, and creates those that are not there: the stream with its shards, the table, the topic with a queue, and the
 * bucket of a lake on S3.
 */
export async function ensureResources(
  clients: StreamClients,
  names: StreamNames,
  shards: number,
  lake: string,
): Promise<StreamResources> {
  const created: string[] = [];
  const { streamArn, streamCreated } = await ensureStream(clients, names.stream, shards, created);
  await ensureTable(clients, names.table, created);
  const { topicArn, queueUrl } = await ensureTopic(clients, names, created);
  const place = parseLakeLocation(lake);
  if (place.kind === 's3') await ensureBucket(clients, place.bucket, created);
  return { streamArn, streamCreated, topicArn, queueUrl, created };
}

async function ensureStream({ kinesis }: StreamClients, name: string, shards: number, created: string[]) {
  const found = await kinesis
    .send(new DescribeStreamSummaryCommand({ StreamName: name }))
    .catch(unlessMissing('ResourceNotFoundException'));
  if (!found) {
    await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: shards }));
    created.push(`Kinesis stream ${name} with ${shards} shards`);
  }
  await waitUntilStreamExists({ client: kinesis, maxWaitTime: patience, minDelay: 1 }, { StreamName: name });
  const { StreamDescriptionSummary: summary } =
    found ?? (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name })));
  return {
    streamArn: summary?.StreamARN ?? '',
    streamCreated: summary?.StreamCreationTimestamp?.toISOString() ?? '',
  };
}

async function ensureTable({ dynamodb }: StreamClients, name: string, created: string[]): Promise<void> {
  const found = await dynamodb
    .send(new DescribeTableCommand({ TableName: name }))
    .catch(unlessMissing('ResourceNotFoundException'));
  if (found) return;
  await dynamodb.send(new CreateTableCommand(sessionsTable(name)));
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: patience, minDelay: 1 }, { TableName: name });
  await dynamodb.send(new UpdateTimeToLiveCommand(sessionsTableTtl(name)));
  created.push(`DynamoDB table ${name}`);
}

/** Creating a topic that exists gives its ARN, and changes nothing. */
async function ensureTopic({ sns, sqs }: StreamClients, { topic, queue }: StreamNames, created: string[]) {
  const { TopicArn: topicArn = '' } = await sns.send(new CreateTopicCommand({ Name: topic }));
  const found = await sqs
    .send(new GetQueueUrlCommand({ QueueName: queue }))
    .catch(unlessMissing('QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'));
  const { QueueUrl = '' } = found ?? (await sqs.send(new CreateQueueCommand({ QueueName: queue })));
  if (!found) created.push(`SQS queue ${queue}`);
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  if (!Subscriptions.some(({ Endpoint }) => Endpoint === Attributes['QueueArn'])) {
    await sns.send(
      new SubscribeCommand({
        ...{ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes['QueueArn'] },
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    created.push(`subscription of ${queue} to the SNS topic ${topic}`);
  }
  return { topicArn, queueUrl: QueueUrl };
}

async function ensureBucket({ s3 }: StreamClients, bucket: string, created: string[]): Promise<void> {
  const found = await s3.send(new HeadBucketCommand({ Bucket: bucket })).catch(unlessMissing('NotFound'));
  if (found) return;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  created.push(`S3 bucket ${bucket}`);
}

const unlessMissing =
  (...names: readonly string[]) =>
  (error: unknown): undefined => {
    if (!(error instanceof Error && names.includes(error.name))) throw error;
    return undefined;
  };
