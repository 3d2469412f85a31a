import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { AwsRequest } from '@headwater/local-aws/testing';
import { z } from 'zod';
import {
  type AlarmsConfig,
  type AwsTarget,
  deriveAlarms,
  deriveAthenaWorkgroup,
  deriveCloudWatchDashboard,
  deriveCrawler,
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataBrewProject,
  deriveDataBrewRecipe,
  deriveDataBrewRole,
  deriveDataBrewRuleset,
  deriveDataBrewSchedule,
  deriveDataQualityRuleset,
  deriveFirehose,
  deriveFirehoseRole,
  deriveFlinkApplication,
  deriveFlinkRole,
  deriveFlinkStudio,
  deriveGlueSchema,
  deriveGlueTable,
  deriveIamPolicy,
  deriveLakeFormation,
  deriveLoadAlarms,
  deriveLoadPipeline,
  deriveQueryAlarms,
  deriveS3Lifecycle,
  deriveSparkJob,
  deriveSparkRole,
  type PolicyRole,
  type S3LifecycleOptions,
  type TableSchema,
} from '../../src/index.ts';
import {
  deriveReadPolicy,
  glueTableInput,
  policyRoles,
  rollupTable,
  tableLayers,
} from '../../src/internal.ts';
import { byKind, everyKind } from './aws-tables.ts';
import { shopEvents } from './shop-events.ts';

const tables = [shopEvents, everyKind, byKind].map(({ schema }) => schema);

const withKey = (target: AwsTarget): AwsTarget => ({
  ...target,
  kmsKey: `arn:aws:kms:${target.region}:${target.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
});

function tableRequests(schema: TableSchema, target: AwsTarget): AwsRequest[] {
  // CSV has no nested values.
  const layers = tableLayers.filter((layer) => schema !== everyKind.schema || layer !== 'raw-csv');
  const createTable = (TableInput: object): AwsRequest => ({
    service: 'glue',
    operation: 'CreateTable',
    input: { DatabaseName: target.database, TableInput },
  });
  const daily = {
    metric: 'daily-visitors',
    description: `Visitors of ${schema.name}`,
    dimensions: schema.columns.filter(({ type }) => type.kind === 'enum').slice(0, 1),
    measures: schema.columns.filter(({ type }) => type.kind === 'int64').slice(0, 1),
  };
  return [
    ...layers.map((layer) => createTable(deriveGlueTable(schema, target, { layer, version: '1.0.0' }))),
    createTable(glueTableInput(rollupTable(schema.name, daily, target))),
    { service: 'glue', operation: 'CreateSchema', input: deriveGlueSchema(schema, target) },
    ...lakeFormationRequests(schema, target),
  ];
}

function lakeFormationRequests(schema: TableSchema, target: AwsTarget): AwsRequest[] {
  const role = (name: string): string => `arn:${target.partition}:iam::${target.account}:role/${name}`;
  const restricted: AwsTarget = { ...target, permissionClasses: ['no_pii', 'no_direct_pii'] };
  const options = {
    readers: [
      { principal: role('marketing'), permissionClass: 'no_pii' },
      { principal: role('analysts'), permissionClass: 'no_direct_pii' },
      { principal: role('support') },
    ],
    publishers: [role('publisher')],
  } as const;
  const calls = (['tags', 'filters'] as const).flatMap((by) =>
    deriveLakeFormation(schema, restricted, { ...options, by }),
  );
  return calls.map(({ operation, input }) => ({ service: 'lakeformation', operation, input }));
}

/** The job of a table, and a run of it. */
function sparkRequests(schema: TableSchema, target: AwsTarget): AwsRequest[] {
  const { job, run } = deriveSparkJob(schema, target, {
    inputBytes: 2e12,
    inputs: [`${target.location}/../landing/`.replace('/../', '-')],
    result: `${target.location}/_headwater/${schema.name}/jobs/results/1.json`,
    executionClass: 'FLEX',
    tags: { team: 'shop' },
  });
  const { Tags: _, Name: JobName, ...JobUpdate } = job;
  return [
    { service: 'glue', operation: 'CreateJob', input: job },
    { service: 'glue', operation: 'UpdateJob', input: { JobName, JobUpdate } },
    { service: 'glue', operation: 'StartJobRun', input: run },
  ];
}

/** The crawler of a table's landing folder, and one with every option. */
const crawlerRequests = (schema: TableSchema, target: AwsTarget): AwsRequest[] =>
  [
    deriveCrawler(schema, target),
    {
      ...deriveCrawler(schema, target, {
        landing: 's3://shop-landing/raw/',
        schedule: 'cron(0/15 6-20 ? * MON-FRI *)',
        exclude: ['**.tmp', '_*'],
        sampleFiles: 10,
        maxTables: 3,
        tags: { team: 'shop' },
      }),
      Name: `${target.database}-${schema.name}-other`,
    },
  ].map((input) => ({ service: 'glue', operation: 'CreateCrawler', input }));

/** The delivery stream of a table whose records a transform cleans, and of one whose records land as they came. */
const firehoseRequests = (target: AwsTarget): AwsRequest[] => {
  const transform = `arn:${target.partition}:lambda:${target.region}:${target.account}:function:clean:live`;
  const stream = { name: 'shop-clicks', sessionsTable: 'shop-sessions', landing: 's3://shop-landing/stream' };
  return [
    deriveFirehose(shopEvents.schema, target, { transform, tags: { team: 'shop' } }),
    deriveFirehose(everyKind.schema, { ...target, stream }, { transform, bufferSize: 64, bufferSeconds: 60 }),
    deriveFirehose(byKind.schema, withKey(target), { keys: { product_id: 'Product Id' } }),
  ].map((input) => ({ service: 'firehose', operation: 'CreateDeliveryStream', input }));
};

/** The application of each table that runs its job of Flink, and that of its notebook. */
const flinkRequests = (target: AwsTarget): AwsRequest[] =>
  tables
    .flatMap((schema) => [
      deriveFlinkApplication(schema, target, { code: `s3://shop-code/flink/${schema.name}.zip` }),
      deriveFlinkStudio(schema, target),
    ])
    .map((input) => ({ service: 'kinesisanalyticsv2', operation: 'CreateApplication', input }));

