import type { AwsTarget } from '../catalog/aws-target.ts';

/** The input of IAM's CreateRole (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html). */
export interface ServiceRole {
  readonly RoleName: string;
  readonly Description: string;
  /** JSON. */
  readonly AssumeRolePolicyDocument: string;
}

/** The services that run something for a table as a role, by the name in their ARNs. */
const serviceWords = {
  databrew: 'DataBrew',
  firehose: 'Firehose',
  glue: 'Glue',
  kinesisanalytics: 'Flink',
  lambda: 'Lambda',
} as const;

/** Those that say for which resource they assume a role. Lambda says the account only. */
const saysResource = (service: keyof typeof serviceWords): boolean => service !== 'lambda';

/**
 * A role that one service alone may assume, and only for this account
 * (https://docs.aws.amazon.com/glue/latest/dg/cross-service-confused-deputy-prevention.html), as the input of IAM's CreateRole.
 *
 * @param service as its ARNs name it, which is also the name of its principal
 * @param arn the role's ARN
 * @example serviceRole(target, 'glue', 'arn:aws:iam::123456789012:role/headwater-shop-crawler', 'Crawlers of what lands')
 */
export const serviceRole = (
  { partition, region, account }: AwsTarget,
  service: keyof typeof serviceWords,
  arn: string,
  description: string,
): ServiceRole => ({
  RoleName: arn.split('/').at(-1) ?? '',
  Description: description,
  AssumeRolePolicyDocument: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: `AssumeAs${serviceWords[service]}`,
        Effect: 'Allow',
        Principal: { Service: `${service}.amazonaws.com` },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ...(saysResource(service)
            ? { ArnLike: { 'aws:SourceArn': `arn:${partition}:${service}:${region}:${account}:*` } }
            : {}),
        },
      },
    ],
  }),
});
