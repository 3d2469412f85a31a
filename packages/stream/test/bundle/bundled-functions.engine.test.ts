import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStreamSummaryCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  type LocalLambda,
  orderThrottling,
  startLambda,
  useAwsSandbox,
  useKinesisLocal,
} from '@headwater/local-aws/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bundleHandler } from '../../src/bundle/index.ts';
import type { KinesisBatchResponse } from '../../src/handlers/index.ts';
import { createRecordReader, type LiveSession, reduceSessions, sessionRules } from '../../src/index.ts';
import { kinesisEvent, runEventSource } from '../../src/local/index.ts';
import { createKinesisShardReader } from '../../src/local/kinesis/index.ts';
import { createDynamodbStore } from '../../src/stores/dynamodb/index.ts';
import { kinesisDelivery, sequenceNumberOf } from '../handlers/deliver.ts';
import { shop } from '../handlers/shop-table.ts';
import { type TestTable, testTable } from '../stores/dynamodb-table.ts';

const aws = useAwsSandbox('functions');
const kinesis = useKinesisLocal();
const s3 = new S3Client();

let folder = '';
let table: TestTable;
let sessions: LocalLambda;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-functions-'));
  // The clients of AWS are outside the bundle, where the runtime of Lambda has them.
  await symlink(join(import.meta.dirname, '..', '..', 'node_modules'), join(folder, 'node_modules'));
  table = await testTable();
  const { file } = await bundleHandler({
    handler: 'sessions',
    table: shop,
    folder: join(folder, 'sessions'),
  });
  sessions = await startLambda({
    module: file,
    environment: { HEADWATER_SESSIONS_TABLE: table.table, HEADWATER_POISON_BUCKET: aws.bucket },
  });
});
const throttleWrites = (count: number) =>
  orderThrottling(aws.endpoints.aws, { service: 'DynamoDB', operation: 'TransactWriteItems', count });
afterEach(() => throttleWrites(0));
afterAll(async () => {
  await sessions[Symbol.asyncDispose]();
  await table.drop();
  s3.destroy();
  await rm(folder, { recursive: true });
});

// The start of a minute, so that what happens within ten seconds is in one window of ten seconds.
const now = Math.floor(Date.now() / 60_000) * 60_000;
const eventOf = (second: number, actor: number, type = 'view'): string =>
  JSON.stringify({
    event_time: new Date(now - 600_000 + second * 1000).toISOString(),
    ...{ event_type: type, product_id: 41, price: 12.5, user_id: actor, session_id: `s${actor}` },
  });
const carts = async () => {
  const { count, value } = await createDynamodbStore(sessionRules(shop), table).openCarts(new Date(now));
  return { count, value };
};

/** The metrics of the last invocation, and how many lines of them there were. */
function takeMetrics(lambda: LocalLambda): { lines: number; last: Record<string, unknown> } {
  const lines = lambda.takeLines().map((line) => JSON.parse(line));
  const metrics = lines.filter((line) => '_aws' in line);
  return { lines: metrics.length, last: metrics.at(-1) };
}

const delivery = kinesisDelivery([eventOf(1, 7), eventOf(2, 7, 'cart'), 'no json', eventOf(3, 8, 'cart')]);

test('a delivery reaches the table, and its poison the bucket', async () => {
  expect(await sessions.invoke(delivery)).toEqual({ batchItemFailures: [] });
  expect(await carts()).toEqual({ count: 2, value: '25.00' });
  expect(takeMetrics(sessions)).toMatchObject({
    lines: 1,
    last: {
      service: 'sessions',
      table: 'shop_events',
      Records: 4,
      Applied: 3,
      Poison: 1,
      Sessions: 2,
      ColdStart: 1,
    },
  });
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: 'poison/' }),
  );
  expect(Contents).toHaveLength(1);
  const object = await s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key: Contents[0]?.Key }));
  expect(JSON.parse((await object.Body?.transformToString()) ?? '')).toMatchObject({
    sequenceNumber: sequenceNumberOf(3),
    reasons: [{ column: null, code: 'not_json' }],
    data: Buffer.from('no json').toString('base64'),
  });
});

test('a delivery that is repeated, in part and in another order, changes nothing', async () => {
  const [first, ...others] = delivery.Records;
  expect(await sessions.invoke({ Records: others.toReversed() })).toEqual({ batchItemFailures: [] });
  expect(await sessions.invoke({ Records: [first] })).toEqual({ batchItemFailures: [] });
  expect(takeMetrics(sessions)).toMatchObject({ lines: 2, last: { Records: 1, Applied: 0, Repeated: 1 } });
  expect(await carts()).toEqual({ count: 2, value: '25.00' });
});

