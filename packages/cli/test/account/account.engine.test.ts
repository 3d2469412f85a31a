import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  AthenaClient,
  CreateWorkGroupCommand,
  DeleteWorkGroupCommand,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateQueueCommand, DeleteQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsTarget, deriveIamPolicy } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { createStream, useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { awsOf } from '../../src/config/chosen-lake.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { awsFindings } from '../../src/doctor/aws/aws-findings.ts';
import type { Finding } from '../../src/doctor/findings.ts';
import { config, runCli } from '../run-cli.ts';

const aws = useAwsSandbox('account');
const folder = mkdtempSync(join(tmpdir(), 'headwater-account-'));
const own = randomBytes(4).toString('hex');
const region = 'us-east-1';
const user = `analyst-${own}`;
const queue = `headwater-${aws.database}-clickstream-alerts-failures`;
const workgroup = `headwater-${aws.database}`;
const stackName = workgroup.replaceAll('_', '-');
const alarm = `headwater-${aws.database}-clickstream-silence`;

const clients = {
  iam: new IAMClient({ region }),
  sqs: new SQSClient({ region }),
  watch: new CloudWatchClient({ region }),
  athena: new AthenaClient({ region }),
  formation: new CloudFormationClient({ region }),
  glue: new GlueClient({ region }),
};
const { iam, sqs, watch, athena, formation, glue } = clients;
let env: Record<string, string> = {};
let queueUrl: string | undefined;
/** When the only query was asked. */
let asked = new Date();
const isHere = aws.endpoints.aws !== '';

/** The project in the folder, loaded in this process. */
async function project() {
  const loaded = await loadConfig(join(folder, 'headwater.config.ts'));
  return { config: loaded, target: awsOf(loaded) };
}

beforeAll(async () => {
  if (!isHere) return;
  const target = {
    region,
    account: '123456789012',
    database: aws.database,
    location: aws.location,
    firstDay: '2019-10-01',
  };
  const stream = await createStream(aws.endpoints.aws, 2);
  writeFileSync(
    join(folder, 'headwater.config.ts'),
    `import base from ${JSON.stringify(pathToFileURL(config).href)};
export default { ...base, lake: undefined, infra: { scale: 'dev' },
  aws: ${JSON.stringify({ ...target, stream: { name: stream, sessionsTable: `sessions-${own}` } })} };
`,
  );
  const [table] = (await project()).config.tables;
  await iam.send(new CreateUserCommand({ UserName: user }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
  env = {
    AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
    AWS_REGION: region,
  };
  const { policy } = deriveIamPolicy([table.schema], awsTarget(target), 'analyst');
  await iam.send(
    new PutUserPolicyCommand({
      UserName: user,
      PolicyName: 'analyst',
      PolicyDocument: JSON.stringify(policy),
    }),
  );
  const input = join(folder, 'events.csv');
  const rows = ['2019-10-01 00:00:00 UTC,view,1,1.00,1', 'never,view,1,1.00,1'];
  writeFileSync(input, `event_time,event_type,product_id,price,user_id\n${rows.join('\n')}\n`);
  await loadEvents({ table, lake: aws.location, inputs: [input], aws: awsTarget(target) });
  // A table of another version than any that is saved.
  await glue.send(
    new CreateTableCommand({
      DatabaseName: aws.database,
      TableInput: { Name: table.name, Parameters: { 'headwater.version': '9.9.9' } },
    }),
  );
  ({ QueueUrl: queueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queue })));
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{}' }));
  await watch.send(
    new PutMetricAlarmCommand({
      AlarmName: alarm,
      AlarmDescription: 'No event has come. https://runbooks.example.com/silence.md',
      Namespace: 'AWS/Kinesis',
      MetricName: 'IncomingRecords',
      Dimensions: [{ Name: 'StreamName', Value: stream }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
    }),
  );
  await watch.send(
    new SetAlarmStateCommand({ AlarmName: alarm, StateValue: 'ALARM', StateReason: 'a test' }),
  );
  await athena.send(new CreateWorkGroupCommand({ Name: workgroup }));
  await formation.send(
    new CreateStackCommand({
      StackName: stackName,
      TemplateBody: JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }),
    }),
  );
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: "select 1 as one where 'anna' = 'anna'",
      WorkGroup: workgroup,
      ResultConfiguration: { OutputLocation: `s3://${aws.bucket}/results/` },
    }),
  );
  const status = await vi.waitFor(
    async () => {
      const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      expect(QueryExecution?.Status?.State).toBe('SUCCEEDED');
      return QueryExecution?.Status;
    },
    { timeout: 240_000, interval: 100 },
  );
  // The month of the query, in which everything else is counted: it may end while the tests run.
  asked = status?.SubmissionDateTime ?? asked;
  const counted = (MetricName: string, Value: number) => ({
    MetricName,
    Value,
    Dimensions: [{ Name: 'StreamName', Value: stream }],
    Timestamp: asked,
  });
  await watch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/Kinesis',
      MetricData: [counted('IncomingBytes', 75_000_000_000), counted('IncomingRecords', 1_000_000)],
    }),
  );
  await waitUntilStackCreateComplete(
    { client: formation, minDelay: 1, maxDelay: 2, maxWaitTime: 240 },
    { StackName: stackName },
  );
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (!isHere) return;
  await athena.send(new DeleteWorkGroupCommand({ WorkGroup: workgroup, RecursiveDeleteOption: true }));
  await formation.send(new DeleteStackCommand({ StackName: stackName }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
  await iam.send(new DeleteUserPolicyCommand({ UserName: user, PolicyName: 'analyst' }));
  await iam.send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: env['AWS_ACCESS_KEY_ID'] }));
  await iam.send(new DeleteUserCommand({ UserName: user }));
  for (const client of Object.values(clients)) client.destroy();
});

