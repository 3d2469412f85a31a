import {
  deriveAthenaWorkgroup,
  deriveCloudWatchDashboard,
  deriveCrawler,
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataBrewProject,
  deriveDataBrewRecipe,
  deriveDataBrewRuleset,
  deriveDataBrewSchedule,
  deriveDataQualityRuleset,
  deriveFirehose,
  deriveFlinkApplication,
  deriveGlueSchema,
  deriveGlueTable,
  deriveLakeFormation,
  deriveLoadAlarms,
  deriveSparkJob,
  type LakeFormationCall,
} from '@headwater/core';
import { loadPipelineParts } from '@headwater/core/internal';
import { creationRequests, deriveQuickSight } from '@headwater/dashboard/quicksight';
import { metrics } from '@headwater/queries';
import { App, Stack, Tags, Validations } from 'aws-cdk-lib';
import { CfnJob } from 'aws-cdk-lib/aws-glue';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { derivedResource } from '../../src/resource/derived-resource.ts';
import { type BodyOf, type DerivedType, resourceTypes } from '../../src/resource/resource-types.ts';
import { clickstream, target } from '../support/shop.ts';

const { schema } = clickstream;
const reader = 'arn:aws:iam::123456789012:role/reader';
const calls = [
  ...deriveLakeFormation(schema, target, { readers: [{ principal: reader, permissionClass: 'no_pii' }] }),
  ...deriveLakeFormation(schema, target, {
    by: 'filters',
    readers: [{ principal: reader, permissionClass: 'no_pii' }],
  }),
];
/** The first call of an operation. */
function input<Operation extends LakeFormationCall['operation']>(operation: Operation) {
  const call = calls.find((made) => made.operation === operation);
  if (!call) throw new Error(`no call of ${operation}`);
  return call.input as Extract<LakeFormationCall, { readonly operation: Operation }>['input'];
}

const [rights] = calls.flatMap((call) => (call.operation === 'GrantPermissions' ? [call.input] : []));
if (!rights) throw new Error('no rights are granted');

const loadAlarms = deriveLoadAlarms(schema, target);
const [alarm] = loadAlarms.flatMap((call) => (call.operation === 'PutMetricAlarm' ? [call.input] : []));
const [detector] = loadAlarms.flatMap((call) =>
  call.operation === 'PutAnomalyDetector' ? [call.input] : [],
);
if (!alarm || !detector) throw new Error('no alarm is derived');
const owner = 'arn:aws:quicksight:eu-central-1:123456789012:user/default/publisher';
const board = (mode: 'direct' | 'spice') =>
  creationRequests(
    deriveQuickSight({ table: clickstream, metrics, aws: target, config: { owners: [owner], mode } }).assets,
  );
const { analysis, dashboard, dataSource, dataSets, themes } = board('direct');
const dataSet = dataSets.find(({ DatasetParameters }) =>
  DatasetParameters?.some((one) => one.DateTimeDatasetParameter),
);
const [theme] = themes;
const [refreshSchedule] = board('spice').refreshSchedules;
if (!dataSet || !theme || !refreshSchedule) throw new Error('the dashboard is not complete');

