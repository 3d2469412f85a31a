import {
  type AwsTarget,
  deriveAlarms,
  deriveFirehose,
  deriveFlinkApplication,
  deriveFlinkStudio,
  deriveIamPolicy,
  type EventsTable,
  type StreamFunction,
} from '@headwater/core';
import { platformFacts, scaleSizes } from '@headwater/infra';
import { publishedResourceTags } from '@headwater/publish';
import { entryVariables, handlerNeeds, sessionsTable } from '@headwater/stream/bundle';
import { Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reservedCalls } from '../src/functions/function-settings.ts';
import { cloudFormationMembers } from '../src/resource/derived-resource.ts';
import { resourceTypes } from '../src/resource/resource-types.ts';
import { shopConfig } from './support/shop-config.ts';
import { type Synthesized, synthesize, type TemplateResource } from './support/synthesize.ts';

/** Parts that have tests of their own, and take their time. */
const others = {
  ...{ catalog: false, crawler: false, dataQuality: false, dataBrew: false, lakeFormation: false },
  ...{ load: false, quicksight: false, policies: false, watch: false, budget: false },
};

let shop: Synthesized;
let target: AwsTarget;
let table: EventsTable;
beforeAll(async () => {
  const config = shopConfig({ scale: 'small', parts: { ...others, studio: true, flink: true } });
  shop = await synthesize(config);
  const facts = platformFacts(config);
  [target, table] = [facts.target, facts.tables[0] as EventsTable];
});
afterAll(() => shop[Symbol.asyncDispose]());

const ofType = (type: string): [id: string, resource: TemplateResource][] =>
  Object.entries(shop.resources).filter(([, { Type }]) => Type === type);
const named = (type: string, member: string, name: string): TemplateResource => {
  const found = ofType(type).find(([, { Properties }]) => Properties[member] === name);
  if (!found) throw new Error(`no ${type} ${name}`);
  return found[1];
};
const functionOf = (name: StreamFunction) =>
  named('AWS::Lambda::Function', 'FunctionName', target.stream?.alarms?.functions?.[name] ?? '');
const running = ['sessions', 'reminders', 'alerts', 'detect', 'recommend', 'relay', 'transform'] as const;
/** The mapping of a function, by the logical id that it refers to. */
function mappingOf(name: StreamFunction): Readonly<Record<string, unknown>> {
  const made = functionOf(name);
  const id = ofType('AWS::Lambda::Function').find(([, one]) => one === made)?.[0];
  const found = ofType('AWS::Lambda::EventSourceMapping').find(
    ([, { Properties }]) => JSON.stringify(Properties['FunctionName']) === JSON.stringify({ Ref: id }),
  );
  return found?.[1].Properties ?? {};
}

