import { deriveIamPolicy, type PolicyRole } from '../../../src/index.ts';
import { shopEvents } from '../shop-events.ts';
import {
  arn,
  bucket,
  fullTarget,
  inLake,
  keyCalls,
  listing,
  on,
  onTable,
  type RoleCase,
} from './access-kit.ts';

const tables = [shopEvents.schema];
const raw = 'shop_events__raw_csv';
const rawFiles = [...on(inLake(`${raw}/a.csv`), ['s3:GetObject']), listing('shop-lake', `events/${raw}/`)];

/** The lake belongs to loads. */
const closedLake = [
  ...['shop_events/dt=2019-10-01/a.parquet', '_headwater/shop_events/1.json'].flatMap((key) =>
    on(inLake(key), ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
  ),
  ...on(inLake('shop_events__quarantine/dt=2019-10-01/a.parquet'), ['s3:GetObject', 's3:PutObject']),
  ...on(arn('glue', 'table/shop/shop_events'), ['glue:UpdateTable', 'glue:CreateTable']),
  ...on(arn('athena', 'workgroup/headwater-shop'), ['athena:StartQueryExecution', 'athena:UpdateWorkGroup']),
  ...on(bucket('shop-lake/_athena/events/1.csv'), ['s3:GetObject', 's3:PutObject']),
];

const logGroup = (name: string) => arn('logs', `log-group:${name}`);
const streamReads = [
  'kinesis:DescribeStream',
  'kinesis:GetShardIterator',
  'kinesis:GetRecords',
  'kinesis:ListShards',
];
const flinkReads = [
  ...on(arn('kinesis', 'stream/shop-clicks'), [...streamReads, 'kinesis:DescribeStreamSummary']),
];
const flinkLogs = (name: string) => [
  ...on('*', ['logs:DescribeLogGroups']),
  ...on(logGroup(`/aws/kinesis-analytics/${name}`), ['logs:DescribeLogStreams']),
  ...on(logGroup(`/aws/kinesis-analytics/${name}:log-stream:kinesis-analytics-log-stream`), [
    'logs:PutLogEvents',
  ]),
];

/** Roles that services of AWS take: their calls are those of the services' documentation. */
export const serviceCases = {
  // https://docs.aws.amazon.com/glue/latest/dg/crawler-prereqs.html
  crawler: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'crawler'),
    code: [],
    calls: [
      ...rawFiles,
      ...on(bucket('shop-lake'), ['s3:GetBucketLocation', 's3:GetBucketAcl']),
      ...onTable('shop_landing', 'shop_events__raw', [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTables',
        'glue:CreateTable',
        'glue:UpdateTable',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:BatchGetPartition',
        'glue:CreatePartition',
        'glue:BatchCreatePartition',
        'glue:UpdatePartition',
        'glue:BatchUpdatePartition',
      ]).filter(({ action, resource }) => action !== 'glue:GetDatabase' || !resource.includes(':table/')),
      ...keyCalls('Decrypt', 'GenerateDataKey'),
      ...on(logGroup('/aws-glue/crawlers'), ['logs:CreateLogGroup']),
      ...on(logGroup('/aws-glue/crawlers:log-stream:shop'), ['logs:CreateLogStream', 'logs:PutLogEvents']),
      { action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': 'Glue' } },
    ],
    refused: [
      ...closedLake,
      ...on(inLake(`${raw}/a.csv`), ['s3:PutObject', 's3:DeleteObject']),
      ...on(arn('glue', 'table/shop_landing/shop_events__raw'), [
        'glue:DeleteTable',
        'glue:BatchDeletePartition',
      ]),
      ...on(arn('glue', 'table/shop_landing/payroll__raw'), ['glue:UpdateTable']),
      ...on(arn('glue', 'table/shop/shop_events'), ['glue:GetTable', 'glue:BatchCreatePartition']),
    ],
  },
  // https://docs.aws.amazon.com/databrew/latest/dg/iam-policy-for-data-resources-role.html
  databrew: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'databrew'),
    code: [],
    calls: [
      ...rawFiles,
      ...on(inLake('shop_events__databrew/a.csv'), ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
      listing('shop-lake', 'events/shop_events__databrew/'),
      ...keyCalls('Decrypt', 'GenerateDataKey'),
      ...on(logGroup('/aws-glue-databrew/jobs'), ['logs:CreateLogGroup']),
      ...on(logGroup('/aws-glue-databrew/jobs:log-stream:shop'), [
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ]),
    ],
    refused: [
      ...closedLake,
      ...on(inLake(`${raw}/a.csv`), ['s3:PutObject', 's3:DeleteObject']),
      listing('shop-lake', ''),
      ...on(arn('glue', 'table/shop/shop_events'), ['glue:GetTable']),
    ],
  },
  // https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
  firehose: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'firehose'),
    code: [],
    calls: [
      ...on(arn('kinesis', 'stream/shop-clicks'), streamReads),
      ...onTable('shop', 'shop_events__stream', [
        'glue:GetTable',
        'glue:GetTableVersion',
        'glue:GetTableVersions',
      ]),
      ...on(arn('lambda', 'function:clean'), ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration']),
      ...['cleaned/dt=2019-10-01/a.parquet', 'errors/cleaned/format-conversion-failed/a'].flatMap((key) =>
        on(bucket(`shop-landing/stream/shop_events/${key}`), [
          's3:PutObject',
          's3:AbortMultipartUpload',
          's3:ListMultipartUploadParts',
        ]),
      ),
      ...on(bucket('shop-landing'), ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads']),
      listing('shop-landing', 'stream/shop_events/'),
      ...keyCalls('Decrypt', 'GenerateDataKey'),
      ...on(logGroup('/aws/kinesisfirehose/to-s3:log-stream:DestinationDelivery'), ['logs:PutLogEvents']),
    ],
    refused: [
      ...closedLake,
      ...on(bucket('shop-landing/stream/shop_events/cleaned/a.parquet'), ['s3:GetObject', 's3:DeleteObject']),
      ...on(bucket('shop-landing/raw/a.csv'), ['s3:PutObject', 's3:GetObject']),
      ...on(arn('kinesis', 'stream/shop-clicks'), ['kinesis:PutRecord', 'kinesis:PutRecords']),
      ...on(arn('glue', 'table/shop/shop_events__stream'), ['glue:UpdateTable']),
    ],
  },
  // https://docs.aws.amazon.com/managed-flink/latest/java/iam.html
  flink: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'flink'),
    code: [],
    calls: [
      ...on(bucket('shop-lake/events__flink/shop_events.zip'), ['s3:GetObject', 's3:GetObjectVersion']),
      ...keyCalls('Decrypt'),
      ...flinkReads,
      ...['per-minute', 'abandonment', 'funnel', 'many-actions', 'anomaly'].flatMap((question) =>
        on(arn('kinesis', `stream/shop-clicks-${question}`), [
          'kinesis:DescribeStreamSummary',
          'kinesis:ListShards',
          'kinesis:PutRecords',
        ]),
      ),
      ...flinkLogs('headwater-shop-shop_events'),
    ],
    refused: [
      ...closedLake,
      ...on(bucket('shop-lake/events__flink/other.zip'), ['s3:GetObject']),
      ...on(bucket('shop-lake/events__flink/shop_events.zip'), ['s3:PutObject']),
      // Its input is not its output.
      ...on(arn('kinesis', 'stream/shop-clicks'), ['kinesis:PutRecords', 'kinesis:RegisterStreamConsumer']),
      ...on(arn('kinesis', 'stream/shop-clicks-other'), ['kinesis:PutRecords', 'kinesis:GetRecords']),
    ],
  },
  // https://docs.aws.amazon.com/managed-flink/latest/java/how-zeppelin-appendix-iam.html
  'flink-studio': {
    policy: () => deriveIamPolicy(tables, fullTarget, 'flink-studio'),
    code: [],
    calls: [
      ...flinkReads,
      ...on(arn('glue', 'catalog'), [
        'glue:GetDatabase',
        'glue:GetDatabases',
        'glue:GetTable',
        'glue:GetTables',
      ]),
      ...on(arn('glue', 'database/shop'), ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables']),
      // Names of everything in the database, which is the notebook's catalog.
      ...on(arn('glue', 'table/shop/payroll'), ['glue:GetTable', 'glue:GetTables']),
      ...['catalog', 'database/shop', 'userDefinedFunction/shop/count'].flatMap((resource) =>
        on(arn('glue', resource), ['glue:GetUserDefinedFunction']),
      ),
      ...flinkLogs('headwater-shop-shop_events-studio'),
    ],
    refused: [
      ...closedLake,
      ...on(arn('kinesis', 'stream/shop-clicks'), ['kinesis:PutRecords']),
      ...on(arn('glue', 'table/shop/shop_events'), ['glue:CreateTable', 'glue:DeleteTable']),
      ...on(bucket('shop-landing/raw/a.csv'), ['s3:GetObject']),
    ],
  },
} satisfies Partial<Record<PolicyRole, RoleCase>>;
