// The public names, in the order of their use. `internal.ts` has those that only sibling packages use.

// Define a table of events.

export {
  type RollupConfig,
  type RollupGrain,
  type RollupKind,
  rollupGrains,
} from './rollup/rollup-config.ts';
export type { ActionName } from './table/action-table.ts';
export { type ActionValue, always } from './table/action-value.ts';
export { type ColumnMetadata, lake, type PiiClass } from './table/column-metadata.ts';
export { calendarDate, decimal, type TimeOptions, timestamp } from './table/column-type.ts';
export type { DataType } from './table/data-type.ts';
export { defineEvents, type EventsTable, type InferRow } from './table/define-events.ts';
export { defineLookup, type LookupConfig } from './table/define-lookup.ts';
export type { DuplicatesConfig } from './table/duplicate-rule.ts';
export type { ActionNames, ColumnShape, DerivedRole, EventsConfig } from './table/events-definition.ts';
export type { ManyMatches, NoMatch } from './table/lookup-rule.ts';
export type { LookupTable } from './table/lookup-table.ts';
export type { PurchaseItems } from './table/purchase-items.ts';
export type { RoleName } from './table/role-table.ts';
export type { SessionRule, SessionsConfig } from './table/session-rule.ts';
export type { SourceConfig } from './table/source-config.ts';
export type { SourceCondition, SourceRule } from './table/source-rule.ts';
export type { Column, TableSchema } from './table/table-schema.ts';

// Clean raw text.

export { duckdbCleaningSelect } from './clean/duckdb/duckdb-cleaner.ts';
export type { CleanResult, NulledValue } from './clean/record/clean-result.ts';
export { createDocumentCleaner } from './clean/record/document-cleaner.ts';
export type { JsonNumber, JsonObject, JsonValue } from './clean/record/json-reader.ts';
export {
  createRecordCleaner,
  type RawRecord,
  type RecordCleanerOptions,
} from './clean/record/record-cleaner.ts';
export type { LookupRow, LookupRows } from './clean/record/record-lookups.ts';
export type { CleanValue } from './clean/record/value-parser.ts';
export { type RejectCode, type RejectReason, rejectCodes } from './clean/reject-code.ts';
export {
  type CleaningStep,
  defaultText,
  emptyToNull,
  lowerCase,
  mapTexts,
  nullTexts,
  trim,
  wholeNumber,
} from './table/cleaning-step.ts';
export type { NumberFormat } from './table/number-format.ts';
export type { TextStep } from './table/text-step.ts';
export { type EpochUnit, type TimeFormat, timeTokens } from './table/time-format.ts';

// Derive from a definition.

export { type ArrowSchema, deriveArrowSchema } from './derive/arrow/arrow-schema.ts';
export {
  type DataBrewDataset,
  type DataBrewDatasetOptions,
  deriveDataBrewDataset,
} from './derive/databrew/databrew-dataset.ts';
export {
  type DataBrewJob,
  type DataBrewJobOptions,
  deriveDataBrewJob,
} from './derive/databrew/databrew-job.ts';
export { type DataBrewPlaces, dataBrewName, dataBrewRole } from './derive/databrew/databrew-place.ts';
export {
  type DataBrewProject,
  type DataBrewProjectOptions,
  deriveDataBrewProject,
} from './derive/databrew/databrew-project.ts';
export {
  type DataBrewRecipe,
  type DataBrewRecipeOptions,
  deriveDataBrewRecipe,
} from './derive/databrew/databrew-recipe.ts';
export { deriveDataBrewRole } from './derive/databrew/databrew-role.ts';
export {
  type DataBrewRuleset,
  type DataBrewRulesetOptions,
  deriveDataBrewRuleset,
} from './derive/databrew/databrew-ruleset.ts';
export {
  type DataBrewSchedule,
  type DataBrewScheduleOptions,
  deriveDataBrewSchedule,
} from './derive/databrew/databrew-schedule.ts';
export {
  type DataBrewDifference,
  type DataBrewExplanation,
  explainDataBrewRecipe,
} from './derive/databrew/explain-recipe.ts';
export type { DataBrewDifferenceCode } from './derive/databrew/recipe-differences.ts';
export type { DataBrewOperation } from './derive/databrew/recipe-operations.ts';
export type { DataBrewRecipeStep } from './derive/databrew/recipe-step.ts';
export type { DataBrewRulesetRule } from './derive/databrew/ruleset-rule.ts';
export type { Derivation, DerivationInputs, Derived } from './derive/derivation.ts';
export { type DerivationName, derivations } from './derive/derivations.ts';
export { deriveDataDictionary } from './derive/docs/data-dictionary.ts';
export { deriveDuckdbDdl } from './derive/duckdb/duckdb-ddl.ts';
export { deriveJsonSchema } from './derive/json/json-schema.ts';
export type { JsonSchema } from './derive/json/json-type.ts';
export {
  deriveParquetjsSchema,
  type ParquetjsField,
  type ParquetjsSchema,
} from './derive/parquetjs/parquetjs-schema.ts';
export type { PostgresTableOptions } from './derive/postgres/postgres-options.ts';
export { derivePostgresPartition, derivePostgresTable } from './derive/postgres/postgres-table.ts';
export { derivePostgresUpsert, type PostgresUpsert } from './derive/postgres/postgres-upsert.ts';