test('a throttled table: the lowest record that was not processed is delivered again', async () => {
  const next = kinesisDelivery([eventOf(5, 9, 'cart'), eventOf(6, 10, 'cart'), 'no json'], { first: 9 });
  await using hurried = await startLambda({
    module: join(folder, 'sessions', 'index.mjs'),
    environment: { HEADWATER_SESSIONS_TABLE: table.table, HEADWATER_POISON_BUCKET: aws.bucket },
    timeoutSeconds: 6,
  });
  await throttleWrites(100_000);
  expect(await hurried.invoke(next)).toEqual({
    batchItemFailures: [{ itemIdentifier: sequenceNumberOf(9) }],
  });
  expect(takeMetrics(hurried)).toMatchObject({ lines: 1, last: { Applied: 0, Unprocessed: 3, Poison: 0 } });
  await throttleWrites(0);
  // What was begun may go on meanwhile: each event counts once all the same.
  expect(await sessions.invoke(next)).toEqual({ batchItemFailures: [] });
  expect(await carts()).toEqual({ count: 4, value: '50.00' });
  const { lines, last } = takeMetrics(sessions);
  expect({ lines, poison: last['Poison'] }).toEqual({ lines: 1, poison: 1 });
  expect(Number(last['Applied']) + Number(last['Repeated'])).toBe(2);
});

test('an event source over Kinesis: lost answers and a poison record leave the sessions of the reducer', async () => {
  const client = new KinesisClient(kinesis.clientConfig);
  const StreamName = await kinesis.createStream(2);
  const types = ['view', 'cart', 'view', 'remove_from_cart', 'purchase'];
  const texts = Array.from({ length: 60 }, (_, index) =>
    eventOf(index, 100 + (index % 6), types[index % types.length]),
  );
  // The first ones are sent twice, as a producer does whose answer was lost.
  const sent = [...texts.slice(0, 10), 'no json', ...texts];
  await client.send(
    new PutRecordsCommand({
      StreamName,
      Records: sent.map((text) => ({
        Data: Buffer.from(text),
        PartitionKey: /"user_id":(\d+)/.exec(text)?.[1] ?? 'none',
      })),
    }),
  );
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
  sessions.takeLines();
  let invocations = 0;
  const report = await runEventSource({
    reader: createKinesisShardReader({ client, streamArn: StreamDescriptionSummary?.StreamARN ?? '' }),
    ...{ batchSize: 15, idleMs: 20, retryMs: 1, reportBatchItemFailures: true, drain: AbortSignal.abort() },
    async handler(delivered) {
      invocations += 1;
      const answer = await sessions.invoke(kinesisEvent(delivered));
      if (invocations % 3 === 2) throw new Error('the answer was lost');
      return answer as KinesisBatchResponse;
    },
  });
  expect(report).toMatchObject({ records: sent.length, givenUp: 0 });
  expect(report.retries).toBeGreaterThan(0);

  const rules = sessionRules(shop);
  const read = createRecordReader(shop);
  const events = texts.map((text, index) => read({ data: Buffer.from(text), sequenceNumber: String(index) }));
  const expected = reduceSessions(
    rules,
    events.filter((one) => one.kind === 'event'),
  );
  const live = createDynamodbStore(rules, table);
  const found: (LiveSession | undefined)[] = [];
  for (const { session } of expected.sessions) found.push(await live.session(session, new Date(now)));
  expect(expected.sessions).toHaveLength(6);
  expect(found).toEqual(expected.sessions);
  expect(takeMetrics(sessions).lines).toBe(report.invocations);
  client.destroy();
});

test('the alerts bundle tells an incident, and returns the state of its window', async () => {
  const sns = new SNSClient();
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `${aws.bucket}-alerts` }));
  const { file } = await bundleHandler({ handler: 'alerts', table: shop, folder: join(folder, 'alerts') });
  await using lambda = await startLambda({
    module: file,
    environment: {
      HEADWATER_SESSIONS_TABLE: table.table,
      HEADWATER_POISON_BUCKET: aws.bucket,
      HEADWATER_TOPIC_ARN: TopicArn,
    },
  });
  // More than ten actions in ten seconds, and one later, by which the ten seconds have ended.
  const hectic = Array.from({ length: 12 }, (_, index) => eventOf(index / 4, 200));
  const window = {
    window: { start: new Date(now).toISOString(), end: new Date(now + 60_000).toISOString() },
    ...{ state: {}, shardId: 'shardId-000000000000', eventSourceARN: delivery.Records[0]?.eventSourceARN },
    ...{ isFinalInvokeForWindow: false, isWindowTerminatedEarly: false },
  };
  const answer = await lambda.invoke({
    ...kinesisDelivery([...hectic, eventOf(60, 201)], { arrived: now / 1000 }),
    ...window,
  });
  expect(answer).toMatchObject({ batchItemFailures: [], state: { stamp: sequenceNumberOf(13) } });
  expect(takeMetrics(lambda)).toMatchObject({
    lines: 1,
    last: { service: 'alerts', Incidents: 1, Notices: 1 },
  });
  await sns.send(new DeleteTopicCommand({ TopicArn }));
  sns.destroy();
});

test('a function without its table does not start, and says what it lacks', async () => {
  await using lambda = await startLambda({ module: join(folder, 'sessions', 'index.mjs') });
  await expect(lambda.invoke(delivery)).rejects.toThrow('HEADWATER_SESSIONS_TABLE');
});
