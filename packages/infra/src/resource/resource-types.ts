import type {
  AnomalyDetector,
  AthenaWorkgroup,
  CloudWatchDashboard,
  DataBrewDataset,
  DataBrewJob,
  DataBrewProject,
  DataBrewRecipe,
  DataBrewRuleset,
  DataBrewSchedule,
  FirehoseDeliveryStream,
  FlinkApplication,
  FlinkStudio,
  GlueCrawler,
  GlueDataQualityRuleset,
  GlueJob,
  LakeFormationCall,
  MetricAlarm,
} from '@headwater/core';
import type { LoadPipelineParts } from '@headwater/core/internal';
import type { CreationRequests } from '@headwater/dashboard/quicksight';
import { withoutColumnParameters } from '@headwater/publish';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as databrew from 'aws-cdk-lib/aws-databrew';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kinesisanalytics from 'aws-cdk-lib/aws-kinesisanalyticsv2';
import * as kinesisfirehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lakeformation from 'aws-cdk-lib/aws-lakeformation';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import { type ResourceType, resourceType } from './resource-type.ts';
import type { DatabaseBody, NamedQueryInput, RegistryInput, SchemaBody, TableBody } from './small-bodies.ts';

/** The input of a call of Lake Formation. */
type LakeFormationInput<Operation extends LakeFormationCall['operation']> = Extract<
  LakeFormationCall,
  { readonly operation: Operation }
>['input'];

/** CloudFormation gives the catalog by the account of the stack. */
const noPlace = () => ({});

/** The body and the class of each type. */
export interface ResourceTypes {
  readonly 'AWS::Athena::NamedQuery': ResourceType<NamedQueryInput, athena.CfnNamedQuery>;
  readonly 'AWS::Athena::WorkGroup': ResourceType<AthenaWorkgroup, athena.CfnWorkGroup>;
  readonly 'AWS::CloudWatch::Alarm': ResourceType<MetricAlarm, cloudwatch.CfnAlarm>;
  readonly 'AWS::CloudWatch::AnomalyDetector': ResourceType<AnomalyDetector, cloudwatch.CfnAnomalyDetector>;
  readonly 'AWS::CloudWatch::Dashboard': ResourceType<CloudWatchDashboard, cloudwatch.CfnDashboard>;
  readonly 'AWS::DataBrew::Dataset': ResourceType<DataBrewDataset, databrew.CfnDataset>;
  readonly 'AWS::DataBrew::Job': ResourceType<DataBrewJob, databrew.CfnJob>;
  readonly 'AWS::DataBrew::Project': ResourceType<DataBrewProject, databrew.CfnProject>;
  readonly 'AWS::DataBrew::Recipe': ResourceType<DataBrewRecipe, databrew.CfnRecipe>;
  readonly 'AWS::DataBrew::Ruleset': ResourceType<DataBrewRuleset, databrew.CfnRuleset>;
  readonly 'AWS::DataBrew::Schedule': ResourceType<DataBrewSchedule, databrew.CfnSchedule>;
  readonly 'AWS::Glue::Crawler': ResourceType<GlueCrawler, glue.CfnCrawler>;
  readonly 'AWS::Glue::DataQualityRuleset': ResourceType<GlueDataQualityRuleset, glue.CfnDataQualityRuleset>;
  readonly 'AWS::Glue::Database': ResourceType<DatabaseBody, glue.CfnDatabase>;
  readonly 'AWS::Glue::Job': ResourceType<GlueJob | LoadPipelineParts['verify'], glue.CfnJob>;
  readonly 'AWS::Glue::Registry': ResourceType<RegistryInput, glue.CfnRegistry>;
  readonly 'AWS::Glue::Schema': ResourceType<SchemaBody, glue.CfnSchema>;
  readonly 'AWS::Glue::Table': ResourceType<TableBody, glue.CfnTable>;
  readonly 'AWS::KinesisAnalyticsV2::Application': ResourceType<
    FlinkApplication | FlinkStudio,
    kinesisanalytics.CfnApplication
  >;
  readonly 'AWS::KinesisFirehose::DeliveryStream': ResourceType<
    FirehoseDeliveryStream,
    kinesisfirehose.CfnDeliveryStream
  >;
  readonly 'AWS::LakeFormation::DataCellsFilter': ResourceType<
    LakeFormationInput<'CreateDataCellsFilter'>,
    lakeformation.CfnDataCellsFilter
  >;
  readonly 'AWS::LakeFormation::PrincipalPermissions': ResourceType<
    LakeFormationInput<'GrantPermissions' | 'RevokePermissions'>,
    lakeformation.CfnPrincipalPermissions
  >;
  readonly 'AWS::LakeFormation::Resource': ResourceType<
    LakeFormationInput<'RegisterResource'>,
    lakeformation.CfnResource
  >;
  readonly 'AWS::LakeFormation::Tag': ResourceType<LakeFormationInput<'CreateLFTag'>, lakeformation.CfnTag>;
  readonly 'AWS::LakeFormation::TagAssociation': ResourceType<
    LakeFormationInput<'AddLFTagsToResource'>,
    lakeformation.CfnTagAssociation
  >;
  readonly 'AWS::Pipes::Pipe': ResourceType<LoadPipelineParts['pipe'], CfnPipe>;
  readonly 'AWS::QuickSight::Analysis': ResourceType<CreationRequests['analysis'], quicksight.CfnAnalysis>;
  readonly 'AWS::QuickSight::Dashboard': ResourceType<CreationRequests['dashboard'], quicksight.CfnDashboard>;
  readonly 'AWS::QuickSight::DataSet': ResourceType<
    CreationRequests['dataSets'][number],
    quicksight.CfnDataSet
  >;
  readonly 'AWS::QuickSight::DataSource': ResourceType<
    CreationRequests['dataSource'],
    quicksight.CfnDataSource
  >;
  readonly 'AWS::QuickSight::RefreshSchedule': ResourceType<
    CreationRequests['refreshSchedules'][number],
    quicksight.CfnRefreshSchedule
  >;
  readonly 'AWS::QuickSight::Theme': ResourceType<CreationRequests['themes'][number], quicksight.CfnTheme>;
}