/** Every alarm that a stream, loads and queries can have, of tables in UTC and of one with a zone. */
function alarmRequests(target: AwsTarget): AwsRequest[] {
  const stream = { name: 'shop-clicks', sessionsTable: 'shop-sessions', deliveryStream: 'shop-clicks-to-s3' };
  const alarms: AlarmsConfig = {
    topicArn: `arn:${target.partition}:sns:${target.region}:${target.account}:shop-alarms`,
    functions: { sessions: 'shop-sessions', alerts: 'shop-alerts', transform: 'shop-transform' },
    failureQueues: ['shop-sessions-failures', 'shop-alerts-failures'],
    flinkApplication: 'shop-flink',
    unusualDays: [{ from: '2026-11-27', to: '2026-11-30' }],
  };
  return [
    ...tables.flatMap((schema) => deriveAlarms(schema, target)),
    ...deriveAlarms({ ...shopEvents.schema, zone: 'Europe/Berlin' }, { ...target, stream }, alarms),
    ...deriveLoadAlarms({ ...shopEvents.schema, zone: 'Europe/Berlin' }, target, { freshHours: 168 }),
    ...deriveQueryAlarms(target),
    {
      service: 'cloudwatch',
      operation: 'PutDashboard',
      input: deriveCloudWatchDashboard(tables, { ...target, stream: { ...stream, alarms } }),
    },
  ];
}

/** The lifecycle of a bucket with every table. */
export const lifecycleRequest = (target: AwsTarget, options?: S3LifecycleOptions): AwsRequest => ({
  service: 's3',
  operation: 'PutBucketLifecycleConfiguration',
  input: deriveS3Lifecycle(tables, target, options),
});

/** What DataBrew has for every table, in an order in which the calls can be made. */
export function dataBrewRequests(target: AwsTarget): AwsRequest[] {
  return tables.flatMap((schema, index): AwsRequest[] => {
    const to = index === 0 ? target : withKey(target);
    const format = (['csv', 'json', 'parquet'] as const)[index];
    const call = (operation: string, input: object): AwsRequest => ({
      service: 'databrew',
      operation,
      input,
    });
    const recipe = deriveDataBrewRecipe(schema, to);
    const { Tags: _, ...update } = recipe;
    return [
      call('CreateDataset', deriveDataBrewDataset(schema, to, { format })),
      call('CreateRecipe', recipe),
      call('UpdateRecipe', update),
      call('PublishRecipe', { Name: recipe.Name }),
      call('CreateRecipeJob', deriveDataBrewJob(schema, to)),
      call('CreateRuleset', deriveDataBrewRuleset(schema, to)),
      call('CreateSchedule', deriveDataBrewSchedule(schema, to)),
      call('CreateProject', deriveDataBrewProject(schema, to)),
    ];
  });
}

