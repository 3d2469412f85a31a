import { randomBytes } from 'node:crypto';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { beforeAll, expect, it } from 'vitest';
import { useFacade } from './cloudformation/start-facade.ts';

const facade = useFacade();
const name = `mapped-${randomBytes(4).toString('hex')}`;
const stream = `arn:aws:kinesis:us-east-1:123456789012:stream/${name}`;

const lambda = async (method: string, path: string, body?: object) => {
  const answer = await fetch(`${facade.url}/2015-03-31/${path}`, {
    method,
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=none',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, ...Object(await answer.json()) };
};

beforeAll(async () => {
  const client = new CloudFormationClient({ endpoint: facade.url, region: 'us-east-1' });
  const TemplateBody = JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: name, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: name,
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==' },
        },
      },
    },
  });
  await client.send(new CreateStackCommand({ StackName: name, TemplateBody }));
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (stack?.StackStatus === 'CREATE_COMPLETE') return;
    if (stack?.StackStatus !== 'CREATE_IN_PROGRESS')
      throw new Error(stack?.StackStatusReason ?? stack?.StackStatus);
  }
});

it('keeps the settings of a mapping, changes and removes them, and refuses a function that does not exist', async () => {
  const settings = {
    EventSourceArn: stream,
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 3600,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:failures' } },
  };
  const made = await lambda('POST', 'event-source-mappings', { FunctionName: name, ...settings });
  expect(made).toMatchObject({
    ...settings,
    State: 'Enabled',
    BatchSize: 100,
    FunctionArn: expect.stringContaining(name),
  });
  expect(await lambda('GET', `event-source-mappings/?FunctionName=${name}`)).toMatchObject({
    EventSourceMappings: [{ UUID: made.UUID }],
  });
  expect(
    await lambda('PUT', `event-source-mappings/${made.UUID}`, { BatchSize: 500, Enabled: false }),
  ).toMatchObject({
    BatchSize: 500,
    State: 'Disabled',
    EventSourceArn: stream,
  });
  expect(await lambda('POST', 'event-source-mappings', { FunctionName: name, ...settings })).toMatchObject({
    status: 409,
  });
  expect(await lambda('POST', 'event-source-mappings', { FunctionName: 'none', ...settings })).toMatchObject({
    __type: 'ResourceNotFoundException',
  });
  expect(await lambda('POST', 'event-source-mappings', { FunctionName: name, BatchSize: 0 })).toMatchObject({
    __type: 'InvalidParameterValueException',
  });
  await lambda('DELETE', `event-source-mappings/${made.UUID}`);
  expect(await lambda('GET', `event-source-mappings/${made.UUID}`)).toMatchObject({ status: 404 });
});