test('doctor --aws says who asks, what it may do, and what is wrong with the lake', async () => {
  const { stdout, stderr, code } = await runCli(['doctor', '--aws', '--role', 'analyst', '--json'], {
    cwd: folder,
    env,
  });
  expect(code, stderr).toBe(1);
  const { checks }: { checks: Finding[] } = JSON.parse(stdout);
  const found = Object.fromEntries(checks.map(({ name, state, found: text }) => [name, `${state}: ${text}`]));
  expect(found).toMatchObject({
    credentials: `good: arn:aws:iam::123456789012:user/${user}`,
    account: 'good: 123456789012, that of the config',
    region: 'good: us-east-1',
    'lake bucket': `good: ${aws.bucket} in us-east-1`,
    'permissions of analyst': expect.stringMatching(/^good: .* may make all \d+ calls of it, by simulation$/),
    'quota of Lambda': expect.stringMatching(/^good: 1,000 calls/),
    'quota of Kinesis': expect.stringMatching(/^good: [\d,]+ of [\d,]+ shards/),
    bootstrap: expect.stringMatching(/^(good|note): the CDK/),
    stack: expect.stringMatching(/^good: headwater-account-.* is CREATE_COMPLETE since /),
    drift: expect.stringMatching(
      /^note: nobody has looked .* detect-stack-drift --stack-name headwater-account-/,
    ),
    'clickstream: published': expect.stringMatching(
      /^note: version 9.9.9, and the config's folder has no saved/,
    ),
    'clickstream: lake': expect.stringMatching(
      /^good: 1 event of 2019-10-01 to 2019-10-01; the last commit \(load\)/,
    ),
    'clickstream: quarantine': expect.stringMatching(/^bad: 1 row, 50.0% of all/),
    [`alarm ${alarm}`]: expect.stringMatching(
      /^bad: rings since .*: No event has come\. Runbook: https:\/\/runbooks\.example\.com\/silence\.md$/,
    ),
    [`queue ${queue}`]: expect.stringMatching(/^bad: 1 delivery that the function gave up/),
  });
  expect(stdout).not.toContain(env['AWS_SECRET_ACCESS_KEY']);
  expect(stdout).not.toContain(env['AWS_ACCESS_KEY_ID']);
});

