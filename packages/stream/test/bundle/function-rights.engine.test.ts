import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { awsTarget, deriveIamPolicy, type StreamFunction } from '@headwater/core';
import { startLambda, useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleHandler, type EntryVariable, handlerNeeds } from '../../src/bundle/index.ts';
import { kinesisDelivery } from '../handlers/deliver.ts';
import { shop } from '../handlers/shop-table.ts';
import { type TestTable, testTable } from '../stores/dynamodb-table.ts';
import { type CallRecorder, startRecorder } from './recorded-calls.ts';

// What a function calls, its derived policy allows; and the calls of all functions need all that is allowed.

const aws = useAwsSandbox('rights');
const account = '123456789012';
const region = process.env['AWS_REGION'] ?? 'us-east-1';
const sns = new SNSClient();

let folder = '';
let table: TestTable;
let topicArn = '';
let recorder: CallRecorder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-rights-'));
  await symlink(join(import.meta.dirname, '..', '..', 'node_modules'), join(folder, 'node_modules'));
  table = await testTable();
  topicArn = (await sns.send(new CreateTopicCommand({ Name: `${aws.bucket}-told` }))).TopicArn ?? '';
  recorder = await startRecorder(aws.endpoints.aws, account, region);
});
afterAll(async () => {
  await recorder[Symbol.asyncDispose]();
  await table.drop();
  await sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
  sns.destroy();
  await rm(folder, { recursive: true });
});

const now = Math.floor(Date.now() / 60_000) * 60_000;
const at = (second: number): string => new Date(now - 7_200_000 + second * 1000).toISOString();
const eventOf = (second: number, actor: number, type = 'view', product = 41): string =>
  JSON.stringify({
    ...{ event_time: at(second), event_type: type, product_id: product, price: 12.5 },
    ...{ user_id: actor, session_id: `s${actor}` },
  });

/** A call within a window of the service, of a shard, and one with which the window ends. */
const window = (texts: readonly string[], isLast: boolean, shard = 'shardId-000000000000') => ({
  ...kinesisDelivery(texts, { shard, arrived: now / 1000 }),
  window: { start: new Date(now).toISOString(), end: new Date(now + 60_000).toISOString() },
  ...{ state: {}, shardId: shard },
  eventSourceARN: `arn:aws:kinesis:${region}:${account}:stream/shop-clicks`,
  ...{ isFinalInvokeForWindow: isLast, isWindowTerminatedEarly: false },
});

const hectic = Array.from({ length: 12 }, (_, index) => eventOf(index / 4, 200));
const visits = Array.from({ length: 4 }, (_, actor) => [
  eventOf(actor * 2, actor, 'view', 1),
  eventOf(actor * 2 + 1, actor, 'view', 2),
]).flat();
/** A robot that walks through the catalogue. */
const walk = Array.from({ length: 90 }, (_, index) => eventOf(index, 300, 'view', 1000 + index));
const answer = JSON.stringify({
  ...{ answer_key: `many-actions|7|${at(0)}`, window_start: at(0), window_end: at(10) },
  ...{ actor: 7, actions: 12, threshold: 10 },
});

/** Calls that bring each function to what it can do. */
const deliveries: Readonly<Record<StreamFunction, readonly object[]>> = {
  sessions: [
    kinesisDelivery([eventOf(1, 7), eventOf(2, 7, 'cart'), 'no json', eventOf(3, 8, 'cart')]),
    // A cart of which the session goes on is listed in another place.
    kinesisDelivery([eventOf(5, 7, 'purchase'), eventOf(4000, 8), eventOf(4001, 8, 'cart')], { first: 9 }),
  ],
  alerts: [window([...hectic, 'no json', eventOf(60, 201)], true)],
  detect: [window([...walk, 'no json', eventOf(600, 201)], true)],
  recommend: [window([...visits, 'no json', eventOf(5000, 99)], true)],
  relay: [kinesisDelivery([answer, 'no json'])],
  reminders: [{}],
  transform: [
    { invocationId: '1', region, deliveryStreamArn: 'arn:aws:firehose:x:y:deliverystream/z', records: [] },
  ],
};

const target = () =>
  awsTarget({
    ...{ region, account, database: 'shop', location: aws.location, firstDay: '2026-01-01' },
    stream: {
      ...{ name: 'shop-clicks', sessionsTable: table.table, topicArn, poisonBucket: aws.bucket },
    },
  });

/** Whether a pattern of a policy has a resource. */
const matches = (pattern: string, resource: string): boolean =>
  new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*')}$`).test(resource);

/** What a function called, as `action resource`, each once. */
async function callsOf(name: StreamFunction): Promise<readonly { action: string; resource: string }[]> {
  const { file } = await bundleHandler({
    ...{ handler: name, table: shop, folder: join(folder, name) },
    settings: {
      thresholds: [
        { kind: 'many-actions', of: 'actor', moreThan: 10, within: 10 },
        { kind: 'rush', of: 'product', moreThan: 10, within: 10 },
      ],
      reminders: { viewedTogether: { visits: 2, within: 60, pause: 60 }, abandonedCart: { after: 60 } },
      detection: {},
    },
  });
  const values: Readonly<Partial<Record<EntryVariable, string>>> = {
    HEADWATER_SESSIONS_TABLE: table.table,
    HEADWATER_TOPIC_ARN: topicArn,
    HEADWATER_POISON_BUCKET: aws.bucket,
  };
  const environment = Object.fromEntries(
    handlerNeeds[name].variables.map((variable) => [variable, values[variable] ?? '']),
  );
  recorder.take();
  await using lambda = await startLambda({
    module: file,
    environment: { ...environment, AWS_ENDPOINT_URL: recorder.url },
  });
  for (const delivery of deliveries[name]) await lambda.invoke(delivery);
  return recorder.take();
}

const functions = Object.keys(deliveries) as StreamFunction[];

test.each(functions)('the policy of %s allows what it calls, and little more', async (name) => {
  const { Statement } = deriveIamPolicy([shop.schema], target(), `${name}-function`).policy;
  const calls = await callsOf(name);
  const refused = calls.filter(
    ({ action, resource }) =>
      !Statement.some(
        ({ Action, Resource }) =>
          Action.includes(action) && Resource.some((pattern) => matches(pattern, resource)),
      ),
  );
  expect(refused).toEqual([]);
  const own = Statement.flatMap(({ Action }) => Action).filter((action) =>
    /^(dynamodb|sns|s3):/.test(action),
  );
  const unused = own.filter((action) => !calls.some((call) => call.action === action));
  expect(unused).toEqual(neverHere[name] ?? []);
});

/** What is allowed and not called here: a listed cart is removed where sessions are derived from actors, when a late event joins two of them. */
const neverHere: Readonly<Partial<Record<StreamFunction, readonly string[]>>> = {
  sessions: ['dynamodb:DeleteItem'],
};
