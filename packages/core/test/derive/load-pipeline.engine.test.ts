import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  jsonCall,
  putObject,
  queryCall,
  useAwsSandbox,
  useStateMachines,
} from '@headwater/local-aws/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lakeMetrics } from '../../src/derive/load-pipeline/lake-metrics.ts';
import { type AwsTarget, awsTarget, deriveLoadPipeline, deriveLoadStateMachine } from '../../src/index.ts';
import { type GlueOutcome, type GlueProgram, type GlueRun, GlueRuns } from '../support/glue-runs.ts';
import { botocoreProblems, hasBotocore } from './aws-requests.ts';
import { shopEvents } from './shop-events.ts';

// The derived state machine runs on an interpreter. Runs of jobs are programs of the tests here; everything else is the stand-in's.

const aws = useAwsSandbox('pipeline');
const glue = new GlueRuns(() => aws.endpoints.aws);
let services = '';
beforeAll(async () => {
  services = await glue.listen();
});
afterAll(() => glue.close());
const stateMachines = useStateMachines(() => services);

const schema = shopEvents.schema;
const options = () => ({
  landing: `s3://${aws.bucket}/landing/`,
  name: aws.bucket,
  retryWaits: [1, 1],
});
let target: AwsTarget;
const account = '123456789012';
const queueUrl = (name: string) => `${services}/${account}/${name}`;

const mayLack = process.env['HEADWATER_ENGINES'] !== 'all';
const lacksBotocore = mayLack && !hasBotocore();

beforeAll(async () => {
  target = awsTarget({
    region: 'us-east-1',
    account,
    database: aws.database,
    location: aws.location,
    firstDay: '2019-10-01',
  });
  if (lacksBotocore) return;
  process.env['AWS_ENDPOINT_URL_SFN'] = stateMachines.url;
  expect(botocoreProblems(deriveLoadPipeline(schema, target, options()), 'send')).toEqual([]);
  await jsonCall(services, 'sqs', 'AmazonSQS.CreateQueue', { QueueName: `${aws.bucket}-inbox` });
  await queryCall(services, 'sns', {
    Action: 'Subscribe',
    TopicArn: `arn:aws:sns:us-east-1:${account}:${aws.bucket}-loads`,
    Protocol: 'sqs',
    Endpoint: `arn:aws:sqs:us-east-1:${account}:${aws.bucket}-inbox`,
  });
});

beforeEach(async () => {
  glue.started.length = 0;
  for (const name of ['inbox']) await take(`${aws.bucket}-${name}`);
});

/** What a pipe of EventBridge gives: a list of the messages of a batch. */
const pipeInput = JSON.stringify([
  { messageId: '1', body: '{"table":"shop_events"}', eventSource: 'aws:sqs' },
]);

/** Runs an execution to its end. */
async function execute(
  name = `${aws.bucket}-load`,
): Promise<{ status: string; error?: string; arn: string }> {
  const states = (operation: string, input: object) =>
    jsonCall(stateMachines.url, 'states', `AWSStepFunctions.${operation}`, input);
  const { executionArn: arn } = await states('StartExecution', {
    stateMachineArn: `arn:aws:states:us-east-1:${account}:stateMachine:${name}`,
    input: pipeInput,
    // Step Functions names an execution itself; the interpreter does not.
    name: randomUUID(),
  });
  for (;;) {
    const { status, error } = await states('DescribeExecution', { executionArn: arn });
    if (status !== 'RUNNING')
      return { status: String(status), arn: String(arn), ...(error ? { error: String(error) } : {}) };
    await pause(100);
  }
}

/** The messages that a queue delivers, taken out of it. */
async function take(queue: string): Promise<{ body: string }[]> {
  const { Messages = [] } = await jsonCall(services, 'sqs', 'AmazonSQS.ReceiveMessage', {
    QueueUrl: queueUrl(queue),
    MaxNumberOfMessages: 10,
  });
  const taken = (Messages as { Body: string; ReceiptHandle: string }[]).map(({ Body, ReceiptHandle }) => ({
    body: Body,
    ReceiptHandle,
  }));
  for (const { ReceiptHandle } of taken)
    await jsonCall(services, 'sqs', 'AmazonSQS.DeleteMessage', { QueueUrl: queueUrl(queue), ReceiptHandle });
  return taken;
}

