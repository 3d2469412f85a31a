import { randomBytes } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { KinesisClient, type KinesisClientConfig, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect, it } from 'vitest';
import { createStream, queryCall, useAwsSandbox } from '../../src/testing/index.ts';
import { readStream } from './read-stream.ts';

const aws = useAwsSandbox('serial');
const requestHandler = new NodeHttpHandler();
const kinesisOf = (config: KinesisClientConfig = {}) =>
  new KinesisClient({ requestHandler, maxAttempts: 1, ...config });
const dynamodb = new DynamoDBClient({ maxAttempts: 1 });

/** Puts records by concurrent requests, and counts those that the stream then has. */
async function putConcurrently(client: KinesisClient, requests: number, each: number): Promise<number> {
  const StreamName = await createStream(aws.endpoints.aws);
  const numbers = Array.from({ length: requests }, (_, index) => index);
  await Promise.all(
    numbers.map((request) =>
      client.send(
        new PutRecordsCommand({
          StreamName,
          Records: Array.from({ length: each }, (_, index) => ({
            PartitionKey: `${request}-${index}`,
            Data: Buffer.from(`${request}-${index}`),
          })),
        }),
      ),
    ),
  );
  return new Set((await readStream(kinesisOf(), StreamName)).map(({ text }) => text)).size;
}

it('keeps every record of concurrent PutRecords, of which the emulator alone loses some', async () => {
  expect(await putConcurrently(kinesisOf(), 40, 100)).toBe(4000);
  const direct = kinesisOf({ endpoint: aws.endpoints.moto });
  let lost = 0;
  for (let round = 0; round < 20 && lost === 0; round += 1)
    lost += 4000 - (await putConcurrently(direct, 40, 100));
  expect(lost).toBeGreaterThan(0);
});

/** Transactions that each put the same marker, if it is absent, and count: one of them succeeds. */
async function countOnce(TableName: string, transactions: number): Promise<number> {
  const marker = randomBytes(6).toString('hex');
  const counter = { pk: { S: `counter-${marker}` } };
  const outcomes = await Promise.allSettled(
    Array.from({ length: transactions }, () =>
      dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            {
              Put: {
                TableName,
                Item: { pk: { S: marker } },
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
            {
              Update: {
                TableName,
                Key: counter,
                UpdateExpression: 'ADD n :one',
                ExpressionAttributeValues: { ':one': { N: '1' } },
              },
            },
          ],
        }),
      ),
    ),
  );
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: counter }));
  const succeeded = outcomes.filter(({ status }) => status === 'fulfilled').length;
  return Number(Item?.['n']?.N ?? 0) + Math.abs(succeeded - 1);
}

// The emulator alone fails at these now and then: `serial-services.test.ts` shows why.
it('isolates transactions, and applies every ADD', async () => {
  const TableName = `serial-${randomBytes(4).toString('hex')}`;
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  for (let round = 0; round < 5; round += 1) expect(await countOnce(TableName, 20)).toBe(1);
  const Key = { pk: { S: 'sum' } };
  await Promise.all(
    Array.from({ length: 200 }, () =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      ),
    ),
  );
  expect((await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item?.['n']?.N).toBe('200');
  await dynamodb.send(new DeleteTableCommand({ TableName }));
});

it('passes SNS, SQS and CloudWatch', async () => {
  const name = `serial-${randomBytes(4).toString('hex')}`;
  const sns = new SNSClient();
  const sqs = new SQSClient();
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"severity":["high"]}' },
    }),
  );
  for (const severity of ['low', 'high'])
    await sns.send(
      new PublishCommand({
        TopicArn,
        Message: `an alert of ${severity} severity`,
        MessageAttributes: { severity: { DataType: 'String', StringValue: severity } },
      }),
    );
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  expect(Messages?.map(({ Body }) => Body)).toEqual(['an alert of high severity']);
  await queryCall(aws.endpoints.aws, 'monitoring', {
    Action: 'PutMetricData',
    Version: '2010-08-01',
    Namespace: name,
    'MetricData.member.1.MetricName': 'alerts',
    'MetricData.member.1.Value': '1',
  });
});