// Derive tables, schemas and policies for AWS and Trino, from a definition and its place on AWS.

export type { AlarmName, AlarmsConfig, DayRange, StreamFunction } from './catalog/alarms-config.ts';
export { type AwsConfig, type AwsTarget, awsTarget } from './catalog/aws-target.ts';
export type {
  LakeAlarmsConfig,
  LoadAlarmName,
  NoticeName,
  QueryAlarmName,
} from './catalog/lake-alarms-config.ts';
export type { LayerOptions, TableLayer } from './catalog/layers/layer-table.ts';
export type { UnprojectedDays } from './catalog/layers/unprojected-days.ts';
export type { PermissionClass } from './catalog/permission-class.ts';
export type {
  CrawlerConfig,
  DataBrewConfig,
  DataQualityConfig,
  LandingFormat,
  PublishedService,
  PublishedServices,
} from './catalog/published-services.ts';
export type { QuickSightConfig, QuickSightRole, QuickSightRows } from './catalog/quicksight-config.ts';
export type { AwsStreamConfig } from './catalog/stream-config.ts';
export { type StreamNames, streamNames } from './catalog/stream-names.ts';
export { type StreamPlace, type StreamPlaceOptions, streamPlace } from './catalog/stream-place.ts';
export { deriveAthenaDdl } from './derive/athena/athena-ddl.ts';
export { type AthenaWorkgroup, deriveAthenaWorkgroup } from './derive/athena/athena-workgroup.ts';
export { deriveAlarms } from './derive/cloudwatch/alarms.ts';
export type { CloudWatchDashboard } from './derive/cloudwatch/dashboard-body.ts';
export { deriveLoadAlarms, deriveQueryAlarms } from './derive/cloudwatch/lake-alarms.ts';
export type {
  AlarmCall,
  AnomalyDetector,
  CloudWatchMetric,
  MetricAlarm,
  MetricDataQuery,
} from './derive/cloudwatch/metric-alarm.ts';
export { deriveNotices, type Notice } from './derive/cloudwatch/notices.ts';
export {
  type CloudWatchDashboardOptions,
  deriveCloudWatchDashboard,
} from './derive/cloudwatch/platform-dashboard.ts';
export { type CrawlerOptions, deriveCrawler, type GlueCrawler } from './derive/crawler/crawler.ts';
export { type CrawlerNames, type CrawlerPlace, crawlerPlace } from './derive/crawler/crawler-place.ts';
export { deriveCrawlerRole } from './derive/crawler/crawler-role.ts';
export type { DataQualityRule, DataQualitySource } from './derive/data-quality/data-quality-rule.ts';
export { explainDataQuality } from './derive/data-quality/data-quality-rules.ts';
export {
  type DataQualityOptions,
  dataQualityName,
  deriveDataQualityRuleset,
  type GlueDataQualityRuleset,
} from './derive/data-quality/data-quality-ruleset.ts';
export { carriedTimes } from './derive/firehose/carried-times.ts';
export type { FirehoseDeliveryStream } from './derive/firehose/delivery-stream.ts';
export { deriveFirehose, type FirehoseOptions } from './derive/firehose/firehose.ts';
export { deriveFirehoseRole } from './derive/firehose/firehose-role.ts';
export { firehoseProblems } from './derive/firehose/firehose-rules.ts';
export type {
  DescribedFlinkQuestion,
  FlinkQuestionsOptions,
  StreamingMetric,
} from './derive/flink/ask-questions.ts';
export {
  deriveFlinkApplication,
  type FlinkApplication,
  type FlinkApplicationOptions,
  type FlinkApplicationZip,
  flinkApplicationZip,
} from './derive/flink/flink-application.ts';
export type { FlinkColumn } from './derive/flink/flink-column.ts';
export type {
  FlinkConnector,
  FlinkConnectorName,
  FlinkFiles,
  FlinkKinesis,
  FlinkKinesisLegacy,
  FlinkOptions,
  FlinkStart,
} from './derive/flink/flink-connector.ts';
export type { FlinkDifference, FlinkDifferenceCode } from './derive/flink/flink-differences.ts';
export { deriveFlinkJob, type FlinkJob, type FlinkJobOptions } from './derive/flink/flink-job.ts';
export {
  deriveFlinkNotebook,
  type FlinkNotebook,
  type FlinkNotebookOptions,
  type FlinkParagraph,
} from './derive/flink/flink-notebook.ts';
export { deriveFlinkRole } from './derive/flink/flink-role.ts';
export { flinkScript } from './derive/flink/flink-script.ts';
export {
  deriveFlinkStudio,
  type FlinkStudio,
  type FlinkStudioOptions,
} from './derive/flink/flink-studio.ts';
export {
  deriveFlinkTable,
  type FlinkStatement,
  type FlinkTable,
  type FlinkTableOptions,
} from './derive/flink/flink-table.ts';
export type {
  FlinkQuestionAsked,
  FlinkQuestionName,
  FlinkQuestionParameters,
} from './derive/flink/questions/flink-questions.ts';
export { deriveFunctionRole } from './derive/functions/function-role.ts';
export {
  deriveGithubRoles,
  type GithubRolesOptions,
  type GithubRolesTemplate,
} from './derive/github/github-roles.ts';
export { deriveGlueSchema, type GlueSchemaInput } from './derive/glue/glue-schema.ts';
export { deriveGlueTable } from './derive/glue/glue-table.ts';
export type { GlueTableInput } from './derive/glue/glue-table-input.ts';
export { deriveIamPolicy } from './derive/iam/iam-policy.ts';
export type { DerivedPolicy } from './derive/iam/policy-document.ts';
export type { PolicyOptions, PolicyRole } from './derive/iam/policy-roles.ts';
export type { ReadPolicyOptions } from './derive/iam/read-policy.ts';
export { deriveLakeFormation, type LakeFormationOptions } from './derive/lake-formation/lake-formation.ts';
export type { LakeFormationCall } from './derive/lake-formation/lake-formation-call.ts';
export type { LakeFormationReader } from './derive/lake-formation/lake-formation-grants.ts';
export { deriveLoadPipeline, type LoadPipelineCall } from './derive/load-pipeline/load-pipeline.ts';
export {
  deriveLoadStateMachine,
  type LoadStateMachineOptions,
} from './derive/load-pipeline/load-state-machine.ts';
export type { StateMachine } from './derive/load-pipeline/state-machine.ts';
export { deriveRedshiftCopy, type RedshiftCopyOptions } from './derive/redshift/redshift-copy.ts';
export {
  deriveRedshiftExternalSchema,
  deriveRedshiftStream,
  type RedshiftRoleOptions,
  type RedshiftStreamOptions,
} from './derive/redshift/redshift-external.ts';
export { deriveRedshiftTable, type RedshiftTableOptions } from './derive/redshift/redshift-table.ts';
export { deriveS3Lifecycle, type S3Lifecycle, type S3LifecycleOptions } from './derive/s3/s3-lifecycle.ts';
export type { ServiceRole } from './derive/service-role.ts';
export type { GlueExecutionClass } from './derive/spark/glue-price.ts';
export {
  type SparkCapacity,
  type SparkCapacityOptions,
  sparkCapacity,
} from './derive/spark/spark-capacity.ts';
export {
  deriveSparkJob,
  type GlueJob,
  type GlueJobRun,
  type SparkJob,
  type SparkJobOptions,
} from './derive/spark/spark-job.ts';
export { deriveSparkRole, type SparkRole } from './derive/spark/spark-role.ts';
export { deriveTrinoDdl } from './derive/trino/trino-ddl.ts';

// Evolve a definition: compare two versions, and read older files with the new one.

export { deriveReadView } from './derive/trino/read-view.ts';
export {
  type AssessedChange,
  assessSchemas,
  type CompatibilityMode,
  type SchemaDiff,
} from './evolve/assess-changes.ts';
export type { ChangeTarget, SchemaChange, Verdict } from './evolve/schema-change.ts';

// Errors.

export type { ErrorPayloads } from './errors/error-codes.ts';
export { type ErrorCode, HeadwaterError, isHeadwaterError } from './errors/headwater-error.ts';
