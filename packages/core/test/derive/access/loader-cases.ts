import { pipelinePlace } from '../../../src/derive/load-pipeline/pipeline-place.ts';
import { pipelineRoles } from '../../../src/derive/load-pipeline/pipeline-roles.ts';
import { deriveIamPolicy, type PolicyRole } from '../../../src/index.ts';
import { shopEvents } from '../shop-events.ts';
import {
  arn,
  bucket,
  byAthena,
  fullTarget,
  iamRole,
  inLake,
  keyCalls,
  listing,
  on,
  onTable,
  passing,
  type RoleCase,
} from './access-kit.ts';

const tables = [shopEvents.schema];
const landing = ['s3://shop-landing/raw'];

/** What a load does in one folder of the lake. */
const kept = (folder: string) =>
  on(inLake(`${folder}/a.parquet`), [
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:AbortMultipartUpload',
    's3:ListMultipartUploadParts',
  ]);

/** Files of the lake are looked up by name, listed, and unfinished uploads of dead runs are found. */
const found = on(bucket('shop-lake'), ['s3:ListBucket', 's3:ListBucketMultipartUploads']);

const loaded = [
  'shop_events/dt=2019-10-01',
  '_headwater/shop_events',
  'shop_events__quarantine/dt=2019-10-01',
];
const rawFiles = [
  ...on(bucket('shop-landing/raw/a.csv'), ['s3:GetObject']),
  listing('shop-landing', 'raw/'),
  listing('shop-landing', 'raw/2019/'),
];

/** What is closed to everything that loads. */
const closed = [
  ...on(bucket('shop-landing/raw/a.csv'), ['s3:PutObject', 's3:DeleteObject']),
  ...on(bucket('shop-landing/other/a.csv'), ['s3:GetObject']),
  listing('shop-landing', ''),
  listing('shop-landing', 'other/'),
  ...on(bucket('shop-lake/_athena/events/1.csv'), ['s3:GetObject', 's3:PutObject']),
  ...on(arn('glue', 'table/shop/shop_events'), ['glue:UpdateTable', 'glue:CreateTable']),
  ...on(arn('athena', 'workgroup/headwater-shop'), ['athena:StartQueryExecution', 'athena:UpdateWorkGroup']),
  ...on(arn('kinesis', 'stream/shop-clicks'), ['kinesis:GetRecords', 'kinesis:PutRecords']),
];

