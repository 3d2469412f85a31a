import type { AwsTarget } from '../../catalog/aws-target.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { s3Place } from '../../catalog/s3-place.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { publisherStatements } from './publisher-statements.ts';

/** The stack of a platform, by its default name. */
export const defaultStack = ({ database }: AwsTarget): string => `headwater-${database.replaceAll('_', '-')}`;

/** Actions that change nothing, by their names. `CheckSchemaVersionValidity` validates a text. */
const reads = /^\w+:(?:Get|List|Describe|Check)/;

/**
 * What a plan may do: all that a publisher reads, nothing that it writes, and what the live stack is. It hands no role to a service, and
 * assumes none.
 *
 * @param stack the name of the stack
 */
export const planStatements = (
  tables: readonly TableSchema[],
  target: AwsTarget,
  stack: string,
): ReasonedStatement[] => [
  ...publisherStatements(tables, target).flatMap((statement) => {
    const Action = statement.Action.filter((action) => reads.test(action));
    return Action.length === 0
      ? []
      : [{ ...statement, Action, Sid: `See${statement.Sid.replace(/^See/, '')}` }];
  }),
  seeStack(target, stack),
];

/**
 * What a deployment of the stack may do itself: look at what is there, and assume two roles of the CDK's bootstrap, which do the rest
 * (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html). What CloudFormation may do follows from the policies that the
 * bootstrap was made with.
 *
 * @param stack the name of the stack
 */
export function deployStatements(target: AwsTarget, stack: string): ReasonedStatement[] {
  const { partition, region, account } = target;
  const buckets = [s3Place(target, target.location), s3Place(target, queryPlace(target).results)];
  return [
    seeStack(target, stack),
    {
      Sid: 'AssumeBootstrapRoles',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: ['deploy', 'file-publishing'].map(
        (role) => `arn:${partition}:iam::${account}:role/cdk-hnb659fds-${role}-role-${account}-${region}`,
      ),
      reason:
        'The roles that start CloudFormation, and upload templates and bundles. They exist by the bootstrap of the CDK',
    },
    {
      Sid: 'SeeBootstrap',
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: [`arn:${partition}:ssm:${region}:${account}:parameter/cdk-bootstrap/hnb659fds/version`],
      reason: 'The version of the bootstrap, which has to be new enough',
    },
    {
      Sid: 'SeeBuckets',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [...new Set(buckets.flatMap(({ bucketArn }) => [bucketArn, `${bucketArn}-*`]))],
      reason:
        'Whether a bucket that the stack would make is there already; others of it are named after these',
    },
  ];
}

const seeStack = ({ partition, region, account }: AwsTarget, stack: string): ReasonedStatement => ({
  Sid: 'SeeStack',
  Effect: 'Allow',
  Action: [
    'cloudformation:DescribeStacks',
    'cloudformation:GetTemplate',
    'cloudformation:ListStackResources',
  ],
  Resource: [`arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/*`],
  reason: `The live stack ${stack}, with which the plan compares`,
});