test('doctor --aws names the calls of a role that the caller may not make', async () => {
  const { stdout, code } = await runCli(['doctor', '--aws', '--role', 'submitter', '--json'], {
    cwd: folder,
    env,
  });
  const { checks }: { checks: Finding[] } = JSON.parse(stdout);
  const { state, found } = checks.find(({ name }) => name === 'permissions of submitter') ?? {
    state: '',
    found: '',
  };
  expect([code, state]).toEqual([1, 'bad']);
  expect(found).toContain(
    `glue:GetJob on arn:aws:glue:us-east-1:123456789012:job/headwater-${aws.database}-clickstream`,
  );
  expect(found).toMatch(/headwater derive iam-policy --role submitter prints$/);
  // Another account is named, and it is not that of the config.
  const elsewhere = await runCli(['doctor', '--role', 'submitter'], { cwd: folder, env });
  expect([elsewhere.code, elsewhere.stderr]).toEqual([2, expect.stringContaining('--role needs --aws')]);
});

test('where policies cannot be simulated, harmless calls stand for a role, and that is said', async () => {
  const checks = await awsFindings({
    ...(await project()),
    role: 'analyst',
    signal: new AbortController().signal,
  });
  const found = checks.find(({ name }) => name === 'permissions of analyst');
  expect(found?.state).toBe('note');
  expect(found?.found).toMatch(
    /is no role and no user, .* 3 harmless calls stand for it; allowed: glue:GetTable, athena:GetWorkGroup, s3:ListBucket\. What writes was not tried$/,
  );
});

test('cost counts queries, storage and streams of this month, and says what it cannot see', async () => {
  const month = asked.toISOString().slice(0, 7);
  const hasEnded = (): boolean => new Date().toISOString().slice(0, 7) !== month;
  const wasOver = hasEnded();
  const { stdout, stderr, code } = await runCli(['cost', '--month', month, '--json'], { cwd: folder, env });
  expect(code, stderr).toBe(0);
  const report = JSON.parse(stdout);
  expect([wasOver, hasEnded()]).toContain(report.isOver);
  const line = (what: RegExp) => report.lines.find((one: { what: string }) => what.test(one.what));
  expect(report).toMatchObject({ month, prices: { basis: 'us-east-1' } });
  // One query, of which Athena bills 10 MB whatever it read; its values are not shown.
  expect(line(/ on Athena$/)).toMatchObject({ what: '1 query on Athena', units: 0.00001, dollars: 0.00005 });
  expect(report.queries.top).toMatchObject([{ runs: 1, statement: 'select ? as one where ? = ?' }]);
  // 75 GB are 3 million units of 25 KB, more than its records.
  expect(line(/^Records into /)).toMatchObject({ units: 3, unitPrice: 0.014, basis: 'measured' });
  expect(line(/^Records into /).dollars).toBeCloseTo(0.042, 6);
  expect(line(/^Shards of /)).toMatchObject({ basis: 'estimated', unit: 'shard-hour' });
  expect(line(/^Lake of clickstream/).units).toBeGreaterThan(0);
  expect(line(/^Quarantine of clickstream/).units).toBeGreaterThan(0);
  expect(report.dollars).toBeCloseTo(
    report.lines.reduce((sum: number, { dollars }: { dollars: number }) => sum + dollars, 0),
    9,
  );
  expect(report.planned).toBeGreaterThan(1);
  expect(report.unseen.join()).toContain('are not measured');
  const before = await runCli(['cost', '--month', '2026-01', '--json'], { cwd: folder, env });
  const earlier = JSON.parse(before.stdout);
  expect(earlier.unseen.join()).toContain('Athena keeps its history for 45 days');
  expect(earlier.lines.find(({ what }: { what: string }) => /^Lake/.test(what)).units).toBe(0);
});

test('cost counts nothing of another account', async () => {
  const other = join(folder, 'other.config.ts');
  writeFileSync(
    other,
    `import base from './headwater.config.ts';
export default { ...base, aws: { ...base.aws, account: '999999999999' } };
`,
  );
  const { stderr, code } = await runCli(['cost', '--config', other], { cwd: folder, env });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /AWS_CONFIG_INVALID.*aws\.account is 999999999999, and the credentials are of 123456789012/s,
  );
});