/** The messages that a subscriber of the topic got. */
async function messages(): Promise<{ outcome: string; message: Record<string, unknown>; text: string }[]> {
  return (await take(`${aws.bucket}-inbox`)).map(({ body }) => {
    const { Message, MessageAttributes } = JSON.parse(body);
    return { outcome: MessageAttributes.outcome.Value, message: JSON.parse(Message), text: body };
  });
}

const counts = {
  rowsIn: 10,
  rowsOut: 7,
  duplicates: 1,
  quarantined: 2,
  reasons: { 'price:not_a_number': 2 },
};
const committed = { status: 'committed', sequence: 4, runId: 'r', ...counts };

/** The sums of the metrics of the table that were written. */
async function measured(): Promise<Record<string, number>> {
  const sums = await Promise.all(
    Object.keys(lakeMetrics).map(async (MetricName) => {
      const answer = await queryCall(services, 'monitoring', {
        Action: 'GetMetricStatistics',
        Namespace: 'Headwater/Lake',
        MetricName,
        'Dimensions.member.1.Name': 'database',
        'Dimensions.member.1.Value': aws.database,
        'Dimensions.member.2.Name': 'table',
        'Dimensions.member.2.Value': schema.name,
        StartTime: new Date(Date.now() - 3_600_000).toISOString(),
        EndTime: new Date(Date.now() + 3_600_000).toISOString(),
        Period: '86400',
        'Statistics.member.1': 'Sum',
      });
      const sum = /<Sum>([^<]+)<\/Sum>/.exec(answer)?.[1];
      return sum === undefined ? [] : [[MetricName, Number(sum)] as const];
    }),
  );
  return Object.fromEntries(sums.flat());
}

/** Writes the result of a run where its argument says. */
const report = ({ arguments: { '--result': place = '' } }: GlueRun, result: object | string) =>
  putObject(
    services,
    place.slice('s3://'.length),
    typeof result === 'string' ? result : JSON.stringify(result),
  );

/** A program that reports a result and ends. */
const reporting =
  (result: object | string, outcome: GlueOutcome = 'SUCCEEDED'): GlueProgram =>
  async (run) => {
    await report(run, result);
    return outcome;
  };

/** A program for the loading job; the verifying job succeeds unless it has one. */
const programs =
  (load: GlueProgram, verify: GlueProgram = () => 'SUCCEEDED'): GlueProgram =>
  (run) =>
    run.job.endsWith('-verify') ? verify(run) : load(run);

const runsOf = (ending: string) => glue.started.filter(({ job }) => job.endsWith(ending));

