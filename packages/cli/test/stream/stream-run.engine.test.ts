import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteStreamCommand } from '@aws-sdk/client-kinesis';
import { DeleteTopicCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { awsTarget } from '@headwater/core';
import type { StreamFigures } from '@headwater/dashboard';
import { verifyLake } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, it } from 'vitest';
import { awsServices } from '../../src/stream/aws/aws-services.ts';
import { openLiveTable } from '../../src/stream/aws/live-table.ts';
import { openStreamClients } from '../../src/stream/aws/stream-clients.ts';
import { pageFigures } from '../../src/stream/page/page-figures.ts';
import { streamIntoLake } from '../../src/stream/run/stream-into-lake.ts';
import { embeddedServices } from '../../src/stream/services/embedded-services.ts';
import type { LiveFigures } from '../../src/stream/view/live-figures.ts';
import { clickstream } from '../../src/template/clickstream.ts';

// HEADWATER_STREAM_AWS_EVENTS=5000 streams more of them.
const events = Number(process.env['HEADWATER_STREAM_AWS_EVENTS'] ?? 250);

const sandbox = useAwsSandbox('stream-run');
const folder = mkdtempSync(join(tmpdir(), 'headwater-stream-aws-'));
const signal = new AbortController().signal;

const target = () =>
  awsTarget({
    ...{ region: 'us-east-1', account: '123456789012', database: sandbox.database },
    ...{ location: sandbox.location, firstDay: '2019-09-01' },
    stream: {
      ...{ name: sandbox.bucket, sessionsTable: sandbox.bucket },
      topicArn: `arn:aws:sns:us-east-1:123456789012:${sandbox.bucket}`,
    },
  });

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const { aws, moto } = sandbox.endpoints;
  const clients = openStreamClients(aws, 'us-east-1');
  const name = sandbox.bucket;
  await clients.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
  await clients.dynamodb.send(new DeleteTableCommand({ TableName: name }));
  await clients.sns.send(new DeleteTopicCommand({ TopicArn: target().stream?.topicArn }));
  await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: `${moto}/123456789012/${name}` }));
  clients.destroy();
});

/** A run, of simulated shoppers with dirt and bots. */
async function run(
  lake: string,
  services: Parameters<typeof streamIntoLake>[0]['services'],
  aws = false,
  onMoment: (figures: LiveFigures) => void = () => undefined,
) {
  const input = {
    kind: 'simulated',
    days: 1,
    start: '2019-10-01',
    seed: 9,
    dirty: 0.05,
    bots: 0.1,
    events,
  } as const;
  const { data, exitCode } = await streamIntoLake({
    ...{
      table: clickstream,
      lake,
      aws: aws ? target() : undefined,
      settings: {},
      speed: Number.POSITIVE_INFINITY,
    },
    ...{ shards: 3, loadEvery: 60, landing: join(folder, 'landing'), signal, services, onMoment },
    hasPage: true,
    given: { input, name: 'test', identity: input },
  });
  expect(exitCode).toBe(0);
  return data;
}

it('a run through Kinesis, DynamoDB, SNS, SQS and S3 has the counts of a run in this process', async () => {
  let shown: LiveFigures | undefined;
  const here = await run(join(folder, 'lake'), embeddedServices, false, (figures) => {
    shown = figures;
  });
  const place = { endpoint: sandbox.endpoints.aws, aws: target(), lake: sandbox.location };
  const there = await run(sandbox.location, (options) => awsServices(place, options), true);
  expect(there.created).toEqual([
    `Kinesis stream ${sandbox.bucket} with 3 shards`,
    `DynamoDB table ${sandbox.bucket}`,
    `SQS queue ${sandbox.bucket}`,
    `subscription of ${sandbox.bucket} to the SNS topic ${sandbox.bucket}`,
  ]);
  expect(there.accounting).toEqual(here.accounting);
  expect(there.live).toEqual(here.live);
  expect(there.incidents).toBe(here.incidents);
  expect(there.reasons).toEqual(here.reasons);

  // Another process reads the table, and shows what the run in this process did.
  const faults: unknown[] = [];
  const onError = (error: unknown): void => void faults.push(error);
  const follower = openLiveTable({
    table: clickstream,
    aws: target(),
    name: undefined,
    sessions: {},
    onError,
  });
  const { promise: followed, resolve } = Promise.withResolvers<StreamFigures>();
  const leave = follower.feed.subscribe(resolve);
  const figures = await Promise.race([followed, setTimeout(20_000)]);
  leave();
  follower.close();
  expect(faults).toEqual([]);
  if (!figures || !shown) throw new Error('no figures');
  const { alerts, hours, newest, ...of } = pageFigures(shown, { isEnded: false, hasRecords: false });
  const { topSellers, funnel, visitors, sessions, openCarts, openCartValue } = of;
  expect(figures).toMatchObject({ topSellers, funnel, visitors, sessions, openCarts, openCartValue });
  expect(figures.newest).toEqual({ time: newest?.time, arrived: newest?.time });
  expect(figures.hours).toEqual(hours.map((hour) => ({ ...hour, visitors: null })));
  expect(new Set(figures.alerts.map(({ title }) => title))).toEqual(
    new Set(alerts.map(({ title }) => title)),
  );
  const verified = await verifyLake({ table: clickstream, lake: sandbox.location, aws: target() });
  expect(verified).toMatchObject({ rows: here.accounting.lake.rows, problems: [] });
}, 120_000);