/**
 * Every type that is made of a derived body, with what CloudFormation names otherwise than the API. Each row was looked up in the
 * schema of the type (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html); a member that
 * is neither in the schema nor in the row is an error when the resource is made.
 */
export const resourceTypes: ResourceTypes = {
  'AWS::Athena::NamedQuery': resourceType<NamedQueryInput>()({ resource: athena.CfnNamedQuery }),
  'AWS::Athena::WorkGroup': resourceType<AthenaWorkgroup>()({
    resource: athena.CfnWorkGroup,
    tags: 'list',
    members: { Configuration: (settings) => ({ WorkGroupConfiguration: settings }) },
  }),
  'AWS::CloudWatch::Alarm': resourceType<MetricAlarm>()({ resource: cloudwatch.CfnAlarm, tags: 'list' }),
  'AWS::CloudWatch::AnomalyDetector': resourceType<AnomalyDetector>()({
    resource: cloudwatch.CfnAnomalyDetector,
    members: {
      // Times are texts in UTC without a zone, and the zone has another name.
      Configuration: ({ ExcludedTimeRanges, MetricTimezone }) => ({
        Configuration: {
          ExcludedTimeRanges: ExcludedTimeRanges.map(({ StartTime, EndTime }) => ({
            StartTime: StartTime.toISOString().slice(0, 19),
            EndTime: EndTime.toISOString().slice(0, 19),
          })),
          ...(MetricTimezone === undefined ? {} : { MetricTimeZone: MetricTimezone }),
        },
      }),
    },
  }),
  'AWS::CloudWatch::Dashboard': resourceType<CloudWatchDashboard>()({
    resource: cloudwatch.CfnDashboard,
    tags: 'list',
  }),
  'AWS::DataBrew::Dataset': resourceType<DataBrewDataset>()({
    resource: databrew.CfnDataset,
    tags: 'list',
  }),
  'AWS::DataBrew::Job': resourceType<DataBrewJob>()({
    resource: databrew.CfnJob,
    tags: 'list',
    members: {
      RecipeReference: ({ Name, RecipeVersion }) => ({ Recipe: { Name, Version: RecipeVersion } }),
    },
    // The API has a call for each of the two kinds of jobs.
    always: { Type: 'RECIPE' },
  }),
  'AWS::DataBrew::Project': resourceType<DataBrewProject>()({
    resource: databrew.CfnProject,
    tags: 'list',
  }),
  'AWS::DataBrew::Recipe': resourceType<DataBrewRecipe>()({ resource: databrew.CfnRecipe, tags: 'list' }),
  'AWS::DataBrew::Ruleset': resourceType<DataBrewRuleset>()({
    resource: databrew.CfnRuleset,
    tags: 'list',
    members: {
      Rules: (rules) => ({
        Rules: rules.map(({ SubstitutionMap, ...rule }) => ({
          ...rule,
          ...(SubstitutionMap === undefined
            ? {}
            : {
                SubstitutionMap: Object.entries(SubstitutionMap).map(([ValueReference, Value]) => ({
                  ValueReference,
                  Value,
                })),
              }),
        })),
      }),
    },
  }),
  'AWS::DataBrew::Schedule': resourceType<DataBrewSchedule>()({
    resource: databrew.CfnSchedule,
    tags: 'list',
  }),
  'AWS::Glue::Crawler': resourceType<GlueCrawler>()({
    resource: glue.CfnCrawler,
    tags: 'map',
    members: { Schedule: (ScheduleExpression) => ({ Schedule: { ScheduleExpression } }) },
  }),
  'AWS::Glue::DataQualityRuleset': resourceType<GlueDataQualityRuleset>()({
    resource: glue.CfnDataQualityRuleset,
    tags: 'map',
  }),
  'AWS::Glue::Database': resourceType<DatabaseBody>()({
    resource: glue.CfnDatabase,
    // In most regions, the name outside the input is the primary identifier of a database.
    members: { DatabaseInput: (input) => ({ DatabaseName: input.Name, DatabaseInput: input }) },
  }),
  'AWS::Glue::Job': resourceType<GlueJob | LoadPipelineParts['verify']>()({
    resource: glue.CfnJob,
    tags: 'map',
  }),
  'AWS::Glue::Registry': resourceType<RegistryInput>()({
    resource: glue.CfnRegistry,
    tags: 'list',
    members: { RegistryName: (Name) => ({ Name }) },
  }),
  'AWS::Glue::Schema': resourceType<SchemaBody>()({
    resource: glue.CfnSchema,
    tags: 'list',
    members: {
      RegistryId: ({ RegistryName }) => ({ Registry: { Name: RegistryName } }),
      SchemaName: (Name) => ({ Name }),
    },
  }),
  'AWS::Glue::Table': resourceType<TableBody>()({
    resource: glue.CfnTable,
    // CloudFormation replaces a table when this name changes. It identifies a table by an Id that Glue makes up.
    members: { TableInput: (table) => ({ Name: table.Name, TableInput: withoutColumnParameters(table) }) },
  }),
  'AWS::KinesisAnalyticsV2::Application': resourceType<FlinkApplication | FlinkStudio>()({
    resource: kinesisanalytics.CfnApplication,
    tags: 'list',
    // The log stream is a resource of its own, AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption.
    members: { CloudWatchLoggingOptions: noPlace },
  }),
  'AWS::KinesisFirehose::DeliveryStream': resourceType<FirehoseDeliveryStream>()({
    resource: kinesisfirehose.CfnDeliveryStream,
    tags: 'list',
  }),
  'AWS::LakeFormation::DataCellsFilter': resourceType<LakeFormationInput<'CreateDataCellsFilter'>>()({
    resource: lakeformation.CfnDataCellsFilter,
    members: { TableData: (filter) => ({ ...filter }) },
  }),
  'AWS::LakeFormation::PrincipalPermissions': resourceType<
    LakeFormationInput<'GrantPermissions' | 'RevokePermissions'>
  >()({
    resource: lakeformation.CfnPrincipalPermissions,
    members: { CatalogId: (Catalog) => ({ Catalog }) },
    always: { PermissionsWithGrantOption: [] },
  }),
  'AWS::LakeFormation::Resource': resourceType<LakeFormationInput<'RegisterResource'>>()({
    resource: lakeformation.CfnResource,
  }),
  'AWS::LakeFormation::Tag': resourceType<LakeFormationInput<'CreateLFTag'>>()({
    resource: lakeformation.CfnTag,
  }),
  'AWS::LakeFormation::TagAssociation': resourceType<LakeFormationInput<'AddLFTagsToResource'>>()({
    resource: lakeformation.CfnTagAssociation,
    // The catalog is that of the resource and of each tag.
    members: { CatalogId: noPlace },
  }),
  'AWS::QuickSight::Analysis': resourceType<CreationRequests['analysis']>()({
    resource: quicksight.CfnAnalysis,
    tags: 'list',
  }),
  'AWS::QuickSight::Dashboard': resourceType<CreationRequests['dashboard']>()({
    resource: quicksight.CfnDashboard,
    tags: 'list',
  }),
  'AWS::QuickSight::DataSet': resourceType<CreationRequests['dataSets'][number]>()({
    resource: quicksight.CfnDataSet,
    tags: 'list',
  }),
  'AWS::QuickSight::DataSource': resourceType<CreationRequests['dataSource']>()({
    resource: quicksight.CfnDataSource,
    tags: 'list',
  }),
  'AWS::QuickSight::RefreshSchedule': resourceType<CreationRequests['refreshSchedules'][number]>()({
    resource: quicksight.CfnRefreshSchedule,
    members: {
      Schedule: ({
        ScheduleFrequency: { Timezone: TimeZone, ...frequency } = { Interval: undefined },
        ...schedule
      }) => ({
        Schedule: { ...schedule, ScheduleFrequency: { ...frequency, TimeZone } },
      }),
    },
  }),
  'AWS::QuickSight::Theme': resourceType<CreationRequests['themes'][number]>()({
    resource: quicksight.CfnTheme,
    tags: 'list',
  }),
  'AWS::Pipes::Pipe': resourceType<LoadPipelineParts['pipe']>()({ resource: CfnPipe, tags: 'map' }),
};

/** A type that is made of a derived body. */
export type DerivedType = keyof ResourceTypes;

/** The body of a type: the input of the API call that would make the resource. */
export type BodyOf<Type extends DerivedType> =
  ResourceTypes[Type] extends ResourceType<infer Body, infer _> ? Body : never;

/** The CDK's class of a type. */
export type ResourceOf<Type extends DerivedType> =
  ResourceTypes[Type] extends ResourceType<infer _, infer Resource> ? Resource : never;
