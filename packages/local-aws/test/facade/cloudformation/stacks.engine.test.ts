// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub names what it inserts in this way
import { randomBytes } from 'node:crypto';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  type Stack,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSubscriptionAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { beforeAll, expect, it } from 'vitest';
import { useFacade } from './start-facade.ts';

const facade = useFacade();
const own = `stack-${randomBytes(4).toString('hex')}`;

let stacks: CloudFormationClient;
let s3: S3Client;
let kinesis: KinesisClient;
beforeAll(() => {
  const place = { endpoint: facade.url, region: 'us-east-1' };
  stacks = new CloudFormationClient(place);
  s3 = new S3Client(place);
  kinesis = new KinesisClient({ ...place, requestHandler: new NodeHttpHandler() }); // HTTP/1, as the stand-in
});

const text = (Resources: object, more: object = {}): string => JSON.stringify({ Resources, ...more });

async function settled(StackName: string): Promise<Stack> {
  for (;;) {
    const { Stacks: [stack] = [] } = await stacks.send(new DescribeStacksCommand({ StackName }));
    if (stack !== undefined && !stack.StackStatus?.endsWith('_IN_PROGRESS')) return stack;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function create(StackName: string, TemplateBody: string): Promise<Stack> {
  const { StackId = '' } = await stacks.send(new CreateStackCommand({ StackName, TemplateBody }));
  return settled(StackId);
}

async function update(StackName: string, TemplateBody: string): Promise<Stack> {
  await stacks.send(new UpdateStackCommand({ StackName, TemplateBody }));
  return settled(StackName);
}

async function remove({ StackId = '' }: Stack): Promise<Stack> {
  await stacks.send(new DeleteStackCommand({ StackName: StackId }));
  return settled(StackId);
}

async function eventsOf({ StackId }: Stack): Promise<string[]> {
  const { StackEvents = [] } = await stacks.send(new DescribeStackEventsCommand({ StackName: StackId }));
  return StackEvents.toReversed().map(
    ({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
      `${LogicalResourceId} ${ResourceStatus}${ResourceStatusReason === undefined ? '' : ` ${ResourceStatusReason}`}`,
  );
}

async function physicalIds({ StackId }: Stack): Promise<Record<string, string | undefined>> {
  const { StackResourceSummaries = [] } = await stacks.send(
    new ListStackResourcesCommand({ StackName: StackId }),
  );
  return Object.fromEntries(
    StackResourceSummaries.map(({ LogicalResourceId, PhysicalResourceId }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
}

const hasBucket = (Bucket: string): Promise<boolean> =>
  s3.send(new HeadBucketCommand({ Bucket })).then(
    () => true,
    () => false,
  );

const bucket = (BucketName: string, more: object = {}): object => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName, ...more },
});
const queueOf = (QueueName: string, more: object = {}): object => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});

it('makes resources in the order of their dependencies, with their properties', async () => {
  const lake = `${own}-lake`;
  const stack = await create(
    own,
    text(
      {
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Lake' },
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'TlsOnly',
                  Effect: 'Deny',
                  Principal: '*',
                  Action: 's3:*',
                  Resource: { 'Fn::GetAtt': ['Lake', 'Arn'] },
                  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
                },
                {
                  Sid: 'Logs',
                  Effect: 'Allow',
                  Principal: { Service: 'logging.s3.amazonaws.com' },
                  Action: 's3:PutObject',
                  Resource: { 'Fn::Sub': '${Lake.Arn}/*' },
                },
              ],
            },
          },
        },
        Alerts: {
          Type: 'AWS::SNS::Subscription',
          Properties: {
            TopicArn: { Ref: 'Topic' },
            Protocol: 'sqs',
            Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            RawMessageDelivery: true,
          },
        },
        Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: own } },
        Queue: queueOf(own, { VisibilityTimeout: 120, MessageRetentionPeriod: '1209600' }),
        Stream: {
          Type: 'AWS::Kinesis::Stream',
          Properties: {
            Name: own,
            StreamModeDetails: { StreamMode: 'ON_DEMAND' },
            RetentionPeriodHours: 48,
            StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
          },
        },
        Lake: bucket(lake, {
          VersioningConfiguration: { Status: 'Enabled' },
          LifecycleConfiguration: {
            Rules: [
              {
                Id: 'old',
                Status: 'Enabled',
                Prefix: 'tmp/',
                ExpirationInDays: 2,
                NoncurrentVersionExpirationInDays: 30,
              },
            ],
          },
          InventoryConfigurations: [],
        }),
        Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true } },
        Never: { Type: 'AWS::SNS::Topic', Condition: 'No', Properties: { TopicName: `${own}-never` } },
      },
      {
        Conditions: { No: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mars'] } },
        Outputs: { Queue: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      },
    ),
  );
  expect(await eventsOf(stack)).not.toContainEqual(expect.stringContaining('FAILED'));
  expect(stack).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputKey: 'Queue', OutputValue: `arn:aws:sqs:us-east-1:123456789012:${own}` }],
  });
  const ids = await physicalIds(stack);
  expect(Object.keys(ids)).toEqual(['Lake', 'Policy', 'Topic', 'Queue', 'Alerts', 'Stream', 'Trail']);

  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket: lake }));
  expect(JSON.parse(Policy).Statement).toMatchObject([{ Sid: 'Logs', Resource: `arn:aws:s3:::${lake}/*` }]);
  expect(await s3.send(new GetBucketVersioningCommand({ Bucket: lake }))).toMatchObject({
    Status: 'Enabled',
  });
  const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: lake }));
  expect(Rules).toMatchObject([
    {
      ID: 'old',
      Filter: { Prefix: 'tmp/' },
      Expiration: { Days: 2 },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    },
  ]);
  const { StreamDescriptionSummary: summary } = await kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: own }),
  );
  expect(summary).toMatchObject({
    RetentionPeriodHours: 48,
    EncryptionType: 'KMS',
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
  });
  const place = { endpoint: facade.url, region: 'us-east-1' };
  const { Attributes: subscription } = await new SNSClient(place).send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: ids['Alerts'] }),
  );
  expect(subscription).toMatchObject({ RawMessageDelivery: 'true', Protocol: 'sqs' });
  const { Attributes: settings } = await new SQSClient(place).send(
    new GetQueueAttributesCommand({ QueueUrl: ids['Queue'], AttributeNames: ['All'] }),
  );
  expect(settings).toMatchObject({ VisibilityTimeout: '120', MessageRetentionPeriod: '1209600' });

  const gaps = await fetch(`${facade.url}/_local/stack-gaps?stack=${own}`);
  expect(await gaps.json()).toMatchObject({
    skipped: [{ logicalId: 'Trail', type: 'AWS::CloudTrail::Trail' }],
    unapplied: [
      { logicalId: 'Lake', property: 'InventoryConfigurations' },
      { logicalId: 'Policy', property: expect.stringContaining('TlsOnly') },
    ],
  });
  expect(await remove(stack)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  expect(await hasBucket(lake)).toBe(false);
});