describe.skipIf(lacksBotocore)('an execution', () => {
  test('loads, verifies the commit and says so, with the counts of the run', async () => {
    glue.program = programs(reporting({ ...committed, newestEventAge: 7200, message: 'user@example.com' }));
    const { status, arn } = await execute();
    expect(status).toBe('SUCCEEDED');
    expect(await measured()).toEqual({
      ...{ RowsIn: 10, RowsOut: 7, Duplicates: 1, Quarantined: 2, Filtered: 0, NewestEventAge: 7200 },
    });
    const [load, verify, ...others] = glue.started;
    expect(others).toEqual([]);
    expect(load?.job).toBe(`headwater-${aws.database}-shop_events`);
    expect(JSON.parse(load?.arguments['--inputs'] ?? '')).toEqual([`s3://${aws.bucket}/landing/`]);
    const execution = arn.split(':').at(-1);
    const results = `${aws.location}/_headwater/shop_events/jobs/results/${execution}`;
    expect(load?.arguments['--result']).toBe(`${results}-0.json`);
    expect(verify?.arguments).toEqual({ '--sequence': '4', '--result': `${results}-verification.json` });
    const [only, ...more] = await messages();
    expect(more).toEqual([]);
    expect(only?.outcome).toBe('loaded');
    expect(only?.message).toEqual({
      table: 'shop_events',
      landing: `s3://${aws.bucket}/landing/`,
      outcome: 'loaded',
      sequence: 4,
      ...counts,
      filtered: 0,
      attempts: 1,
      execution: arn,
    });
    expect(only?.text).not.toContain('user@example.com');
  });

  test('ends in silence when the lake has everything', async () => {
    glue.program = reporting({ status: 'skipped', ...counts });
    expect(await execute()).toMatchObject({ status: 'SUCCEEDED' });
    expect(glue.started.length).toBe(1);
    expect(await messages()).toEqual([]);
  });

  test('repeats a run that failed, each with a result of its own', async () => {
    glue.program = programs((run) => (run.number < 3 ? 'FAILED' : reporting(committed)(run)));
    expect(await execute()).toMatchObject({ status: 'SUCCEEDED' });
    const results = runsOf('shop_events').map((run) => run.arguments['--result']);
    expect(results.map((place) => place?.slice(-6))).toEqual(['0.json', '1.json', '2.json']);
    expect(await measured()).toMatchObject({ RepeatedRuns: 2 });
    expect(await messages()).toMatchObject([{ outcome: 'loaded', message: { attempts: 3, ...counts } }]);
  });

  const failed = { status: 'FAILED', error: 'LoadFailed' };
  const without = { rowsIn: null, rowsOut: null, duplicates: null, quarantined: null, reasons: {} };

  test('gives up after the last repetition, and publishes neither the cause nor the text of Glue', async () => {
    glue.program = () => 'FAILED';
    expect(await execute()).toMatchObject(failed);
    expect(glue.started.length).toBe(3);
    const [only] = await messages();
    expect(only).toMatchObject({
      outcome: 'failed',
      message: { code: 'NO_RESULT', attempts: 3, ...without },
    });
    expect(only?.text).not.toContain('user@example.com');
  });

  test('does not repeat a load that was refused', async () => {
    const refused = { status: 'failed', code: 'QUARANTINE_EXCEEDED', retryable: false, ...counts };
    glue.program = reporting({ ...refused, message: 'user@example.com' }, 'FAILED');
    expect(await execute()).toMatchObject(failed);
    expect(glue.started.length).toBe(1);
    const [only] = await messages();
    expect(only?.message).toMatchObject({ code: 'QUARANTINE_EXCEEDED', attempts: 1, ...counts });
    expect(only?.text).not.toContain('user@example.com');
  });

  test('does not repeat a run that Glue ended for its time', async () => {
    glue.program = () => 'TIMEOUT';
    expect(await execute()).toMatchObject(failed);
    expect(glue.started.length).toBe(1);
    expect(await messages()).toMatchObject([{ message: { code: 'TIMEOUT', attempts: 1, ...without } }]);
  });

  test('ends when a run does not, although Glue should have ended it', async () => {
    const definition = structuredClone(deriveLoadStateMachine(schema, target, options()));
    const { Load } = definition.States;
    if (Load?.Type !== 'Task') throw new Error('no task');
    const States = { ...definition.States, Load: { ...Load, TimeoutSeconds: 2 } };
    await jsonCall(stateMachines.url, 'states', 'AWSStepFunctions.CreateStateMachine', {
      name: `${aws.bucket}-short`,
      roleArn: `arn:aws:iam::${account}:role/${aws.bucket}-load`,
      definition: JSON.stringify({ ...definition, States }),
    });
    let end: (outcome: 'FAILED') => void = () => {};
    glue.program = () => new Promise((resolve) => (end = resolve));
    expect(await execute(`${aws.bucket}-short`)).toMatchObject(failed);
    end('FAILED');
    expect(await messages()).toMatchObject([{ message: { code: 'TIMEOUT' } }]);
  });

  test('asks for another one while a run is active, and starts none', async () => {
    let end: (outcome: 'SUCCEEDED') => void = () => {};
    glue.program = (run) =>
      new Promise((resolve) => {
        end = async (outcome) => {
          await report(run, { status: 'skipped' });
          resolve(outcome);
        };
      });
    const first = execute();
    while (glue.started.length === 0) await pause(50);
    const before = await waiting();
    expect(await Promise.all([execute(), execute()])).toMatchObject([
      { status: 'SUCCEEDED' },
      { status: 'SUCCEEDED' },
    ]);
    expect(glue.started.length).toBe(1);
    // Two executions asked; the queue has one message for both.
    expect(before).toBe(0);
    expect(await waiting()).toBe(1);
    end('SUCCEEDED');
    expect(await first).toMatchObject({ status: 'SUCCEEDED' });
    expect(await messages()).toEqual([]);
  });

  test('starts a run again that Glue refused for the moment', async () => {
    let refusals = 1;
    glue.program = programs(reporting(committed));
    const { program } = glue;
    glue.program = (run) => (refusals-- > 0 ? { refused: 'ThrottlingException' } : program(run));
    expect(await execute()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await messages()).toMatchObject([{ outcome: 'loaded', message: { attempts: 1 } }]);
  });

  test('verifies a commit whose run failed afterwards', async () => {
    glue.program = programs(reporting(committed, 'FAILED'));
    expect(await execute()).toMatchObject({ status: 'SUCCEEDED' });
    expect(runsOf('-verify').length).toBe(1);
    expect(await messages()).toMatchObject([{ outcome: 'loaded', message: { sequence: 4 } }]);
  });

  test('takes a result that is no JSON for none', async () => {
    glue.program = reporting('{"status": "comm');
    expect(await execute()).toMatchObject(failed);
    expect(await messages()).toMatchObject([{ message: { code: 'NO_RESULT', attempts: 3 } }]);
  });

  const unverified = { status: 'FAILED', error: 'CommitUnverified' };

  test('says what does not verify', async () => {
    const found = { status: 'failed', code: 'COMMIT_DIFFERS', files: 3, differing: 1 };
    glue.program = programs(reporting(committed), reporting(found, 'FAILED'));
    expect(await execute()).toMatchObject(unverified);
    expect(runsOf('shop_events').length).toBe(1);
    expect(runsOf('-verify').length).toBe(2);
    expect(await messages()).toMatchObject([
      { outcome: 'unverified', message: { sequence: 4, ...counts, verification: found } },
    ]);
  });

  test('does not take a verification for done that left no result', async () => {
    glue.program = programs(reporting(committed), () => 'TIMEOUT');
    expect(await execute()).toMatchObject(unverified);
    expect(await messages()).toMatchObject([
      { outcome: 'unverified', message: { verification: { code: 'NO_RESULT' } } },
    ]);
  });
});