/** The requests without repetitions: a tag and a location are made once, whatever the number of tables. */
const once = (requests: readonly AwsRequest[]): AwsRequest[] => [
  ...new Map(requests.map((request) => [JSON.stringify(request), request])).values(),
];

/** A call for everything that is derived, in an order in which the calls can be made. */
export function awsRequests(target: AwsTarget): AwsRequest[] {
  const keyed = withKey(target);
  const policies = [
    ...(Object.keys(policyRoles) as PolicyRole[])
      .filter((role) => role !== 'dashboard-publisher')
      .map((role) => [role, deriveIamPolicy(tables, target, role)] as const),
    // Of all tables it is longer than IAM allows; then there is one for each.
    ...tables.map(
      (table) =>
        [`dashboards-${table.name}`, deriveIamPolicy([table], target, 'dashboard-publisher')] as const,
    ),
    ['metric', deriveReadPolicy([{ table: shopEvents.schema }], target)] as const,
    ['restricted', deriveIamPolicy(tables, keyed, 'analyst', { permissionClass: 'no_pii' })] as const,
  ];
  return [
    { service: 'glue', operation: 'CreateRegistry', input: { RegistryName: target.registry } },
    ...once(tables.flatMap((schema) => tableRequests(schema, target))),
    { service: 'iam', operation: 'CreateRole', input: deriveSparkRole(target) },
    { service: 'iam', operation: 'CreateRole', input: deriveDataBrewRole(target) },
    { service: 'iam', operation: 'CreateRole', input: deriveFirehoseRole(target) },
    { service: 'iam', operation: 'CreateRole', input: deriveFlinkRole(target) },
    { service: 'iam', operation: 'CreateRole', input: deriveFlinkRole(target, 'studio') },
    ...firehoseRequests(target),
    ...flinkRequests(target),
    ...alarmRequests(target),
    ...tables.flatMap((schema) => sparkRequests(schema, target)),
    ...tables.flatMap((schema) => crawlerRequests(schema, target)),
    ...tables.map(
      (schema): AwsRequest => ({
        service: 'glue',
        operation: 'CreateDataQualityRuleset',
        input: deriveDataQualityRuleset(schema, target, { tags: { team: 'shop' } }),
      }),
    ),
    ...policies.map(
      ([name, { policy }]): AwsRequest => ({
        service: 'iam',
        operation: 'CreatePolicy',
        input: { PolicyName: `${target.database}-${name}`, PolicyDocument: JSON.stringify(policy) },
      }),
    ),
    ...[target, keyed].flatMap((one) =>
      deriveLoadPipeline(one === keyed ? byKind.schema : shopEvents.schema, one, {
        landing: 's3://shop-landing/raw/',
      }),
    ),
    lifecycleRequest(target),
    { service: 'athena', operation: 'CreateWorkGroup', input: deriveAthenaWorkgroup(target, 5e9) },
    { service: 'athena', operation: 'CreateWorkGroup', input: deriveAthenaWorkgroup(keyed, 5e9, 'no_pii') },
  ];
}

/** The command of a Python that may have botocore. */
export const python = process.env['HEADWATER_PYTHON'] ?? 'python3';

/** Whether the machine has a Python with botocore. */
export const hasBotocore = (): boolean => spawnSync(python, ['-c', 'import botocore']).status === 0;

/**
 * What botocore has to say of each request, in their order, and of those that say nothing; nothing at all is best.
 * @param mode `send` makes the calls, too, where AWS_ENDPOINT_URL says
 */
export function botocoreProblems(
  requests: readonly AwsRequest[],
  mode: 'check' | 'send',
): readonly (readonly [request: string, problems: readonly string[]])[] {
  const script = join(import.meta.dirname, '..', 'support', 'aws_requests.py');
  const run = spawnSync(python, [script, mode], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const problems = z.array(z.array(z.string())).parse(JSON.parse(run.stdout));
  return requests
    .map(
      ({ service, operation }, index) =>
        [`${index} ${service} ${operation}`, problems[index] ?? ['no answer']] as const,
    )
    .filter(([, found]) => found.length > 0);
}
