import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import {
  awsTarget,
  deriveLoadPipeline,
  deriveLoadStateMachine,
  type LoadPipelineCall,
  type LoadStateMachineOptions,
} from '../../src/index.ts';
import { testTarget } from './aws-test-target.ts';
import { policyProblems } from './iam-reference.ts';
import { shopEvents } from './shop-events.ts';

const schema = shopEvents.schema;
const landing = 's3://shop-landing/raw/';
const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const china = awsTarget({ ...testTarget, region: 'cn-north-1', partition: 'aws-cn' });
const pipeline = (options: Partial<LoadStateMachineOptions> = {}, target = testTarget) =>
  deriveLoadPipeline(schema, target, { landing, ...options });

/** The inputs of an operation. */
const inputsOf = (calls: readonly LoadPipelineCall[], operation: string): Record<string, unknown>[] =>
  calls.flatMap((call) => (call.operation === operation ? [{ ...call.input }] : []));

describe('the state machine', () => {
  test.each([
    ['of the defaults', {}, testTarget],
    ['without repetitions', { retryWaits: [] }, testTarget],
    ['in another partition', {}, china],
  ])('%s is valid in the Amazon States Language', (_, options, target) => {
    const definition = deriveLoadStateMachine(schema, target, { landing, ...options });
    const { isValid, errorsText } = aslValidator(definition, { checkPaths: true, checkArn: true });
    expect(isValid ? '' : errorsText()).toBe('');
  });

  test('that is wrong is not, so that the check is one', () => {
    const { Failed: _, ...States } = deriveLoadStateMachine(schema, testTarget, { landing }).States;
    expect(aslValidator({ StartAt: 'Begin', States }).isValid).toBe(false);
  });

  test('reaches every state, and gives each task a bounded number of repetitions', () => {
    const { States, StartAt } = deriveLoadStateMachine(schema, testTarget, { landing });
    const targets = JSON.stringify(States).matchAll(/"(?:Next|Default)":"(\w+)"/g);
    const reached = new Set([StartAt, ...[...targets].map(([, name]) => name)]);
    expect([...reached].sort()).toEqual(Object.keys(States).sort());
    for (const state of Object.values(States))
      if (state.Type === 'Task')
        for (const { MaxAttempts, MaxDelaySeconds } of state.Retry ?? [])
          expect(MaxAttempts * MaxDelaySeconds).toBeLessThanOrEqual(3600);
  });

  test('waits longer than a run may take, and no longer than Glue lets one run', () => {
    const { Load } = deriveLoadStateMachine(schema, testTarget, { landing, jobMinutes: 90 }).States;
    expect(Load).toMatchObject({ TimeoutSeconds: 90 * 60 + 900, Parameters: { Timeout: 90 } });
    for (const jobMinutes of [0, 1.5, 10_081])
      expect(() => pipeline({ jobMinutes })).toThrow('expected whole minutes from 1 to 10080');
    expect(() => pipeline({ retryWaits: [60, 0] })).toThrow('expected whole seconds from 1');
  });
});

test('messages are dropped for less time than they are delayed, so that a load lists the objects of those', () => {
  const [{ Attributes } = {}] = inputsOf(pipeline(), 'CreateQueue');
  const { DelaySeconds, ContentBasedDeduplication } = Attributes as Record<string, string>;
  expect(ContentBasedDeduplication).toBe('true');
  // SQS drops for 300 s, and delays for 900 s at most.
  expect(Number(DelaySeconds)).toBeGreaterThan(300);
  expect(Number(DelaySeconds)).toBeLessThanOrEqual(900);
  // What the state machine sends is what the rule sends, or SQS would keep both.
  const [targets] = inputsOf(pipeline(), 'PutTargets');
  const { AskAgain } = deriveLoadStateMachine(schema, testTarget, { landing }).States;
  expect(targets).toMatchObject({ Targets: [{ Input: '{"table":"shop_events"}' }] });
  expect(AskAgain).toMatchObject({ Parameters: { MessageBody: '{"table":"shop_events"}' } });
});

