import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { awsTarget, deriveLoadPipeline, deriveSparkJob } from '@headwater/core';
import { fileSchema, readLakeState, sparkJobPlace } from '@headwater/core/internal';
import {
  jsonCall,
  putObject,
  queryCall,
  useAwsSandbox,
  useStateMachines,
} from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { beforeAll, expect, test } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { sparkCommitPlan } from '../src/load/spark/commit-plan.ts';
import { sparkPlan } from '../src/load/spark/spark-plan.ts';
import { sparkScripts } from '../src/load/spark/spark-scripts.ts';
import { events, temporaryFolder, writeLines } from './events-fixture.ts';

// Everything runs: the derived state machine on an interpreter, its jobs on the local Spark and Python, with S3 of the emulator.

const aws = useAwsSandbox('load-pipeline');
const stateMachines = useStateMachines(() => aws.endpoints.aws);
const account = '123456789012';
const landing = () => `${aws.bucket}/landing`;
const inbox = () => `${aws.endpoints.aws}/${account}/${aws.bucket}-inbox`;

const call = (service: string, target: string, input: object) =>
  jsonCall(service === 'states' ? stateMachines.url : aws.endpoints.aws, service, target, input);

const upload = async (uri: string, path: string) =>
  putObject(aws.endpoints.aws, uri.slice('s3://'.length), await readFile(path, 'utf8'));

beforeAll(async () => {
  const target = awsTarget({
    region: 'us-east-1',
    account,
    database: aws.database,
    location: aws.location,
    firstDay: '2019-10-01',
  });
  const { scripts, plans } = sparkJobPlace(aws.location, 'events');
  const { main, modules, verify } = sparkScripts();
  for (const path of [main, ...modules, verify]) await upload(`${scripts}/${basename(path)}`, path);
  const plan = {
    ...sparkPlan(events.schema, fileSchema(events.schema, undefined), {
      inputs: [],
      targetBytes: 1e8,
      maxQuarantine: 0.5,
    }),
    lake: aws.location,
    manifest: sparkCommitPlan(
      events.schema,
      await readLakeState(openLakeStore(aws.location), 'events'),
      aws.location,
    ),
  };
  await putObject(aws.endpoints.aws, `${plans}/plan.json`.slice('s3://'.length), JSON.stringify(plan));
  const { job } = deriveSparkJob(events.schema, target);
  await call('glue', 'AWSGlue.CreateJob', job);
  const calls = deriveLoadPipeline(events.schema, target, {
    landing: `s3://${landing()}/`,
    name: aws.bucket,
    retryWaits: [1],
  });
  const inputOf = (operation: string) =>
    calls.find((one) => one.operation === operation)?.input ?? expect.unreachable();
  await call('glue', 'AWSGlue.CreateJob', inputOf('CreateJob'));
  await call('sqs', 'AmazonSQS.CreateQueue', inputOf('CreateQueue'));
  await call('states', 'AWSStepFunctions.CreateStateMachine', inputOf('CreateStateMachine'));
  await queryCall(aws.endpoints.aws, 'sns', { Action: 'CreateTopic', Name: `${aws.bucket}-loads` });
  await call('sqs', 'AmazonSQS.CreateQueue', { QueueName: `${aws.bucket}-inbox` });
  await queryCall(aws.endpoints.aws, 'sns', {
    Action: 'Subscribe',
    TopicArn: `arn:aws:sns:us-east-1:${account}:${aws.bucket}-loads`,
    Protocol: 'sqs',
    Endpoint: `arn:aws:sqs:us-east-1:${account}:${aws.bucket}-inbox`,
  });
});

