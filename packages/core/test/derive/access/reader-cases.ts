import { deriveIamPolicy, type PolicyRole } from '../../../src/index.ts';
import { shopEvents } from '../shop-events.ts';
import {
  arn,
  bucket,
  byAthena,
  fullTarget,
  inLake,
  keyCalls,
  listing,
  on,
  onTable,
  type RoleCase,
} from './access-kit.ts';

const tables = [shopEvents.schema];

/** What is closed to everyone who asks. */
const closed = [
  ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:PutObject', 's3:DeleteObject']),
  // Past Athena.
  ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject']),
  ...on(inLake('_headwater/shop_events/1.json'), ['s3:PutObject', 's3:DeleteObject']),
  ...on(inLake('_headwater/shop_events/jobs/x/plan.json'), ['s3:PutObject']),
  ...['shop_events__quarantine/dt=2019-10-01/a.parquet', 'shop_events__raw_csv/a.csv'].flatMap((key) => [
    ...on(inLake(key), ['s3:GetObject']),
    ...on(inLake(key), ['s3:GetObject'], byAthena),
  ]),
  ...on(bucket('shop-landing/stream/shop_events/cleaned/a.parquet'), ['s3:GetObject'], byAthena),
  listing('shop-lake', ''),
  listing('shop-lake', 'events/shop_events__quarantine/'),
  listing('shop-lake', 'events/payroll/'),
  listing('shop-landing', 'stream/shop_events/'),
  ...['shop_events__quarantine', 'shop_events__raw_csv', 'shop_events__stream'].flatMap((table) =>
    on(arn('glue', `table/shop/${table}`), ['glue:GetTable', 'glue:GetPartitions']),
  ),
  ...on(arn('glue', 'table/shop/shop_events'), [
    'glue:UpdateTable',
    'glue:CreateTable',
    'glue:BatchCreatePartition',
  ]),
  ...on(arn('athena', 'workgroup/headwater-shop'), ['athena:UpdateWorkGroup', 'athena:CreateWorkGroup']),
  ...on(arn('glue', 'job/headwater-shop-shop_events'), ['glue:StartJobRun']),
  ...on(arn('kinesis', 'stream/shop-clicks'), ['kinesis:GetRecords', 'kinesis:PutRecords']),
];

/** What Athena does in a workgroup for whoever asks it (https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html). */
const asking = (workgroup: string, results: string) => [
  ...on(arn('athena', `workgroup/${workgroup}`), [
    'athena:StartQueryExecution',
    'athena:GetQueryExecution',
    'athena:GetQueryResults',
    'athena:StopQueryExecution',
    // Of the JDBC driver and the console.
    'athena:GetQueryResultsStream',
    'athena:GetWorkGroup',
  ]),
  ...on(arn('glue', 'catalog'), ['glue:GetDatabase', 'glue:GetDatabases', 'glue:CreateDatabase']),
  ...on(arn('glue', 'database/default'), ['glue:GetDatabase', 'glue:GetDatabases', 'glue:CreateDatabase']),
  ...on(arn('glue', 'database/shop'), ['glue:GetDatabase']),
  ...on(
    bucket(`${results}/1.csv`),
    ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    byAthena,
  ),
  ...on(bucket(`${results}/1.csv`), ['s3:GetObject']),
  listing('shop-lake', `${results.replace('shop-lake/', '')}/1`),
  ...on(bucket('shop-lake'), ['s3:GetBucketLocation']),
  ...keyCalls('Decrypt', 'GenerateDataKey'),
  ...on('*', ['lakeformation:GetDataAccess', 'athena:ListWorkGroups']),
];

const reading = ['glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions', 'glue:BatchGetPartition'];
const manifests = [
  ...on(inLake('_headwater/shop_events/1.json'), ['s3:GetObject']),
  listing('shop-lake', 'events/_headwater/shop_events/'),
];

/** Those who ask on Athena: everyone, and a class that may not see every column. */
export const readerCases = {
  analyst: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'analyst'),
    code: ['packages/queries/src/engines/athena'],
    calls: [
      ...asking('headwater-shop', 'shop-lake/_athena/events'),
      ...['shop_events', 'shop_events__view', 'shop_events__rollup_revenue_day'].flatMap((table) =>
        onTable('shop', table, reading),
      ),
      ...['shop_events/dt=2019-10-01', 'shop_events__rollup_revenue_day/dt=2019-10-01'].flatMap((folder) => [
        ...on(inLake(`${folder}/a.parquet`), ['s3:GetObject'], byAthena),
        {
          ...listing('shop-lake', `events/${folder}/`),
          context: { 's3:prefix': `events/${folder}/`, ...byAthena },
        },
      ]),
      ...manifests,
      ...on(inLake('_headwater/shop_events__rollups/revenue.json'), ['s3:GetObject']),
      listing('shop-lake', 'events/_headwater/shop_events__rollups/'),
    ],
    refused: closed,
  },
  'analyst without personal data': {
    policy: () => deriveIamPolicy(tables, fullTarget, 'analyst', { permissionClass: 'no_pii' }),
    code: ['packages/queries/src/engines/athena'],
    calls: [
      ...asking('headwater-shop-no-pii', 'shop-lake/_athena/events/no_pii'),
      ...['shop_events', 'shop_events__view_no_pii'].flatMap((table) => onTable('shop', table, reading)),
      ...manifests,
    ],
    refused: [
      ...closed,
      // Lake Formation gives access to the files, of the columns that it granted.
      ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject'], byAthena),
      ...on(inLake('shop_events__rollup_revenue_day/dt=2019-10-01/a.parquet'), ['s3:GetObject'], byAthena),
      ...on(arn('athena', 'workgroup/headwater-shop'), [
        'athena:StartQueryExecution',
        'athena:GetQueryResults',
      ]),
      // Results of those who see every column.
      ...on(bucket('shop-lake/_athena/events/1.csv'), ['s3:GetObject']),
      ...on(arn('glue', 'table/shop/shop_events__view'), ['glue:GetTable']),
    ],
  },
} satisfies Partial<Record<PolicyRole, RoleCase>> & Record<string, RoleCase>;