describe.each([
  ['without a key', testTarget],
  ['with a key', { ...testTarget, kmsKey }],
])('the roles %s', (_, target) => {
  const calls = pipeline({}, target);

  test('have actions that exist on resources that they take, and * for metrics of one namespace only', async () => {
    const policies = inputsOf(calls, 'PutRolePolicy').map(({ PolicyDocument }) =>
      JSON.parse(`${PolicyDocument}`),
    );
    expect(policies.length).toBe(3);
    for (const policy of policies) {
      expect(await policyProblems(policy)).toEqual([]);
      for (const { Resource, Condition } of policy.Statement)
        if (Resource.includes('*'))
          expect(Condition).toEqual({ StringEquals: { 'cloudwatch:namespace': ['Headwater/Lake'] } });
    }
    expect(JSON.stringify(policies).includes(kmsKey)).toBe(target !== testTarget);
  });

  test('are taken by one service each, for one account and one source', () => {
    const trusts = inputsOf(calls, 'CreateRole').map(
      ({ AssumeRolePolicyDocument }) => JSON.parse(`${AssumeRolePolicyDocument}`).Statement,
    );
    expect(trusts.flat().map(({ Principal, Condition }) => [Principal.Service, Condition])).toEqual(
      (
        [
          ['states', 'states', 'stateMachine:headwater-shop-shop_events-load'],
          ['glue', 'glue', '*'],
          ['pipes', 'pipes', 'pipe/headwater-shop-shop_events-landing'],
        ] as const
      ).map(([principal, service, source]) => [
        `${principal}.amazonaws.com`,
        {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnLike: { 'aws:SourceArn': `arn:aws:${service}:eu-central-1:123456789012:${source}` },
        },
      ]),
    );
  });

  test('that run the machine and the pipe read no row; the one that verifies writes results only', () => {
    const [load, verify, pipe] = inputsOf(calls, 'PutRolePolicy').map(({ PolicyDocument }) =>
      String(PolicyDocument),
    );
    expect(load).not.toMatch(/events\/shop_events/);
    expect(pipe).not.toContain('s3:');
    const { Statement } = JSON.parse(verify ?? '');
    const puts = Statement.filter(({ Action }: { Action: string[] }) => Action.includes('s3:PutObject'));
    expect(puts).toMatchObject([
      { Resource: ['arn:aws:s3:::shop-lake/events/_headwater/shop_events/jobs/results/*'] },
    ]);
  });
});

test('only the rule may send to the queue', () => {
  const [{ Attributes } = {}] = inputsOf(pipeline(), 'CreateQueue');
  const { Statement } = JSON.parse((Attributes as Record<string, string>)['Policy'] ?? '');
  expect(Statement).toMatchObject([
    {
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Condition: {
        ArnEquals: {
          'aws:SourceArn': 'arn:aws:events:eu-central-1:123456789012:rule/headwater-shop-shop_events-landing',
        },
        StringEquals: { 'aws:SourceAccount': '123456789012' },
      },
    },
  ]);
});

test.each([
  ['s3://shop-lake/events/raw/', 'apart from s3://shop-lake/events'],
  ['s3://shop-lake/events/', 'apart from s3://shop-lake/events'],
  ['s3://shop-lake/_athena/events/raw/', 'apart from s3://shop-lake/_athena/events'],
  ['s3://shop-landing/raw', 'with a slash at the end'],
  ['s3://shop-landing/', 'a folder, s3://bucket/folder/'],
  ['shop-landing/raw/', 'a folder, s3://bucket/folder/'],
  ['s3://shop-landing/a b/', 'a folder, s3://bucket/folder/'],
])('a landing folder %s is refused: %s', (given, problem) => {
  expect(() => pipeline({ landing: given })).toThrow(problem);
});

test('a folder beside the lake in its bucket can be one', () => {
  expect(() => pipeline({ landing: 's3://shop-lake/landing/' })).not.toThrow();
  expect(() => pipeline({ landing: 's3://shop-lake/events2/' })).not.toThrow();
});

test('names that AWS does not take are refused', () => {
  expect(() => pipeline({ name: 'x'.repeat(57) })).toThrow('the maximum on AWS is 64');
  expect(() => pipeline({ name: 'a b' })).toThrow('letters, digits, _ and -');
  const names = pipeline({ name: 'x'.repeat(56) }).flatMap(({ input }) =>
    Object.entries(input).flatMap(([key, value]) => (/^(name|Name|RoleName|Rule)$/.test(key) ? [value] : [])),
  );
  expect(Math.max(...names.map((name) => name.length))).toBe(64);
});
