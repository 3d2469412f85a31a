export {
  type CleaningStep,
  defaultText,
  emptyToNull,
  lowerCase,
  type RangeBound,
  type RejectCode,
  type RejectReason,
  rejectCodes,
  trim,
} from './clean/cleaning-step.ts';
export {
  type DuckdbColumnCleaning,
  duckdbCleaningSelect,
  duckdbColumnCleaning,
  type TextFacts,
} from './clean/duckdb-cleaner.ts';
export { javaPattern } from './clean/java-pattern.ts';
export { type CleanResult, createRecordCleaner, type RawRecord } from './clean/record-cleaner.ts';
export type { CleanValue } from './clean/value-parser.ts';
export { type ArrowSchema, deriveArrowSchema } from './derive/arrow-schema.ts';
export { athenaDdl, deriveAthenaDdl } from './derive/athena-ddl.ts';
export { type AthenaWorkgroup, deriveAthenaWorkgroup, workgroupPurpose } from './derive/athena-workgroup.ts';
export {
  type AwsDerivation,
  type AwsDerivationName,
  type AwsDerivationOptions,
  awsDerivations,
} from './derive/aws-derivations.ts';
export { type AwsConfig, type AwsTarget, awsTarget, tableLocation } from './derive/aws-target.ts';
export { byteSize } from './derive/byte-size.ts';
export { cleaningWords } from './derive/cleaning-words.ts';
export { deriveDataDictionary } from './derive/data-dictionary.ts';
export { type Derivation, type DerivationName, derivations } from './derive/derivations.ts';
export { deriveDuckdbDdl } from './derive/duckdb-ddl.ts';
export type { ExternalTable, PartitionKey } from './derive/external-table.ts';
export type { FileFormat } from './derive/file-formats.ts';
export { deriveGluePartitions, type GluePartitionInput } from './derive/glue-partition.ts';
export { deriveGlueSchema, type GlueSchemaInput } from './derive/glue-schema.ts';
export { deriveGlueTable, glueTableInput } from './derive/glue-table.ts';
export type {
  GlueColumn,
  GlueSerdeInfo,
  GlueStorageDescriptor,
  GlueTableInput,
} from './derive/glue-table-input.ts';
export type { DerivedPolicy, IamPolicyDocument, IamStatement } from './derive/iam/policy-document.ts';
export {
  deriveIamPolicy,
  deriveReadPolicy,
  type IamPolicyOptions,
  type PolicyRole,
  policyRoles,
  type ReadReach,
} from './derive/iam-policy.ts';
export { deriveJsonSchema } from './derive/json-schema.ts';
export type { JsonSchema } from './derive/json-type.ts';
export { deriveLakeFormation, type LakeFormationCall } from './derive/lake-formation.ts';
export {
  type LayerOptions,
  layerName,
  layerTable,
  type ProjectionOverrides,
  type TableLayer,
  tableLayers,
} from './derive/layers/layer-table.ts';
export { type RollupShape, rollupName, rollupTable } from './derive/layers/rollup-table.ts';
export { derivePartitionProjection } from './derive/partition-projection.ts';
export {
  assertPartitionProjection,
  type ProjectedTable,
  type ProjectionCheckOptions,
  partitionProjectionProblems,
} from './derive/projection/assert-partition-projection.ts';
export type { Projection, ProjectionUnit } from './derive/projection/projection.ts';
export { deriveTrinoDdl, trinoDdl } from './derive/trino-ddl.ts';
export type { ErrorPayloads } from './errors/error-codes.ts';
export { type ErrorCode, HeadwaterError, isHeadwaterError } from './errors/headwater-error.ts';
export {
  type AssessedChange,
  assessSchemas,
  type CompatibilityMode,
  compatibilityModes,
  concludeDiff,
  type SchemaDiff,
} from './evolve/assess-changes.ts';
export { type ColumnFiles, columnSource } from './evolve/column-source.ts';
export { diffSchemas } from './evolve/diff-schemas.ts';
export { deriveGlueView, type GlueViewInput } from './evolve/glue-view.ts';
export {
  deriveReadView,
  needsReadView,
  readName,
  readViewName,
  withFormerNames,
} from './evolve/read-view.ts';
export { rollbackSchema } from './evolve/rollback-schema.ts';
export {
  type ChangeCase,
  type ChangeKind,
  type ChangeTarget,
  changeTargets,
  type SchemaChange,
  type Verdict,
  type VerdictName,
} from './evolve/schema-change.ts';
export {
  isSnapshotName,
  parseSnapshot,
  type SchemaSnapshot,
  snapshotDigest,
  snapshotPath,
  snapshotText,
} from './evolve/schema-snapshot.ts';
export { assertPartitioning } from './lake/assert-partitioning.ts';
export {
  checkpointPath,
  checkpointText,
  commitsPerCheckpoint,
  parseCheckpoint,
} from './lake/checkpoint.ts';
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
  isManifestName,
  type Manifest,
  type ManifestInput,
  type ManifestSchema,
  manifestFolder,
  manifestName,
  manifestPath,
  manifestSchema,
} from './lake/manifest.ts';
export { quarantineColumns, quarantinedTable, quarantineName } from './lake/quarantine.ts';
export { readLakeHistory, readLakeState } from './lake/read-lake.ts';
export { rowGroupRows } from './lake/row-group.ts';
export { manifestSchemaOf, schemaFingerprint } from './lake/schema-fingerprint.ts';
export { type ColumnMetadata, lake, type PiiClass } from './table/column-metadata.ts';
export {
  calendarDate,
  type DecimalBounds,
  type DecimalType,
  type DecimalValue,
  decimal,
  timestamp,
} from './table/column-type.ts';
export {
  type DataType,
  type DataTypeKind,
  type DataTypeOf,
  type DataTypeTable,
  isNumberDecimal,
  mapDataType,
  type StructField,
} from './table/data-type.ts';
export { defineEvents, type EventsTable, type InferRow } from './table/define-events.ts';
export type { ActionName, ColumnShape, EventsConfig, RoleMap, RowOf } from './table/events-definition.ts';
export {
  type Column,
  columnOf,
  type DescribedColumn,
  isWholeRowKey,
  type Partitioning,
  type RoleName,
  roleNames,
  type TableSchema,
} from './table/table-schema.ts';
export { type ArrowField, type ArrowMetadata, type ArrowType, arrowField } from './types/arrow-type.ts';
export { dataTypeOfDuckdb } from './types/data-type-of-duckdb.ts';
export { duckdbStoredType, duckdbType, quoteName, quoteText } from './types/duckdb-type.ts';
export { hiveType } from './types/hive-type.ts';
export { type ParquetType, parquetType } from './types/parquet-type.ts';
export { trinoType } from './types/trino-type.ts';