describe('the stream', () => {
  test('is encrypted, has shards and hours of the scale, and stays', () => {
    const { Properties, DeletionPolicy } = named('AWS::Kinesis::Stream', 'Name', 'shop-clicks');
    expect(Properties).toMatchObject({
      ...{ ShardCount: 2, RetentionPeriodHours: 48, StreamModeDetails: { StreamMode: 'PROVISIONED' } },
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
    expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('is delivered as derived, once its role, its logs and the function that cleans are there', () => {
    const { Properties, DependsOn = [] } = named(
      ...(['AWS::KinesisFirehose::DeliveryStream', 'DeliveryStreamName', 'shop-clicks-to-s3'] as const),
    );
    const { Tags: _, ...derived } = cloudFormationMembers(
      resourceTypes['AWS::KinesisFirehose::DeliveryStream'],
      deriveFirehose(table.schema, target),
    );
    const { Tags: tags, ...members } = Properties;
    expect(members).toEqual(derived);
    const published = publishedResourceTags('stream', table.schema, '', target)['delivery-stream'] ?? {};
    expect(Object.keys(published)).toContain('headwater-published');
    expect(tags).toEqual(
      expect.arrayContaining(Object.entries(published).map(([Key, Value]) => ({ Key, Value }))),
    );
    const types = [DependsOn].flat().map((id) => shop.resources[id]?.Type);
    for (const type of [
      'AWS::Logs::LogStream',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Kinesis::Stream',
    ])
      expect(types).toContain(type);
  });

  test('has an application of Flink and a notebook as derived, with streams for answers', () => {
    const application = named(
      ...(['AWS::KinesisAnalyticsV2::Application', 'ApplicationName', 'headwater-shop-clickstream'] as const),
    );
    const { ApplicationConfiguration: configuration, ...derived } = deriveFlinkApplication(
      table.schema,
      target,
      {
        ...{ code: 's3://code/x.zip', parallelism: 2, parallelismPerKpu: 2 },
      },
    );
    const { CloudWatchLoggingOptions: _, ...members } = derived;
    expect(application.Properties).toMatchObject(members);
    const { ApplicationCodeConfiguration: __, ...settings } = configuration;
    expect(application.Properties['ApplicationConfiguration']).toMatchObject(settings);
    // What the role may read is the zip that the application has.
    const code = JSON.stringify(application.Properties['ApplicationConfiguration']);
    const key = /"FileKey":"([^"]+)"/.exec(code)?.[1] ?? 'none';
    expect(JSON.stringify(named('AWS::IAM::Role', 'RoleName', 'headwater-shop-flink'))).toContain(key);
    expect(named('AWS::Kinesis::Stream', 'Name', 'shop-clicks-many-actions').Properties['ShardCount']).toBe(
      1,
    );
    const { CloudWatchLoggingOptions: ___, ...notebook } = deriveFlinkStudio(table.schema, target);
    expect(
      named('AWS::KinesisAnalyticsV2::Application', 'ApplicationMode', 'INTERACTIVE').Properties,
    ).toMatchObject(notebook);
    expect(ofType('AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption')).toHaveLength(2);
  });
});

describe('functions', () => {
  test('are those that the config asks for, and alarms watch each of them, and each queue', () => {
    // CDK's own function, which publishes recipes, has no name.
    const ours = ofType('AWS::Lambda::Function').filter(([, { Properties }]) => 'FunctionName' in Properties);
    expect(ours).toHaveLength(running.length);
    const alarms = JSON.stringify(deriveAlarms(table.schema, target));
    for (const name of running)
      expect(alarms).toContain(`"Value":"${String(functionOf(name).Properties['FunctionName'])}"`);
    const queues = ofType('AWS::SQS::Queue').map(([, { Properties }]) => String(Properties['QueueName']));
    expect(target.stream?.alarms?.failureQueues?.filter((name) => !queues.includes(name))).toEqual([]);
    for (const name of running.filter((one) => one !== 'transform'))
      expect(queues).toContain(`${String(functionOf(name).Properties['FunctionName'])}-failures`);
  });

  test.each(running)('%s has every variable that it reads, and no other', (name) => {
    const { Environment } = functionOf(name).Properties as { Environment: { Variables: object } };
    const { variables, optional } = handlerNeeds[name];
    // Poison records go to the bucket: a queue of them is the other choice.
    const read = [...variables, ...optional].filter((one) => one !== 'HEADWATER_POISON_QUEUE_URL');
    expect(Object.keys(Environment.Variables).toSorted()).toEqual(read.toSorted());
    expect(Object.keys(entryVariables)).toEqual(expect.arrayContaining(read));
    expect(Environment.Variables).toMatchObject(
      name === 'transform' ? {} : { HEADWATER_SESSIONS_TABLE: 'shop-live' },
    );
  });

  test.each(running)('%s runs on Node.js 24 and Graviton, with traces and logs that end', (name) => {
    const { FunctionName, Role: role, ...properties } = functionOf(name).Properties;
    expect(role).toBe(`arn:aws:iam::123456789012:role/${String(FunctionName)}`);
    expect(properties).toMatchObject({
      ...{ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler', MemorySize: 512 },
      TracingConfig: { Mode: 'Active' },
    });
    const logs = named('AWS::Logs::LogGroup', 'LogGroupName', `/aws/lambda/${String(FunctionName)}`);
    expect(logs.Properties['RetentionInDays']).toBe(30);
  });

  test.each(['sessions', 'alerts', 'detect', 'recommend', 'relay'] as const)(
    '%s reads its stream with partial failures, halving, an end of repeats, and a queue for what is left',
    (name) => {
      const mapping = mappingOf(name);
      expect(mapping).toMatchObject({
        ...{ BatchSize: 500, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 20 },
        ...{ FunctionResponseTypes: ['ReportBatchItemFailures'], StartingPosition: 'TRIM_HORIZON' },
        MaximumRecordAgeInSeconds: name === 'relay' ? 43_200 : 86_400,
        EventSourceArn: expect.stringMatching(name === 'relay' ? /clicks-many-actions$/ : /shop-clicks$/),
      });
      expect(JSON.stringify(mapping['DestinationConfig'])).toContain('failures');
      // A window counts for its shard: two calls at once would be two counts.
      expect(mapping).toMatchObject(
        handlerNeeds[name].isWindowed ? { TumblingWindowInSeconds: 300 } : { ParallelizationFactor: 2 },
      );
      expect('TumblingWindowInSeconds' in mapping && 'ParallelizationFactor' in mapping).toBe(false);
    },
  );

  test('calls are kept in the largest scale alone; reminders run each minute, and what fails goes to a queue', () => {
    expect(functionOf('reminders').Properties['ReservedConcurrentExecutions']).toBeUndefined();
    expect(reservedCalls('reminders', scaleSizes.large.functions, true)).toBe(1);
    expect(reservedCalls('transform', scaleSizes.large.functions, true)).toBe(200);
    expect(reservedCalls('sessions', scaleSizes.large.functions, true)).toBeUndefined();
    const [[, rule] = []] = ofType('AWS::Events::Rule').filter(
      ([, { Properties }]) => Properties['ScheduleExpression'] === 'rate(1 minute)',
    );
    expect(JSON.stringify(rule?.Properties['Targets'])).toContain('DeadLetterConfig');
    const [[, invoked] = []] = ofType('AWS::Lambda::EventInvokeConfig');
    expect(JSON.stringify(invoked?.Properties['DestinationConfig'])).toContain('remindersfailures');
  });

  test.each(running)('the role of %s has the derived policy, and nothing besides', (name) => {
    const roleName = String(functionOf(name).Properties['FunctionName']);
    const { Policies, AssumeRolePolicyDocument } = named('AWS::IAM::Role', 'RoleName', roleName)
      .Properties as {
      Policies: readonly { readonly PolicyDocument: unknown }[];
      AssumeRolePolicyDocument: unknown;
    };
    expect(JSON.stringify(AssumeRolePolicyDocument)).toContain('"lambda.amazonaws.com"');
    expect(Policies).toHaveLength(1);
    expect(listed(Policies[0]?.PolicyDocument)).toEqual(
      listed(deriveIamPolicy([table.schema], target, `${name}-function`).policy),
    );
    // Grants of constructs would make policies of their own.
    const granted = ofType('AWS::IAM::Policy').map(([, { Properties }]) =>
      JSON.stringify(Properties['Roles']),
    );
    expect(granted.filter((roles) => roles.includes(`functions${name}`))).toEqual([]);
  });
});

/** A document whose lists of one are lists: CDK writes them as texts, which mean the same. */
const listed = (document: unknown): unknown =>
  JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    ['Action', 'Resource'].includes(key) ? [value].flat() : value,
  );

describe('what constructs of CDK would grant', () => {
  /** The actions that a grant gives, as CDK has it. */
  function granted(grant: (stack: Stack, role: Role) => void): string[] {
    const stack = new Stack();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    grant(stack, role);
    const document = role.node.findAll().flatMap((one) => ('document' in one ? [one.document] : []));
    return document.flatMap((one) =>
      (stack.resolve(one) as { Statement: { Action: string | string[] }[] }).Statement.flatMap(
        ({ Action }) => Action,
      ),
    );
  }
  const derived = (name: StreamFunction, service: string): string[] =>
    deriveIamPolicy([table.schema], target, `${name}-function`)
      .policy.Statement.flatMap(({ Action }) => Action)
      .filter((action) => action.startsWith(`${service}:`));

  test('of a stream: what is derived, and a consumer with enhanced fan-out and the names of all streams', () => {
    const read = granted((stack, role) => new Stream(stack, 'Stream').grantRead(role));
    for (const name of ['sessions', 'alerts', 'detect', 'recommend', 'relay'] as const)
      expect(read).toEqual(expect.arrayContaining(derived(name, 'kinesis')));
    const more = read.filter((action) => !derived('sessions', 'kinesis').includes(action));
    expect(more.filter((action) => action.startsWith('kinesis:'))).toEqual([
      ...['kinesis:SubscribeToShard', 'kinesis:ListStreams', 'kinesis:DescribeStreamConsumer'],
    ]);
  });

  test('of a table: what is derived, and scans, streams, conditions and descriptions', () => {
    const written = granted((stack, role) =>
      new Table(stack, 'Table', {
        partitionKey: { name: 'PK', type: 'S' as never },
      }).grantReadWriteData(role),
    );
    const used = new Set<string>();
    for (const name of running) {
      expect(written).toEqual(expect.arrayContaining(derived(name, 'dynamodb')));
      for (const action of derived(name, 'dynamodb')) used.add(action);
    }
    expect(written.filter((action) => !used.has(action)).toSorted()).toEqual(
      [...['GetRecords', 'GetShardIterator', 'Scan', 'ConditionCheckItem', 'BatchWriteItem', 'DescribeTable']]
        .map((action) => `dynamodb:${action}`)
        .toSorted(),
    );
  });

  test('of a topic and a queue: what is derived, and descriptions of the queue', () => {
    expect(granted((stack, role) => new Topic(stack, 'Topic').grantPublish(role))).toEqual(
      derived('alerts', 'sns'),
    );
    expect(granted((stack, role) => new Queue(stack, 'Queue').grantSendMessages(role))).toEqual([
      ...derived('alerts', 'sqs'),
      ...['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    ]);
  });
});

test('the table of live stores is the one that they are written for', () => {
  const { Properties, DeletionPolicy } = named('AWS::DynamoDB::Table', 'TableName', 'shop-live');
  const { AttributeDefinitions, ...derived } = sessionsTable('shop-live');
  const { AttributeDefinitions: attributes, ...members } = Properties;
  expect(members).toMatchObject({
    ...derived,
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  expect(new Set(attributes as [])).toEqual(new Set(AttributeDefinitions));
  expect(DeletionPolicy).toBe('RetainExceptOnCreate');
});

test('the topic and the queues are encrypted, and take what comes by TLS', () => {
  const topic = named('AWS::SNS::Topic', 'TopicName', 'shop-incidents');
  expect(JSON.stringify(topic.Properties['KmsMasterKeyId'])).toContain('alias/aws/sns');
  for (const [, { Properties }] of ofType('AWS::SQS::Queue'))
    if (String(Properties['QueueName']).endsWith('-failures'))
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
});
