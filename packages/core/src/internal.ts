// Names for the sibling packages only. They may change in any release.

export { alarmNames } from './catalog/alarms-config.ts';
export { partitionOf } from './catalog/aws-region.ts';
export { tableLocation } from './catalog/aws-target.ts';
export type { ExternalTable, PartitionKey } from './catalog/external-table.ts';
export type { FileFormat } from './catalog/file-formats.ts';
export { carriesTable, kinesisArn, streamOf } from './catalog/kinesis-stream.ts';
export { loadAlarmNames, noticeNames, queryAlarmNames } from './catalog/lake-alarms-config.ts';
export { tableLanding } from './catalog/landing-folder.ts';
export {
  layerName,
  layerTable,
  type ProjectionOverrides,
  tableLayers,
} from './catalog/layers/layer-table.ts';
export {
  type RollupShape,
  rollupName,
  rollupTable,
  storedRollupTable,
} from './catalog/layers/rollup-table.ts';
export { unprojectedDays } from './catalog/layers/unprojected-days.ts';
export { permissionClasses, visiblePii } from './catalog/permission-class.ts';
export {
  assertPartitionProjection,
  type ProjectedTable,
  type ProjectionCheckOptions,
  partitionProjectionProblems,
} from './catalog/projection/assert-partition-projection.ts';
export {
  manyPartitions,
  mostPartitions,
  type ProjectedPartitionsOptions,
  projectedPartitions,
} from './catalog/projection/projected-partitions.ts';
export type { Projection, ProjectionUnit } from './catalog/projection/projection.ts';
export { publishesTable } from './catalog/published-services.ts';
export { defaultWorkgroup, isPublishedWorkgroup, queryPlace, workgroupName } from './catalog/query-place.ts';
export { quickSightProblem } from './catalog/quicksight-config.ts';
export { quickSightPrefix } from './catalog/quicksight-prefix.ts';
export {
  needsOwnView,
  needsReadView,
  readName,
  readNames,
  readViewName,
  visibleTo,
  withFormerNames,
} from './catalog/read-view.ts';
export { s3Place } from './catalog/s3-place.ts';
export { failureQueue, functionLogs, lambdaArn } from './catalog/stream-names.ts';
export { streamTableName } from './catalog/stream-place.ts';
export {
  type DuckdbColumnCleaning,
  duckdbColumnCleaning,
  type TextFacts,
} from './clean/duckdb/duckdb-cleaner.ts';
export { duckdbFilter } from './clean/duckdb/duckdb-filter.ts';
export { escapeBytes } from './clean/escape-bytes.ts';
export { createUtf8Cleaner } from './clean/record/document-cleaner.ts';
export { sparkRawColumns } from './clean/spark/raw-columns.ts';
export { type CsvRelations, sparkCsvSelect } from './clean/spark/read/csv-select.ts';
export { sparkJsonSelect } from './clean/spark/read/json-select.ts';
export { sparkLayoutSelect } from './clean/spark/read/layout-select.ts';
export { sparkLookupSelect, sparkUnmatchedCounts } from './clean/spark/read/lookup-select.ts';
export { type SparkParquetPlan, sparkParquetPlan } from './clean/spark/read/parquet-plan.ts';
export { sparkCleaningSelect } from './clean/spark/spark-cleaner.ts';
export { type SparkColumnCleaning, sparkColumnCleaning } from './clean/spark/spark-column.ts';
export { type Layer, layeredSelect, type NamedSql, sideBySide } from './clean/spark/spark-layers.ts';
export { type SparkSetting, sparkSettings } from './clean/spark/spark-settings.ts';
export { athenaDdl } from './derive/athena/athena-ddl.ts';
export { workgroupPurpose } from './derive/athena/athena-workgroup.ts';
export { resultConfiguration } from './derive/athena/result-configuration.ts';
export { runbookPage } from './derive/cloudwatch/runbook.ts';
export type { DerivationNeeds, MetricReads } from './derive/derivation.ts';
export { cleaningWords, readingWords } from './derive/docs/cleaning-words.ts';
export { type FirehosePlace, firehosePlace } from './derive/firehose/firehose-place.ts';
export { answersStream, type FlinkPlace, flinkPlace } from './derive/flink/flink-place.ts';
export { flinkQuestionNames, questionsOf } from './derive/flink/questions/flink-questions.ts';
export { deriveGluePartitions, type GluePartitionInput } from './derive/glue/glue-partition.ts';
export { glueTableInput } from './derive/glue/glue-table.ts';
export type { GlueColumn, GlueSerdeInfo, GlueStorageDescriptor } from './derive/glue/glue-table-input.ts';
export type { GlueViewInput } from './derive/glue/glue-view.ts';
export { deriveGlueView } from './derive/glue/glue-view.ts';
export { derivePartitionProjection } from './derive/glue/partition-projection.ts';
export { defaultStack } from './derive/iam/deploy-statements.ts';
export {
  assertAttachable,
  deriveIamPolicies,
  namedPolicies,
  type TablePolicyOptions,
} from './derive/iam/iam-policies.ts';
export type { IamStatement } from './derive/iam/policy-document.ts';
export { policyRoles } from './derive/iam/policy-roles.ts';
export { deriveReadPolicy, type ReadReach } from './derive/iam/read-policy.ts';
export {
  type GlueWorker,
  type GlueWorkerType,
  glueWorkers,
  type LoadCapacity,
  type LoadWork,
  loadCapacity,
} from './derive/load-capacity.ts';
export { type LoadPipelineParts, loadPipelineParts } from './derive/load-pipeline/load-pipeline-parts.ts';
export { postgresDay } from './derive/postgres/postgres-names.ts';
export { postgresTableRules } from './derive/postgres/postgres-options.ts';
export { postgresColumn, postgresTableStatements, postgresText } from './derive/postgres/postgres-table.ts';
export { lifecycleBuckets, type S3LifecycleRule } from './derive/s3/s3-lifecycle.ts';
export { glueDollars } from './derive/spark/glue-price.ts';
export { glueWorkerTypes, sparkBytesPerCoreSecond, sparkCapacity } from './derive/spark/spark-capacity.ts';
export { isInputArgument } from './derive/spark/spark-job.ts';
export { sparkJobModules, sparkJobScript, verifyJobScript } from './derive/spark/spark-job-files.ts';
export { sparkJobName, sparkJobPlace, sparkJobRole } from './derive/spark/spark-job-place.ts';
export { trinoDdl } from './derive/trino/trino-ddl.ts';
export { misfitText } from './errors/misfit-text.ts';
export { packageMissing } from './errors/package-missing.ts';
export {
  assertFilesReadable,
  assertFilesRewritable,
  assertFilesWritable,
} from './evolve/assert-files-fit.ts';
export { compatibilityModes, concludeDiff } from './evolve/assess-changes.ts';
export { diffSchemas } from './evolve/diff-schemas.ts';
export { fileChanges } from './evolve/file-changes.ts';
export {
  allowableChanges,
  type FileReader,
  fileMisfit,
  otherTypeCommits,
  readMisfits,
} from './evolve/file-misfits.ts';
export { rollbackSchema } from './evolve/rollback-schema.ts';
export { type ChangeCase, type ChangeKind, changeTargets, type VerdictName } from './evolve/schema-change.ts';
export {
  isSnapshotName,
  parseSnapshot,
  type SchemaSnapshot,
  snapshotDigest,
  snapshotPath,
  snapshotText,
} from './evolve/schema-snapshot.ts';
export { headwaterVersion } from './headwater-version.ts';
export { assertPartitioning } from './lake/assert-partitioning.ts';
export { checkpointPath, checkpointText, commitsPerCheckpoint, parseCheckpoint } from './lake/checkpoint.ts';
export { type ColumnFiles, columnSource } from './lake/column-source.ts';
export { inParallel } from './lake/in-parallel.ts';
export type { LakeReader } from './lake/lake-reader.ts';
export {
  emptyLakeState,
  foldManifests,
  type LakeState,
  type SchemaSpan,
  schemaAt,
} from './lake/lake-state.ts';
export {
  type DataFile,
  inputKey,
  isManifestName,
  jobsPath,
  listingKey,
  type Manifest,
  type ManifestInput,
  type ManifestListing,
  type ManifestLookup,
  type ManifestSchema,
  manifestFolder,
  manifestName,
  manifestPath,
  manifestSchema,
  stagingPath,
} from './lake/manifest.ts';
export { quarantineColumns, quarantinedTable, quarantineName } from './lake/quarantine.ts';
export {
  type DamagedLake,
  lostManifestFix,
  readDamagedLake,
  readLakeHistory,
  readLakeState,
  readManifests,
} from './lake/read-lake.ts';
export { rowGroupRows } from './lake/row-group.ts';
export { manifestSchemaOf, schemaFingerprint } from './lake/schema-fingerprint.ts';
export { byteSize } from './options/byte-size.ts';
export { describeOptions, type OptionDescription } from './options/describe-options.ts';
export { isDay } from './options/is-day.ts';
export { type PostgresAddress, postgresAddress, postgresTls } from './options/postgres-address.ts';
export { type DaySources, dayAfter, daySources, validEntries } from './rollup/day-sources.ts';
export { rollupsProblem } from './rollup/rollup-config.ts';
export {
  lastRollups,
  mostMarginDays,
  type RollupEntry,
  type RollupIdentity,
  type RollupState,
  readRollups,
  rollupFolder,
  rollupFolderPrefix,
  rollupStatePath,
  rollupsOf,
  type StoredRollup,
} from './rollup/rollup-state.ts';
export { answerType, storedType } from './rollup/stored-columns.ts';
export { type FollowsFrom, followsFrom, type SummableMeasure } from './rollup/summable.ts';
export { actionNames } from './table/action-table.ts';
export {
  actionText,
  derivedRoles,
  hasRole,
  isAlways,
  tableActions,
  valuesOfAction,
} from './table/action-value.ts';
export { assertSource, sourceNames } from './table/assert-source.ts';
export type { RangeBound } from './table/cleaning-step.ts';
export type { DecimalBounds } from './table/column-type.ts';
export {
  type DataTypeOf,
  type DataTypeTable,
  isNumberDecimal,
  mapDataType,
  type StructField,
} from './table/data-type.ts';
export { duplicateText, isKeyAcrossFolders, keepsAllRows } from './table/duplicate-rule.ts';
export {
  type FileColumn,
  type FileSchema,
  fieldNames,
  fileSchema,
  isReadFromFile,
  memberNames,
  readPath,
} from './table/file-schema.ts';
export { javaPattern } from './table/java-pattern.ts';
export { type LandedForm, landedSchema } from './table/landed-schema.ts';
export { assertLookups, lookupFileSchema } from './table/lookup-file.ts';
export { type LookupRule, lookupText } from './table/lookup-rule.ts';
export {
  elementPart,
  firstMember,
  memberPath,
  memberSteps,
  type PathStep,
  pathText,
  readsPaths,
} from './table/nested-path.ts';
export { purchaseItemsText } from './table/purchase-items.ts';
export { roleNames } from './table/role-table.ts';
export { sessionColumns, sessionLengths, sessionText } from './table/session-rule.ts';
export { sourceText } from './table/source-rule.ts';
export { columnOf, type DescribedColumn, isWholeRowKey } from './table/table-schema.ts';
export { isTextStep, textStepsRunner } from './table/text-step.ts';
export {
  createTelemetry,
  errorType,
  type Telemetry,
  type TelemetryNames,
} from './telemetry/create-telemetry.ts';
export { assertZone, zoneProblem } from './time-zone/assert-zone.ts';
export { isUtc } from './time-zone/is-utc.ts';
export { type LocalDayStart, localDayStart, offsetsBetween } from './time-zone/local-day.ts';
export { type ZoneOffset, zoneOffsets } from './time-zone/zone-offsets.ts';
export { type ArrowField, type ArrowMetadata, type ArrowType, arrowField } from './types/arrow-type.ts';
export { dataTypeOfDuckdb } from './types/data-type-of-duckdb.ts';
export {
  duckdbStoredType,
  duckdbType,
  qualifiedName,
  quoteName,
  quotePath,
  quoteText,
  readerPath,
} from './types/duckdb-type.ts';
export { hiveType } from './types/hive-type.ts';
export { type ParquetType, parquetType } from './types/parquet-type.ts';
export { postgresShownType, postgresType } from './types/postgres-type.ts';
export { redshiftType } from './types/redshift-type.ts';
export { sparkName, sparkText, sparkType } from './types/spark-type.ts';
export { trinoType } from './types/trino-type.ts';
