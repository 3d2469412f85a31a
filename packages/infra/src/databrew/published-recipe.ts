import { createHash } from 'node:crypto';
import type { DataBrewRecipe } from '@headwater/core';
import { Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';
import type { PlatformContext } from '../platform-context.ts';
import { logGroup } from '../resource/log-group.ts';

/** The function of CDK that makes the calls of all custom resources of a stack. */
const callerId = 'AWS679f53fac002430cb0da5b7982bd2287';

/**
 * Publishes a recipe when its steps change. CloudFormation makes and changes the working version alone, and jobs run a published one
 * (https://docs.aws.amazon.com/databrew/latest/dg/API_PublishRecipe.html).
 *
 * @param log where the function that makes the call writes
 * @param description as publishing describes a version
 */
export function publishedRecipe(
  scope: Construct,
  id: string,
  { Name, Steps }: DataBrewRecipe,
  log: ILogGroup,
  description: string,
): AwsCustomResource {
  const { partition, region, account } = Stack.of(scope);
  const digest = createHash('sha256').update(JSON.stringify(Steps)).digest('hex').slice(0, 16);
  const call = {
    service: 'DataBrew',
    action: 'publishRecipe',
    parameters: { Name, Description: description },
    physicalResourceId: PhysicalResourceId.of(`${Name}-${digest}`),
  };
  return new AwsCustomResource(scope, id, {
    resourceType: 'Custom::DataBrewPublishedRecipe',
    onCreate: call,
    onUpdate: call,
    policy: AwsCustomResourcePolicy.fromSdkCalls({
      resources: [`arn:${partition}:databrew:${region}:${account}:recipe/${Name}`],
    }),
    installLatestAwsSdk: false,
    logGroup: log,
  });
}

/** The log of the function that publishes recipes. */
export const recipeLog = (scope: Construct, { sizes, target }: PlatformContext): ILogGroup =>
  logGroup(scope, 'Log', {
    name: `/aws/lambda/headwater-${target.database}-recipes`,
    days: sizes.logDays,
  });

/** Acknowledges what cdk-nag finds in the function of CDK. */
export function acknowledgeCaller(scope: Construct): void {
  const caller = Stack.of(scope).node.tryFindChild(callerId);
  if (!caller) throw new Error('CDK has made no function for custom resources');
  const once =
    'CDK makes the function. CloudFormation invokes it once for a change, and waits for its answer';
  acknowledge(caller, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      'CDK gives the function the right to write its log',
  });
  for (const rule of [
    'Serverless-LambdaDefaultMemorySize',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
  ])
    acknowledge(caller, { [rule]: once });
}
