import { deriveIamPolicy, type PolicyRole } from '../../../src/index.ts';
import { shopEvents } from '../shop-events.ts';
import {
  arn,
  bucket,
  byAthena,
  fullTarget,
  iamRole,
  inLake,
  on,
  onTable,
  passing,
  type RoleCase,
} from './access-kit.ts';

const tables = [shopEvents.schema];

/** Who publishes sees no row. */
export const noRows = [
  ...[
    'shop_events/dt=2019-10-01/a.parquet',
    '_headwater/shop_events/1.json',
    'shop_events__raw_csv/a.csv',
  ].flatMap((key) => on(inLake(key), ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'])),
  ...on(inLake('shop_events/dt=2019-10-01/a.parquet'), ['s3:GetObject'], byAthena),
  ...on(bucket('shop-lake/_athena/events/1.csv'), ['s3:GetObject']),
  ...on(arn('athena', 'workgroup/headwater-shop'), ['athena:StartQueryExecution', 'athena:GetQueryResults']),
  ...on(arn('kinesis', 'stream/shop-clicks'), ['kinesis:GetRecords', 'kinesis:PutRecords']),
];

const published = [
  'shop_events',
  'shop_events__raw_csv',
  'shop_events__raw_json',
  'shop_events__quarantine',
  'shop_events__stream',
];
const views = ['shop_events__view', 'shop_events__view_no_pii'];
const databrewKinds = ['dataset', 'recipe', 'job', 'ruleset', 'schedule', 'project'] as const;
const databrewWords = {
  dataset: ['Dataset', 'Dataset'],
  recipe: ['Recipe', 'Recipe'],
  job: ['RecipeJob', 'Job'],
  ruleset: ['Ruleset', 'Ruleset'],
  schedule: ['Schedule', 'Schedule'],
  project: ['Project', 'Project'],
} as const;

const assetKinds = ['datasource', 'dataset', 'theme', 'analysis', 'dashboard'] as const;
const assetWords = {
  datasource: 'DataSource',
  dataset: 'DataSet',
  theme: 'Theme',
  analysis: 'Analysis',
  dashboard: 'Dashboard',
} as const;
const asset = (kind: string, id = 'headwater-shop-shop_events-sales'): string =>
  arn('quicksight', `${kind}/${id}`);

/** Those who publish definitions, services and dashboards. */
export const publisherCases = {
  publisher: {
    policy: () => deriveIamPolicy(tables, fullTarget, 'publisher'),
    code: ['packages/publish/src/aws', 'packages/publish/src/drift', 'packages/publish/src/steps'],
    calls: [
      ...[...published, ...views].flatMap((table) =>
        onTable('shop', table, [
          'glue:GetTable',
          'glue:GetTableVersions',
          'glue:CreateTable',
          'glue:UpdateTable',
        ]),
      ),
      ...['database/shop', 'database/shop_landing', 'catalog'].flatMap((resource) =>
        on(arn('glue', resource), ['glue:GetDatabase', 'glue:CreateDatabase']),
      ),
      ...onTable('shop', 'payroll', ['glue:GetTables']),
      ...views.flatMap((view) => onTable('shop', view, ['glue:DeleteTable'])),
      ...on(arn('glue', 'registry/headwater-shop'), [
        'glue:GetRegistry',
        'glue:CreateRegistry',
        'glue:CreateSchema',
      ]),
      ...on(arn('glue', 'schema/headwater-shop/shop_events'), [
        'glue:GetSchema',
        'glue:CreateSchema',
        'glue:UpdateSchema',
        'glue:GetSchemaVersion',
        'glue:GetSchemaByDefinition',
        'glue:RegisterSchemaVersion',
        'glue:DeleteSchemaVersions',
      ]),
      ...on('*', ['glue:CheckSchemaVersionValidity']),
      ...['headwater-shop', 'headwater-shop-no-pii'].flatMap((workgroup) =>
        on(arn('athena', `workgroup/${workgroup}`), [
          'athena:GetWorkGroup',
          'athena:CreateWorkGroup',
          'athena:UpdateWorkGroup',
        ]),
      ),
      ...databrewKinds.flatMap((kind) => [
        ...on('*', [`databrew:Create${databrewWords[kind][0]}`]),
        ...on(arn('databrew', `${kind}/headwater-shop-shop.events`), [
          `databrew:Describe${databrewWords[kind][1]}`,
          `databrew:Update${databrewWords[kind][0]}`,
          'databrew:TagResource',
        ]),
      ]),
      ...on(arn('databrew', 'recipe/headwater-shop-shop.events'), ['databrew:PublishRecipe']),
      passing('headwater-shop-databrew', 'databrew'),
      ...on('*', ['glue:CreateCrawler', 'glue:CreateDataQualityRuleset']),
      ...on(arn('glue', 'crawler/headwater-shop-shop_events-landing'), [
        'glue:GetCrawler',
        'glue:UpdateCrawler',
        'glue:GetTags',
        'glue:TagResource',
      ]),
      passing('headwater-shop-crawler', 'glue'),
      ...on(arn('glue', 'dataQualityRuleset/headwater-shop-shop_events'), [
        'glue:GetDataQualityRuleset',
        'glue:UpdateDataQualityRuleset',
        // Their tags are read and written, too, but the reference of authorizations does not list rulesets for that.
      ]),
      ...on(arn('firehose', 'deliverystream/to-s3'), [
        'firehose:CreateDeliveryStream',
        'firehose:DescribeDeliveryStream',
        'firehose:UpdateDestination',
        'firehose:ListTagsForDeliveryStream',
        'firehose:TagDeliveryStream',
      ]),
      passing('headwater-shop-firehose', 'firehose'),
    ],
    refused: [
      ...noRows,
      ...on(arn('glue', 'table/shop/shop_events__quarantine'), ['glue:DeleteTable']),
      ...on(arn('glue', 'registry/headwater-shop'), ['glue:DeleteRegistry']),
      ...on(arn('glue', 'schema/headwater-shop/shop_events'), ['glue:DeleteSchema']),
      ...on(arn('glue', 'schema/headwater-shop/payroll'), [
        'glue:RegisterSchemaVersion',
        'glue:UpdateSchema',
      ]),
      ...on(arn('databrew', 'job/headwater-shop-shop.events'), [
        'databrew:StartJobRun',
        'databrew:DeleteJob',
      ]),
      ...on(arn('databrew', 'dataset/payroll'), ['databrew:UpdateDataset']),
      ...on(arn('glue', 'crawler/headwater-shop-shop_events-landing'), [
        'glue:StartCrawler',
        'glue:DeleteCrawler',
      ]),
      ...on(arn('firehose', 'deliverystream/to-s3'), ['firehose:PutRecord', 'firehose:DeleteDeliveryStream']),
      ...on(arn('firehose', 'deliverystream/other'), ['firehose:UpdateDestination']),
      passing('headwater-shop-spark', 'glue'),
      passing('headwater-shop-firehose', 'glue'),
      ...on(iamRole('headwater-shop-databrew'), ['iam:PutRolePolicy', 'sts:AssumeRole']),
    ],
  },
  'dashboard-publisher': {
    policy: () => deriveIamPolicy(tables, fullTarget, 'dashboard-publisher'),
    code: ['packages/dashboard/src/quicksight/publish'],
    calls: [
      ...on('*', [
        'quicksight:CreateDataSource',
        'quicksight:ListDataSources',
        'quicksight:ListDataSets',
        'quicksight:ListRefreshSchedules',
      ]),
      ...on(asset('theme', 'x'), ['quicksight:ListThemes']),
      ...on(asset('analysis', 'x'), ['quicksight:ListAnalyses']),
      ...on(asset('dashboard', 'x'), ['quicksight:ListDashboards']),
      ...assetKinds.flatMap((kind) =>
        on(asset(kind), [
          ...['Describe', 'Update', 'Delete'].map((verb) => `quicksight:${verb}${assetWords[kind]}`),
          ...['Describe', 'Update'].map((verb) => `quicksight:${verb}${assetWords[kind]}Permissions`),
          ...['quicksight:TagResource', 'quicksight:ListTagsForResource'],
        ]),
      ),
      // A data set is made on its data source, which it is handed; so is a data set to an analysis.
      ...on(asset('datasource'), ['quicksight:CreateDataSet', 'quicksight:PassDataSource']),
      ...on(asset('dataset'), ['quicksight:PassDataSet']),
      ...on(asset('theme'), ['quicksight:CreateTheme']),
      ...on(asset('analysis'), ['quicksight:CreateAnalysis']),
      ...on(asset('dashboard'), [
        'quicksight:CreateDashboard',
        'quicksight:ListDashboardVersions',
        'quicksight:UpdateDashboardPublishedVersion',
      ]),
      ...on(`${asset('dataset')}/ingestion/1`, [
        'quicksight:CreateIngestion',
        'quicksight:DescribeIngestion',
      ]),
      ...on(`${asset('dataset')}/refresh-schedule/daily`, [
        'quicksight:CreateRefreshSchedule',
        'quicksight:UpdateRefreshSchedule',
        'quicksight:DeleteRefreshSchedule',
      ]),
    ],
    refused: [
      ...noRows,
      // A table whose name begins with that of another one.
      ...assetKinds.flatMap((kind) =>
        on(asset(kind, 'headwater-shop-shop_events_eu-sales'), [
          `quicksight:Update${assetWords[kind]}`,
          `quicksight:Delete${assetWords[kind]}`,
        ]),
      ),
      ...on(asset('dashboard', 'finance'), [
        'quicksight:UpdateDashboardPermissions',
        'quicksight:DescribeDashboard',
      ]),
      ...on(arn('quicksight', 'user/default/someone'), ['quicksight:UpdateUser', 'quicksight:DeleteUser']),
    ],
  },
} satisfies Partial<Record<PolicyRole, RoleCase>>;
