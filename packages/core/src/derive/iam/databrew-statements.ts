import type { AwsTarget } from '../../catalog/aws-target.ts';
import { s3Place } from '../../catalog/s3-place.ts';
import { objectsBelow } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { keyStatements, landingStatements } from './storage-statements.ts';

/**
 * What DataBrew's jobs and projects may do: read what lands, replace what they wrote, and write their logs
 * (https://docs.aws.amazon.com/databrew/latest/dg/iam-policy-for-data-resources-role.html). They reach neither the lake's tables nor the
 * catalog.
 *
 * @param landing what they read, `s3://...`
 * @param outputs where jobs write, `s3://...`
 */
export function databrewStatements(
  target: AwsTarget,
  landing: readonly string[],
  outputs: readonly string[],
): ReasonedStatement[] {
  const { partition, region, account } = target;
  const places = outputs.map((url) => s3Place(target, url));
  const logs = `arn:${partition}:logs:${region}:${account}:log-group:/aws-glue-databrew/*`;
  return [
    ...landingStatements(target, landing),
    {
      Sid: 'WriteOutput',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      Resource: places.map((place) => objectsBelow(place, '')),
      reason: 'A run replaces what the run before it wrote',
    },
    {
      Sid: 'ListOutput',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [...new Set(places.map(({ bucketArn }) => bucketArn))],
      Condition: { StringLike: { 's3:prefix': places.map(({ prefix }) => `${prefix}/*`) } },
      reason: 'Names of the files that it replaces',
    },
    ...keyStatements(target),
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [logs, `${logs}:log-stream:*`],
      reason: 'The logs of runs',
    },
  ];
}
