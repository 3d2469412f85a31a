import type { AccessRequest } from '@headwater/local-aws/testing';
import { awsTarget, type DerivedPolicy } from '../../../src/index.ts';
import { testTarget } from '../aws-test-target.ts';

/** What a role must be able to do, what of it our own code does, and what it must not be able to do. */
export interface RoleCase {
  readonly policy: () => DerivedPolicy;
  /**
   * Files and folders of the workspace whose commands of the AWS SDK are sent with this role. None for a role of an AWS service, whose
   * calls are those of its documentation.
   */
  readonly code: readonly string[];
  readonly calls: readonly AccessRequest[];
  readonly refused: readonly AccessRequest[];
}

export const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const otherKey = 'arn:aws:kms:eu-central-1:123456789012:key/99999999-12ab-34cd-56ef-1234567890ab';

/** A target with everything that a config can ask for. */
export const fullTarget = awsTarget({
  ...testTarget,
  kmsKey,
  permissionClasses: ['no_pii'],
  dataBrew: { schedule: 'cron(0 3 * * ? *)', project: true },
  crawler: {},
  dataQuality: {},
  stream: {
    name: 'shop-clicks',
    sessionsTable: 'shop-sessions',
    deliveryStream: 'to-s3',
    landing: 's3://shop-landing/stream',
    transform: 'arn:aws:lambda:eu-central-1:123456789012:function:clean',
  },
});

/** An ARN of the account and the region. */
export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
export const iamRole = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
export const bucket = (name: string): string => `arn:aws:s3:::${name}`;
/** An object below the lake. */
export const inLake = (key: string): string => bucket(`shop-lake/events/${key}`);

/** The same actions on one resource. */
export const on = (
  resource: string,
  actions: readonly string[],
  context?: AccessRequest['context'],
): AccessRequest[] => actions.map((action) => ({ action, resource, context }));

/** Actions on a table of Glue, which Glue also checks against the database and the catalog. */
export const onTable = (database: string, table: string, actions: readonly string[]): AccessRequest[] => [
  ...on(arn('glue', `table/${database}/${table}`), actions),
  ...on(arn('glue', `database/${database}`), actions),
  ...on(arn('glue', 'catalog'), actions),
];

export const listing = (name: string, prefix: string): AccessRequest => ({
  action: 's3:ListBucket',
  resource: bucket(name),
  context: { 's3:prefix': prefix },
});

/** Calls that Athena makes for the caller. */
export const byAthena = { 'aws:CalledVia': ['athena.amazonaws.com'] } as const;

const throughS3 = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } as const;
export const keyCalls = (...words: readonly ('Decrypt' | 'GenerateDataKey')[]): AccessRequest[] =>
  on(
    kmsKey,
    words.map((word) => `kms:${word}`),
    throughS3,
  );

export const passing = (role: string, service: string): AccessRequest => ({
  action: 'iam:PassRole',
  resource: iamRole(role),
  context: { 'iam:PassedToService': `${service}.amazonaws.com` },
});

const lakeBucket = bucket('shop-lake');
const otherTable = arn('glue', 'table/shop/payroll');

/** What no role may do, whatever it is for. A role whose calls have one of these is asked for the others. */
export const refusedToAll: readonly AccessRequest[] = [
  ...on(lakeBucket, [
    's3:DeleteBucket',
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:PutBucketVersioning',
    's3:PutLifecycleConfiguration',
    's3:PutEncryptionConfiguration',
    's3:PutBucketPublicAccessBlock',
  ]),
  ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:DeleteObjectVersion', 's3:PutObjectAcl']),
  ...on(inLake('payroll/dt=2019-10-01/a.parquet'), ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
  ...on(inLake('payroll/dt=2019-10-01/a.parquet'), ['s3:GetObject'], byAthena),
  ...on(inLake('_headwater/payroll/1.json'), ['s3:GetObject', 's3:PutObject']),
  // A table whose name begins with that of another one.
  ...on(inLake('shop_events_eu/dt=2019-10-01/a.parquet'), ['s3:GetObject', 's3:PutObject']),
  ...on(bucket('shop-lake/other/shop_events/a.parquet'), ['s3:GetObject', 's3:PutObject']),
  ...on(bucket('other-bucket/events/shop_events/a.parquet'), ['s3:GetObject', 's3:PutObject']),
  ...on(otherTable, ['glue:GetTable', 'glue:UpdateTable', 'glue:DeleteTable', 'glue:BatchCreatePartition']),
  ...on(arn('glue', 'table/shop/shop_events'), ['glue:DeleteTable', 'glue:BatchDeletePartition']),
  ...on(arn('glue', 'database/shop'), ['glue:DeleteDatabase', 'glue:UpdateDatabase']),
  ...on(arn('glue', 'job/payroll'), ['glue:StartJobRun', 'glue:UpdateJob']),
  ...on(arn('glue', 'job/headwater-shop-shop_events'), ['glue:DeleteJob']),
  ...on(arn('athena', 'workgroup/primary'), ['athena:StartQueryExecution', 'athena:UpdateWorkGroup']),
  ...on(arn('athena', 'workgroup/headwater-shop'), ['athena:DeleteWorkGroup']),
  ...on(otherKey, ['kms:Decrypt', 'kms:GenerateDataKey'], throughS3),
  // The key of the lake, but not for S3.
  ...on(kmsKey, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ...on(kmsKey, ['kms:Decrypt'], { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }),
  ...on(kmsKey, ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:CreateGrant']),
  ...on(iamRole('admin'), [
    'iam:CreateRole',
    'iam:PutRolePolicy',
    'iam:AttachRolePolicy',
    'iam:UpdateAssumeRolePolicy',
    'sts:AssumeRole',
  ]),
  ...on('arn:aws:iam::123456789012:user/someone', ['iam:CreateAccessKey', 'iam:CreateUser']),
  ...['ec2', 'glue', 'lambda', 'databrew', 'firehose'].map((service) => passing('admin', service)),
  ...['spark', 'databrew', 'crawler', 'firehose'].flatMap((role) =>
    ['ec2', 'lambda'].map((service) => passing(`headwater-shop-${role}`, service)),
  ),
  ...on('*', ['lakeformation:PutDataLakeSettings', 'lakeformation:GrantPermissions', 's3:ListAllMyBuckets']),
  ...on(arn('kinesis', 'stream/shop-clicks'), ['kinesis:DeleteStream', 'kinesis:MergeShards']),
  ...on(arn('kinesis', 'stream/other'), ['kinesis:GetRecords', 'kinesis:PutRecords']),
  ...on(arn('dynamodb', 'table/shop-sessions'), ['dynamodb:DeleteTable']),
  ...on(arn('dynamodb', 'table/other'), ['dynamodb:GetItem', 'dynamodb:PutItem']),
  ...on(arn('lambda', 'function:other'), ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode']),
  ...on(arn('sqs', 'other'), ['sqs:SendMessage', 'sqs:ReceiveMessage']),
  ...on(arn('sns', 'other'), ['sns:Publish']),
  ...on(arn('logs', 'log-group:/aws/lambda/other'), ['logs:DeleteLogGroup']),
  { action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': 'Billing' } },
];