it('changes in place what can be, replaces what cannot, and deletes the rest at the end', async () => {
  const name = `${own}-change`;
  const stream = (Name: string, hours: number) => ({
    Type: 'AWS::Kinesis::Stream',
    Properties: { Name, ShardCount: 1, RetentionPeriodHours: hours },
  });
  const stack = await create(
    name,
    text({ S: stream(`${name}-a`, 24), B: bucket(`${name}-b`), Q: queueOf(name) }),
  );
  expect(
    await update(name, text({ S: stream(`${name}-a`, 72), B: bucket(`${name}-b`), Q: queueOf(name) })),
  ).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
  });
  const changed = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: `${name}-a` }));
  expect(changed.StreamDescriptionSummary?.RetentionPeriodHours).toBe(72);

  const before = (await eventsOf(stack)).length;
  await update(name, text({ S: stream(`${name}-renamed`, 72), Q: queueOf(name) }));
  expect((await eventsOf(stack)).slice(before)).toEqual([
    `${name} UPDATE_IN_PROGRESS`,
    'S UPDATE_IN_PROGRESS',
    'S UPDATE_COMPLETE Replaced',
    `${name} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
    'S DELETE_IN_PROGRESS',
    'S DELETE_COMPLETE',
    'B DELETE_IN_PROGRESS',
    'B DELETE_COMPLETE',
    `${name} UPDATE_COMPLETE`,
  ]);
  expect(await physicalIds(stack)).toMatchObject({ S: `${name}-renamed` });
  expect(await hasBucket(`${name}-b`)).toBe(false);
  await expect(update(name, text({ S: stream(`${name}-renamed`, 72), Q: queueOf(name) }))).rejects.toThrow(
    'No updates are to be performed.',
  );
  await remove(stack);
});

it('undoes a creation when a resource fails, and a change likewise', async () => {
  const name = `${own}-undo`;
  const wrong = {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      Protocol: 'sqs',
      TopicArn: 'arn:aws:sns:us-east-1:123456789012:none',
      Endpoint: 'arn:aws:sqs:us-east-1:123456789012:none',
    },
  };
  const failed = await create(
    name,
    text({
      A: bucket(`${name}-a`),
      K: { ...bucket(`${name}-kept`), DeletionPolicy: 'Retain' },
      W: { ...wrong, DependsOn: ['A', 'K'] },
    }),
  );
  expect(failed.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await eventsOf(failed)).toContainEqual(expect.stringMatching(/^W CREATE_FAILED Subscribe: /));
  expect([await hasBucket(`${name}-a`), await hasBucket(`${name}-kept`)]).toEqual([false, true]);
  await expect(update(name, text({ A: bucket(`${name}-a`) }))).rejects.toThrow(/ROLLBACK_COMPLETE state/);
  await remove(failed);

  // A bucket that was retained is in the way of the next creation, unless it is taken into the stack.
  const again = await create(name, text({ K: bucket(`${name}-kept`) }));
  expect(await eventsOf(again)).toContainEqual(`K CREATE_FAILED ${name}-kept already exists`);
  await remove(again);
  await stacks.send(
    new CreateChangeSetCommand({
      StackName: name,
      ChangeSetName: 'adopt',
      ChangeSetType: 'CREATE',
      ImportExistingResources: true,
      TemplateBody: text({ K: bucket(`${name}-kept`), Q: queueOf(name) }),
    }),
  );
  await stacks.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: 'adopt' }));
  const stack = await settled(name);
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(await eventsOf(stack)).toContainEqual('K IMPORT_COMPLETE');

  const versioned = bucket(`${name}-kept`, { VersioningConfiguration: { Status: 'Enabled' } });
  const undone = await update(name, text({ K: versioned, W: { ...wrong, DependsOn: ['K'] } }));
  expect(undone.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await physicalIds(undone)).toEqual({ K: `${name}-kept`, Q: expect.stringContaining(own) });
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket: `${name}-kept` }))).Status).toBe(
    'Suspended',
  );
  await remove(undone);
});

it('plans a change without making it', async () => {
  const name = `${own}-plan`;
  const send = (template: string, type: 'CREATE' | 'UPDATE', set: string) =>
    stacks.send(
      new CreateChangeSetCommand({
        StackName: name,
        ChangeSetName: set,
        ChangeSetType: type,
        TemplateBody: template,
      }),
    );
  await send(text({ A: bucket(`${name}-a`), T: { Type: 'AWS::SNS::Topic' } }), 'CREATE', 'first');
  const planned = await stacks.send(
    new DescribeChangeSetCommand({ StackName: name, ChangeSetName: 'first' }),
  );
  expect(
    planned.Changes?.map(({ ResourceChange }) => [ResourceChange?.Action, ResourceChange?.LogicalResourceId]),
  ).toEqual([
    ['Add', 'A'],
    ['Add', 'T'],
  ]);
  expect(await hasBucket(`${name}-a`)).toBe(false);
  await stacks.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: 'first' }));
  const stack = await settled(name);
  expect((await physicalIds(stack))['T']).toMatch(new RegExp(`:${name}-T-[0-9a-f]{12}$`));

  const next = text({
    A: bucket(`${name}-b`),
    N: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'A' } } },
  });
  await send(next, 'UPDATE', 'second');
  const { Changes } = await stacks.send(
    new DescribeChangeSetCommand({ StackName: name, ChangeSetName: 'second' }),
  );
  expect(Changes?.map(({ ResourceChange }) => ResourceChange)).toMatchObject([
    { Action: 'Modify', LogicalResourceId: 'A', Replacement: 'True', PhysicalResourceId: `${name}-a` },
    { Action: 'Add', LogicalResourceId: 'N' },
    { Action: 'Remove', LogicalResourceId: 'T' },
  ]);
  const same = (await stacks.send(new GetTemplateCommand({ StackName: name }))).TemplateBody ?? '';
  await send(same, 'UPDATE', 'none');
  expect(
    await stacks.send(new DescribeChangeSetCommand({ StackName: name, ChangeSetName: 'none' })),
  ).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringContaining("didn't contain changes"),
  });
  await stacks.send(
    new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: true }),
  );
  await expect(stacks.send(new DeleteStackCommand({ StackName: name }))).rejects.toThrow(
    /TerminationProtection/,
  );
  await stacks.send(
    new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false }),
  );
  await remove(stack);
});

it('keeps what a stack is to retain, and refuses what the service refuses', async () => {
  const name = `${own}-keep`;
  const kept = { ...bucket(`${name}-kept`), DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  const stack = await create(name, text({ K: kept, F: bucket(`${name}-full`) }));
  await s3.send(new PutObjectCommand({ Bucket: `${name}-full`, Key: 'a', Body: 'x' }));
  const failed = await remove(stack);
  expect(failed.StackStatus).toBe('DELETE_FAILED');
  expect(await eventsOf(failed)).toContainEqual(expect.stringMatching(/^F DELETE_FAILED .*not empty/));
  expect(await eventsOf(failed)).toContain('K DELETE_SKIPPED');
  await stacks.send(new DeleteStackCommand({ StackName: name, RetainResources: ['F'] }));
  expect((await settled(stack.StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE');
  expect([await hasBucket(`${name}-kept`), await hasBucket(`${name}-full`)]).toEqual([true, true]);
  await s3.send(new DeleteBucketCommand({ Bucket: `${name}-kept` }));
});

it('refuses templates and names that cannot be', async () => {
  const of = (Resources: object, more: object = {}) => create(`${own}-no`, text(Resources, more));
  await expect(
    of({ A: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'B' } } } }),
  ).rejects.toThrow(/\[B\]/);
  await expect(of({ A: queueOf(own) }, { Parameters: { P: { Type: 'String' } } })).rejects.toThrow(
    /\[P\] must have values/,
  );
  await expect(settled(`${own}-no`)).rejects.toThrow(/does not exist/);
  await s3.send(new CreateBucketCommand({ Bucket: `${own}-taken` }));
  const failed = await of({ A: bucket(`${own}-taken`), T: { Type: 'AWS::CloudTrail::Trail' } });
  expect(failed.StackStatus).toBe('ROLLBACK_COMPLETE');
  await remove(failed);
  const refers = await of({
    T: { Type: 'AWS::CloudTrail::Trail' },
    Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'T' } } },
  });
  expect(refers.StackStatusReason ?? (await eventsOf(refers)).join()).toMatch(/stand-in skips/);
  await remove(refers);
  await s3.send(new DeleteBucketCommand({ Bucket: `${own}-taken` }));
});
