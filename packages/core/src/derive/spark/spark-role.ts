import type { AwsTarget } from '../../catalog/aws-target.ts';
import { sparkJobRole } from './spark-job-place.ts';

/** The input of IAM's CreateRole (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html). */
export interface SparkRole {
  readonly RoleName: string;
  readonly Description: string;
  /** JSON. */
  readonly AssumeRolePolicyDocument: string;
}

/**
 * The role that a table's Spark jobs run as, as the input of IAM's CreateRole. Glue alone may assume it, and only for this account
 * (https://docs.aws.amazon.com/glue/latest/dg/cross-service-confused-deputy-prevention.html). Its permissions are those of
 * `deriveIamPolicy(tables, target, 'spark-job')`.
 */
export function deriveSparkRole(target: AwsTarget): SparkRole {
  return {
    RoleName: sparkJobRole(target).split('/').at(-1) ?? '',
    Description: `Spark jobs that load the lake ${target.location}`,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AssumeAsGlue',
          Effect: 'Allow',
          Principal: { Service: 'glue.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': target.account },
            ArnLike: { 'aws:SourceArn': `arn:${target.partition}:glue:${target.region}:${target.account}:*` },
          },
        },
      ],
    }),
  };
}
