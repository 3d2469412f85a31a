import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { deriveFlinkJob } from '@headwater/core';
import { startLambda, useAwsSandbox, useFlink, useKinesisLocal } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleHandler } from '../../src/bundle/index.ts';
import type { KinesisBatchResponse } from '../../src/handlers/index.ts';
import type { Incident } from '../../src/index.ts';
import { kinesisEvent, runEventSource } from '../../src/local/index.ts';
import { createKinesisShardReader } from '../../src/local/kinesis/index.ts';
import { createProducer } from '../../src/producer/index.ts';
import { createDynamodbAlertStore } from '../../src/stores/dynamodb/index.ts';
import { shop } from '../handlers/shop-table.ts';
import { type TestTable, testTable } from '../stores/dynamodb-table.ts';

const aws = useAwsSandbox('topology');
const kinesis = useKinesisLocal();
const flink = useFlink();
const [sns, sqs] = [new SNSClient(), new SQSClient()];

let folder = '';
let live: TestTable;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-topology-'));
  await symlink(join(import.meta.dirname, '..', '..', 'node_modules'), join(folder, 'node_modules'));
  live = await testTable();
});
afterAll(async () => {
  await live.drop();
  sns.destroy();
  sqs.destroy();
  await rm(folder, { recursive: true });
});

/** A queue that gets the messages of a new topic. */
async function topicWithQueue() {
  const name = `topology-${randomBytes(4).toString('hex')}`;
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return {
    topicArn: TopicArn,
    async receive(): Promise<Incident[]> {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      return Messages.map(({ Body }): Incident => JSON.parse(Body ?? ''));
    },
    async drop() {
      await sns.send(new DeleteTopicCommand({ TopicArn }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
  };
}

/** What the connector has to be told of a Kinesis that is not AWS's. */
const place = (url: string) => ({
  'aws.endpoint': url,
  'aws.credentials.provider': 'BASIC',
  'aws.credentials.basic.accesskeyid': 'local',
  'aws.credentials.basic.secretkey': 'local',
  'aws.trust.all.certificates': 'true',
});

test('producer, stream, Flink, stream, Lambda: an actor with more than 10 actions in 10 s is in DynamoDB and on SNS, once', async () => {
  const client = new KinesisClient(kinesis.clientConfig);
  const [clicks, answers] = [await kinesis.createStream(), await kinesis.createStream()];
  const { topicArn, receive, drop } = await topicWithQueue();
  const start = Math.floor(Date.now() / 10_000) * 10_000 - 600_000;

  const producer = createProducer(shop, { streamName: clicks, client });
  const send = async (user: number, seconds: number, count: number) => {
    for (let index = 0; index < count; index += 1)
      await producer.send({
        event_time: new Date(start + seconds * 1000 + index * 100),
        ...{ event_type: 'view', product_id: BigInt(index), price: 12.5, email: null },
        ...{ user_id: BigInt(user), session_id: `s${user}` },
      });
    // The producer keeps the order of one actor alone, and what comes late counts in no window.
    await producer.flush();
  };
  await send(1, 0, 12);
  await send(2, 1, 10); // at the threshold, and not beyond it
  await send(3, 2, 25);
  await send(1, 10, 14); // the next window of the same actor
  await send(4, 300, 1); // time goes on
  await producer.close();

  const region = 'us-east-1';
  const sink = {
    ...place(kinesis.url),
    'sink.http-client.protocol.version': 'HTTP1_1',
    'sink.flush-buffer.timeout': '200',
  };
  const { settings, statements, inserts } = deriveFlinkJob(shop.schema, {
    source: { connector: 'kinesis-legacy', stream: clicks, region, from: 'TRIM_HORIZON' },
    connectorOptions: { ...place(kinesis.url), 'scan.shard.getrecords.intervalmillis': '200' },
    sink: () => ({ connector: 'kinesis-legacy', stream: answers, region }),
    sinkConnectorOptions: sink,
    questions: ['many-actions'],
    idleSeconds: 1,
  });
  const job = await flink.start([
    ...Object.entries(settings).map(([name, value]) => `SET '${name}' = '${value}'`),
    ...[...statements, ...inserts].map(({ sql }) => sql),
  ]);

  const { file } = await bundleHandler({ handler: 'relay', table: shop, folder: join(folder, 'relay') });
  await using lambda = await startLambda({
    module: file,
    environment: {
      HEADWATER_SESSIONS_TABLE: live.table,
      HEADWATER_POISON_BUCKET: aws.bucket,
      HEADWATER_TOPIC_ARN: topicArn,
    },
  });
  const { StreamDescriptionSummary } = await client.send(
    new DescribeStreamSummaryCommand({ StreamName: answers }),
  );
  const found: Record<string, unknown>[] = [];
  const drain = new AbortController();
  const failed = job.answers.then(
    () => drain.abort(),
    (error: unknown) => {
      drain.abort();
      return error;
    },
  );
  let invocations = 0;
  const report = await runEventSource({
    reader: createKinesisShardReader({ client, streamArn: StreamDescriptionSummary?.StreamARN ?? '' }),
    ...{ batchSize: 10, idleMs: 100, retryMs: 1, reportBatchItemFailures: true, drain: drain.signal },
    async handler(delivered) {
      const answer = await lambda.invoke(kinesisEvent(delivered));
      invocations += 1;
      if (invocations === 1) throw new Error('the answer was lost');
      found.push(...delivered.records.map(({ data }) => JSON.parse(Buffer.from(data).toString())));
      if (found.length >= 3) drain.abort();
      return answer as KinesisBatchResponse;
    },
  });
  await job.stop();
  expect(await failed).toBeUndefined();
  expect(report.retries).toBe(1);

  const instant = (seconds: number) => new Date(start + seconds * 1000).toISOString().replace('.000Z', 'Z');
  const text = (seconds: number) => instant(seconds).replace('T', ' ').replace('Z', '.000');
  const answer = (actor: number, seconds: number, actions: number) => ({
    ...{ answer_key: `many-actions|${actor}|${text(seconds)}`, actor, actions, threshold: 10 },
    ...{ window_start: instant(seconds), window_end: instant(seconds + 10) },
  });
  const order = (one: Record<string, unknown>) => String(one['answer_key']);
  expect(found.toSorted((one, other) => order(one).localeCompare(order(other)))).toEqual([
    answer(1, 0, 12),
    answer(1, 10, 14),
    answer(3, 0, 25),
  ]);

  const store = createDynamodbAlertStore({ name: shop.schema.name }, live);
  const incidentOf = (subject: string) =>
    store.latest({ kind: 'many-actions', subjectType: 'actor', subject }, new Date());
  expect(await incidentOf('1')).toMatchObject({
    incident: { state: 'open', seen: 14, expected: 10 },
    told: 1,
  });
  expect(await incidentOf('2')).toBeUndefined();
  expect(await incidentOf('3')).toMatchObject({ incident: { seen: 25, score: 2.5 }, told: 1 });
  const told = (await receive()).map(({ kind, subject, state }) => `${kind} ${subject} ${state}`);
  expect(told.sort()).toEqual(['many-actions 1 open', 'many-actions 3 open']);
  await drop();
  client.destroy();
});