/** Runs an execution to its end, and gives its status with the messages that subscribers of the topic got. */
async function execute(): Promise<{ status: unknown; messages: Record<string, unknown>[] }> {
  const name = randomUUID();
  const stateMachineArn = `arn:aws:states:us-east-1:${account}:stateMachine:${aws.bucket}-load`;
  const { executionArn } = await call('states', 'AWSStepFunctions.StartExecution', { stateMachineArn, name });
  for (;;) {
    const { status } = await call('states', 'AWSStepFunctions.DescribeExecution', { executionArn });
    if (status !== 'RUNNING') return { status, messages: await messages() };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function messages(): Promise<Record<string, unknown>[]> {
  const QueueUrl = inbox();
  const { Messages = [] } = await call('sqs', 'AmazonSQS.ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
  });
  const taken = Messages as { Body: string; ReceiptHandle: string }[];
  for (const { ReceiptHandle } of taken)
    await call('sqs', 'AmazonSQS.DeleteMessage', { QueueUrl, ReceiptHandle });
  return taken.map(({ Body }) => JSON.parse(JSON.parse(Body).Message));
}

/** The age of the newest event, as the state machine wrote it. */
async function newestEventAge(): Promise<number> {
  const answer = await queryCall(aws.endpoints.aws, 'monitoring', {
    Action: 'GetMetricStatistics',
    Namespace: 'Headwater/Lake',
    MetricName: 'NewestEventAge',
    'Dimensions.member.1.Name': 'database',
    'Dimensions.member.1.Value': aws.database,
    'Dimensions.member.2.Name': 'table',
    'Dimensions.member.2.Value': 'events',
    StartTime: new Date(Date.now() - 3_600_000).toISOString(),
    EndTime: new Date(Date.now() + 3_600_000).toISOString(),
    Period: '86400',
    'Statistics.member.1': 'Minimum',
  });
  return Number(/<Minimum>([^<]+)<\/Minimum>/.exec(answer)?.[1]);
}

/** Lines of events of two days; each 50th has a price that is none. */
const lines = (count: number, offset = 0): string[] =>
  Array.from({ length: count }, (_, index) => {
    const n = index + offset;
    return JSON.stringify({
      event_time: new Date(Date.UTC(2019, 9, 1) + n * 60_000).toISOString(),
      event_type: ['view', 'cart', 'purchase'][n % 3],
      product_id: n % 97,
      price: n % 50 === 49 ? 'a lot' : (n % 500) / 4,
      user_id: n,
    });
  });

const land = (key: string, rows: readonly string[]) =>
  putObject(aws.endpoints.aws, `${landing()}/${key}`, `${rows.join('\n')}\n`);

// A run of Spark takes half a minute, and two where the processors are busy.
const patience = 900_000;

test('what lands is loaded, verified and told, once, as DuckDB loads it', { timeout: patience }, async () => {
  const [first, second] = [lines(1000), lines(1000, 900)];
  await land('2019/10/a.jsonl', first);
  await land('2019/10/_SUCCESS', []);
  const loaded = await execute();
  expect(loaded.status).toBe('SUCCEEDED');
  // The newest event is that of the last minute of the file.
  const newest = Date.UTC(2019, 9, 1) + 999 * 60_000;
  expect(Math.abs((await newestEventAge()) - (Date.now() - newest) / 1000)).toBeLessThan(patience / 1000);
  expect(loaded.messages).toMatchObject([
    {
      outcome: 'loaded',
      sequence: 1,
      rowsIn: 1000,
      rowsOut: 980,
      duplicates: 0,
      quarantined: 20,
      filtered: 0,
      attempts: 1,
    },
  ]);

  // Nothing new: the object is known by its listing, and nobody is told.
  expect(await execute()).toEqual({ status: 'SUCCEEDED', messages: [] });

  // It overlaps the first.
  await land('2019/10/b.jsonl', second);
  const more = await execute();
  expect(more.status).toBe('SUCCEEDED');
  expect(more.messages).toMatchObject([
    { outcome: 'loaded', sequence: 2, rowsIn: 1000, rowsOut: 882, duplicates: 98, quarantined: 20 },
  ]);

  // The same files by DuckDB.
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  for (const [name, rows] of [
    ['a.jsonl', first],
    ['b.jsonl', second],
  ] as const)
    await loadEvents({
      table: events,
      lake,
      inputs: [await writeLines(folder, name, rows)],
      maxQuarantine: 0.5,
    });
  const rowsByDay = async (place: string) => {
    const { files, quarantineFiles } = await readLakeState(openLakeStore(place), 'events');
    const days = Object.groupBy(files, ({ day }) => day);
    const sum = (some: readonly { rows: number }[] = []) => some.reduce((total, { rows }) => total + rows, 0);
    return {
      days: Object.fromEntries(Object.entries(days).map(([day, some]) => [day, sum(some)])),
      quarantined: sum(quarantineFiles),
    };
  };
  expect(await rowsByDay(aws.location)).toEqual(await rowsByDay(lake));
  expect(await verifyLake({ table: events, lake: aws.location })).toMatchObject({ ok: true, rows: 1862 });
  // A load by DuckDB knows the objects as well.
  const again = await loadEvents({
    table: events,
    lake: aws.location,
    inputs: [`s3://${landing()}/`],
    workFolder: join(folder, 'work'),
  });
  expect(again.inputs.map(({ skipped }) => skipped)).toEqual([true, true]);
});

test('a load that is refused is told with its counts, and not repeated', { timeout: patience }, async () => {
  await land(
    'bad/c.jsonl',
    lines(10, 5000).map((line) => line.replace(/"price":[^,]*/, '"price":"user@example.com"')),
  );
  const { status, messages: told } = await execute();
  expect(status).toBe('FAILED');
  expect(told).toMatchObject([
    {
      outcome: 'failed',
      code: 'QUARANTINE_EXCEEDED',
      attempts: 1,
      rowsIn: 10,
      quarantined: 10,
      reasons: { 'price:not_a_decimal': 10 },
    },
  ]);
  expect(JSON.stringify(told)).not.toContain('user@example.com');
});