/** A body for every type. */
const bodies: { readonly [Type in DerivedType]: BodyOf<Type> } = {
  'AWS::Athena::NamedQuery': {
    Name: 'revenue',
    Description: 'Revenue by day',
    Database: 'shop',
    WorkGroup: 'headwater-shop',
    QueryString: 'select 1',
  },
  'AWS::Athena::WorkGroup': deriveAthenaWorkgroup(target, 5e9, 'no_pii'),
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::AnomalyDetector': detector,
  'AWS::CloudWatch::Dashboard': deriveCloudWatchDashboard([schema], target),
  'AWS::DataBrew::Dataset': deriveDataBrewDataset(schema, target),
  'AWS::DataBrew::Job': deriveDataBrewJob(schema, target),
  'AWS::DataBrew::Project': deriveDataBrewProject(schema, target),
  'AWS::DataBrew::Recipe': deriveDataBrewRecipe(schema, target),
  'AWS::DataBrew::Ruleset': deriveDataBrewRuleset(schema, target),
  'AWS::DataBrew::Schedule': deriveDataBrewSchedule(schema, target),
  'AWS::Glue::Crawler': deriveCrawler(schema, target),
  'AWS::Glue::DataQualityRuleset': deriveDataQualityRuleset(schema, target),
  'AWS::Glue::Database': {
    CatalogId: target.account,
    DatabaseInput: { Name: 'shop', LocationUri: `${target.location}/`, CreateTableDefaultPermissions: [] },
  },
  'AWS::Glue::Job': deriveSparkJob(schema, target).job,
  'AWS::Glue::Registry': { RegistryName: 'shop', Description: 'Events', Tags: { a: 'b' } },
  'AWS::Glue::Schema': deriveGlueSchema(schema, target),
  'AWS::Glue::Table': {
    CatalogId: target.account,
    DatabaseName: target.database,
    TableInput: deriveGlueTable(schema, target),
  },
  'AWS::KinesisAnalyticsV2::Application': deriveFlinkApplication(schema, target, {
    code: 's3://example-shop-lake/flink/app.zip',
  }),
  'AWS::KinesisFirehose::DeliveryStream': deriveFirehose(schema, target, {
    keys: { category_code: 'category_code' },
  }),
  'AWS::LakeFormation::DataCellsFilter': input('CreateDataCellsFilter'),
  'AWS::LakeFormation::PrincipalPermissions': rights,
  'AWS::LakeFormation::Resource': input('RegisterResource'),
  'AWS::LakeFormation::Tag': input('CreateLFTag'),
  'AWS::LakeFormation::TagAssociation': input('AddLFTagsToResource'),
  'AWS::QuickSight::Analysis': analysis,
  'AWS::QuickSight::Dashboard': dashboard,
  'AWS::QuickSight::DataSet': dataSet,
  'AWS::QuickSight::DataSource': dataSource,
  'AWS::QuickSight::RefreshSchedule': refreshSchedule,
  'AWS::QuickSight::Theme': theme,
  'AWS::Pipes::Pipe': loadPipelineParts(schema, target, { landing: 's3://example-shop-landing/raw/' }).pipe,
};
const types = Object.keys(bodies) as DerivedType[];

/** What a template lacks of a body: CloudFormation has no place for it. */
const left: Partial<Record<DerivedType, RegExp>> = {
  'AWS::Glue::Table': /^TableInput\.(StorageDescriptor\.Columns|PartitionKeys)\.\d+\.Parameters\./,
  'AWS::KinesisAnalyticsV2::Application': /^CloudWatchLoggingOptions\./,
  'AWS::LakeFormation::TagAssociation': /^CatalogId$/,
};

/** The leaves of a value by their paths. */
const leaves = (value: unknown, path = ''): (readonly [path: string, leaf: string])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => leaves(member, path ? `${path}.${name}` : name))
    : [[path, JSON.stringify(value)]];

const make = (app: App): Stack => {
  const stack = new Stack(app, 'Test', { env: { region: target.region, account: target.account } });
  for (const type of types) derivedResource(stack, type.replaceAll(':', ''), type, bodies[type]);
  // `${Grain}` in an expression is a parameter of QuickSight.
  Validations.of(stack).acknowledge({
    id: 'CloudFormation-Validate::E1029',
    reason: 'Not a forgotten Fn::Sub',
  });
  Tags.of(stack).add('headwater:table', 'clickstream');
  return stack;
};

let resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
beforeAll(() => {
  // With the flag, a member, a value or an enum that is not in the schema of a type is an error of the synthesis.
  const app = new App({
    analyticsReporting: false,
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  make(app);
  resources = app.synth().getStackByName('Test').template.Resources;
});
const propertiesOf = (type: string) =>
  Object.values(resources).find(({ Type }) => Type === type)?.Properties ?? {};

describe('a resource of a derived body', () => {
  test.each(types)('%s has every member of the body', (type) => {
    const written = leaves(propertiesOf(type)).map(([, leaf]) => leaf);
    const missing = leaves(bodies[type]).filter(([path, leaf]) => {
      if (left[type]?.test(path)) return false;
      const at = written.indexOf(leaf);
      if (at >= 0) written.splice(at, 1);
      return at < 0;
    });
    expect(missing).toEqual([]);
    // A gap that has closed has to leave the list.
    const gap = left[type];
    if (gap) expect(leaves(bodies[type]).some(([path]) => gap.test(path))).toBe(true);
  });

  test('what CloudFormation names otherwise', () => {
    expect(propertiesOf('AWS::Glue::Crawler')['Schedule']).toEqual({
      ScheduleExpression: 'cron(15 12 * * ? *)',
    });
    expect(propertiesOf('AWS::DataBrew::Job')).toMatchObject({
      Type: 'RECIPE',
      Recipe: { Name: 'headwater-shop-clickstream', Version: 'LATEST_PUBLISHED' },
    });
    expect(propertiesOf('AWS::Glue::Schema')).toMatchObject({
      Name: 'clickstream',
      Registry: { Name: target.registry },
    });
    expect(propertiesOf('AWS::Athena::WorkGroup')['WorkGroupConfiguration']).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 5e9,
    });
    expect(propertiesOf('AWS::LakeFormation::DataCellsFilter')).toMatchObject({ TableName: 'clickstream' });
  });

  test('values that are empty stay, as the service needs them', () => {
    const job = propertiesOf('AWS::Glue::Job') as { DefaultArguments: Record<string, string> };
    expect(job.DefaultArguments['--enable-metrics']).toBe('');
    const stack = new Stack();
    const unpartitioned = { ...deriveGlueTable(schema, target), PartitionKeys: [] };
    const table = derivedResource(stack, 'Table', 'AWS::Glue::Table', {
      CatalogId: target.account,
      DatabaseName: target.database,
      TableInput: unpartitioned,
    });
    expect(stack.resolve(table._toCloudFormation())).toMatchObject({
      Resources: { Table: { Properties: { TableInput: { PartitionKeys: [] } } } },
    });
  });

  test('tags of the scope reach it, in the form of its type', () => {
    expect(propertiesOf('AWS::Glue::Job')['Tags']).toEqual({
      'headwater-database': 'shop',
      'headwater-table': 'clickstream',
      'headwater:table': 'clickstream',
    });
    expect(propertiesOf('AWS::DataBrew::Dataset')['Tags']).toContainEqual({
      Key: 'headwater:table',
      Value: 'clickstream',
    });
    const untagged = types.filter((type) => !('Tags' in propertiesOf(type))).toSorted();
    expect(untagged).toEqual([
      'AWS::Athena::NamedQuery',
      'AWS::CloudWatch::AnomalyDetector',
      'AWS::Glue::Database',
      'AWS::Glue::Table',
      'AWS::LakeFormation::DataCellsFilter',
      'AWS::LakeFormation::PrincipalPermissions',
      'AWS::LakeFormation::Resource',
      'AWS::LakeFormation::Tag',
      'AWS::LakeFormation::TagAssociation',
      'AWS::QuickSight::RefreshSchedule',
    ]);
    expect(types.filter((type) => !('tags' in resourceTypes[type])).toSorted()).toEqual(untagged);
  });

  test('it is the class of the CDK, and its type is known', () => {
    const job = derivedResource(new Stack(), 'Job', 'AWS::Glue::Job', bodies['AWS::Glue::Job']);
    expectTypeOf(job).toEqualTypeOf<CfnJob>();
    expect(job).toBeInstanceOf(CfnJob);
  });

  test('an unknown type and an unknown member are refused', () => {
    const stack = new Stack();
    // @ts-expect-error not a type of the table
    expect(() => derivedResource(stack, 'A', 'AWS::Glue::Trigger', {})).toThrow(
      'AWS::Glue::Trigger is not in resource-types.ts',
    );
    const { job: derived } = deriveSparkJob(schema, target);
    const job = { ...derived, Command: { ...derived.Command, Shell: 'x' } };
    expect(() => derivedResource(stack, 'B', 'AWS::Glue::Job', job)).toThrow(
      'AWS::Glue::Job has no Command.Shell',
    );
    expect(() =>
      // @ts-expect-error a body of another type
      derivedResource(stack, 'C', 'AWS::Glue::Job', bodies['AWS::Glue::Crawler']),
    ).toThrow();
  });
});