const glueLogs = [
  ...on(arn('logs', 'log-group:/aws-glue/jobs/output'), ['logs:CreateLogGroup']),
  ...on(arn('logs', 'log-group:/aws-glue/jobs/output:log-stream:jr_1'), [
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
];
const glueMetrics = {
  action: 'cloudwatch:PutMetricData',
  resource: '*',
  context: { 'cloudwatch:namespace': 'Glue' },
};

const [loadRole, verifyRole, pipeRole] = pipelineRoles(
  pipelinePlace(shopEvents.schema, fullTarget, { landing: 's3://shop-landing/raw/' }),
);
const results = '_headwater/shop_events/jobs/results/1.json';

/** Those who load: the command, Spark jobs, who submits them, and the parts of the load pipeline. */
export const loaderCases = {
  etl: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'etl', { landing }),
    code: ['packages/storage/src', 'packages/publish/src/partitions'],
    calls: [
      ...loaded.flatMap(kept),
      ...['shop_events__rollup_revenue_day/dt=2019-10-01', '_headwater/shop_events__rollups'].flatMap(kept),
      ...found,
      // A forgotten person's rows stay in old versions: etl forget says for how long.
      ...on(bucket('shop-lake'), ['s3:GetBucketVersioning', 's3:GetLifecycleConfiguration']),
      ...rawFiles,
      ...on(bucket('shop-landing/stream/shop_events/cleaned/dt=2019-10-01/a.parquet'), ['s3:GetObject']),
      listing('shop-landing', 'stream/shop_events/'),
      ...keyCalls('Decrypt', 'GenerateDataKey'),
      ...onTable('shop', 'shop_events', ['glue:GetTable', 'glue:GetPartitions', 'glue:BatchCreatePartition']),
      ...onTable('shop', 'shop_events__rollup_revenue_day', ['glue:CreateTable', 'glue:UpdateTable']),
    ],
    refused: [...closed, ...on(arn('glue', 'job/headwater-shop-shop_events'), ['glue:StartJobRun'])],
  },
  'spark-job': {
    policy: () => deriveIamPolicy(tables, fullTarget, 'spark-job', { landing }),
    code: ['packages/etl/src/load/spark'],
    calls: [
      ...loaded.flatMap(kept),
      ...found,
      ...rawFiles,
      ...keyCalls('Decrypt', 'GenerateDataKey'),
      ...glueLogs,
      glueMetrics,
    ],
    refused: [
      ...closed,
      ...kept('shop_events__rollup_revenue_day/dt=2019-10-01'),
      ...on(bucket('shop-landing/stream/shop_events/cleaned/a.parquet'), ['s3:GetObject']),
      ...on(arn('glue', 'table/shop/shop_events'), ['glue:BatchCreatePartition']),
      ...on(arn('glue', 'job/headwater-shop-shop_events'), ['glue:StartJobRun', 'glue:UpdateJob']),
    ],
  },
  submitter: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'submitter'),
    code: ['packages/etl/src/jobs'],
    calls: [
      ...on(arn('glue', 'job/headwater-shop-shop_events'), [
        'glue:GetJob',
        'glue:CreateJob',
        'glue:UpdateJob',
        // With the tags of a job that is created.
        'glue:TagResource',
        'glue:StartJobRun',
        'glue:GetJobRun',
        'glue:GetJobRuns',
        'glue:BatchStopJobRun',
      ]),
      passing('headwater-shop-spark', 'glue'),
      ...on(inLake('_headwater/shop_events/jobs/scripts/headwater.py'), ['s3:GetObject', 's3:PutObject']),
      ...on(inLake('_headwater/shop_events/1.json'), ['s3:GetObject']),
      ...on(bucket('shop-lake'), ['s3:ListBucket']),
      ...keyCalls('Decrypt', 'GenerateDataKey'),
    ],
    refused: [
      ...closed,
      ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject', 's3:PutObject']),
      ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject'], byAthena),
      ...on(inLake('shop_events__quarantine/dt=2019-10-01/a.parquet'), ['s3:GetObject']),
      ...on(bucket('shop-landing/raw/a.csv'), ['s3:GetObject']),
      // A commit is the job's own.
      ...on(inLake('_headwater/shop_events/1.json'), ['s3:PutObject', 's3:DeleteObject']),
      passing('headwater-shop-databrew', 'glue'),
      passing('headwater-shop-spark', 'states'),
    ],
  },
  'load pipeline': {
    policy: () => permissionsOf(loadRole),
    code: [],
    // https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html
    calls: [
      ...['headwater-shop-shop_events', 'headwater-shop-shop_events-verify'].flatMap((job) =>
        on(arn('glue', `job/${job}`), [
          'glue:StartJobRun',
          'glue:GetJobRun',
          'glue:GetJobRuns',
          'glue:BatchStopJobRun',
        ]),
      ),
      ...on(inLake(results), ['s3:GetObject']),
      ...keyCalls('Decrypt'),
      ...on(arn('sns', 'headwater-shop-shop_events-loads'), ['sns:Publish']),
      ...on(arn('sqs', 'headwater-shop-shop_events-landing.fifo'), ['sqs:SendMessage']),
      // What alarms of freshness and of rejected rows watch.
      {
        action: 'cloudwatch:PutMetricData',
        resource: '*',
        context: { 'cloudwatch:namespace': 'Headwater/Lake' },
      },
    ],
    refused: [
      ...closed,
      ...on(inLake(results), ['s3:PutObject']),
      ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject']),
      ...on(arn('glue', 'job/headwater-shop-shop_events'), ['glue:UpdateJob', 'glue:CreateJob']),
      ...on(arn('sqs', 'headwater-shop-shop_events-landing.fifo'), ['sqs:DeleteMessage', 'sqs:PurgeQueue']),
    ],
  },
  'load verification': {
    policy: () => permissionsOf(verifyRole),
    code: ['packages/etl/src/load/spark/verify_commit.py'],
    calls: [
      ...loaded.flatMap((folder) => on(inLake(`${folder}/a.parquet`), ['s3:GetObject'])),
      ...on(inLake(results), ['s3:PutObject']),
      ...keyCalls('Decrypt', 'GenerateDataKey'),
      ...glueLogs,
    ],
    refused: [
      ...closed,
      ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:PutObject', 's3:DeleteObject']),
      ...on(inLake('_headwater/shop_events/1.json'), ['s3:PutObject', 's3:DeleteObject']),
      ...on(bucket('shop-landing/raw/a.csv'), ['s3:GetObject']),
    ],
  },
  'load pipe': {
    policy: () => permissionsOf(pipeRole),
    code: [],
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html
    calls: [
      ...on(arn('sqs', 'headwater-shop-shop_events-landing.fifo'), [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
      ]),
      ...on(arn('states', 'stateMachine:headwater-shop-shop_events-load'), ['states:StartExecution']),
    ],
    refused: [
      ...closed,
      ...on(arn('states', 'stateMachine:other'), ['states:StartExecution']),
      ...on(arn('states', 'stateMachine:headwater-shop-shop_events-load'), ['states:DeleteStateMachine']),
      ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject', 's3:PutObject']),
      ...on(iamRole('headwater-shop-shop_events-load'), ['iam:PassRole']),
    ],
  },
} satisfies Partial<Record<PolicyRole, RoleCase>> & Record<string, RoleCase>;

function permissionsOf(role: typeof loadRole | undefined) {
  if (role === undefined) throw new Error('the pipeline lacks a role');
  return role.permissions;
}