test.skipIf(lacksBotocore)(
  'objects with bytes in the landing folder send messages, and no others',
  async () => {
    const notification = '<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>';
    await putObject(services, `${aws.bucket}?notification`, notification);
    const before = await waiting();
    for (const key of ['landing/', 'landing', 'other/a.csv', 'landing2/a.csv', 'lake/landing/a.csv'])
      await putObject(services, `${aws.bucket}/${key}`, key.endsWith('/') ? '' : 'id\n1\n');
    expect(await waiting()).toBe(before);
    // The emulator sends the event itself and not the constant of the target, so here each object is a message.
    for (const key of ['landing/a.csv', 'landing/2026/01/b.csv.gz', 'landing/c%20d.csv'])
      await putObject(services, `${aws.bucket}/${key}`, 'id\n1\n');
    expect(await waiting()).toBe(before + 3);
  },
);

/** The messages of the landing queue, delayed ones included. */
async function waiting(): Promise<number> {
  const { Attributes } = await jsonCall(services, 'sqs', 'AmazonSQS.GetQueueAttributes', {
    QueueUrl: queueUrl(`${aws.bucket}-landing.fifo`),
    AttributeNames: ['All'],
  });
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesDelayed: delayed } =
    Attributes as Record<string, string>;
  return Number(visible) + Number(delayed);
}
