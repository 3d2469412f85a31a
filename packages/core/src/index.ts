export { type AwsConfig, type AwsTarget, awsTarget } from './catalog/aws-target.ts';
export type { TableLayer } from './catalog/layers/layer-table.ts';
export { type CleanResult, createRecordCleaner, type RawRecord } from './clean/record/record-cleaner.ts';
export type { CleanValue } from './clean/record/value-parser.ts';
export { type RejectCode, type RejectReason, rejectCodes } from './clean/reject-code.ts';
export { type ArrowSchema, deriveArrowSchema } from './derive/arrow/arrow-schema.ts';
export { deriveAthenaDdl } from './derive/athena/athena-ddl.ts';
export { type AthenaWorkgroup, deriveAthenaWorkgroup } from './derive/athena/athena-workgroup.ts';
export type {
  Derivation,
  DerivationInputs,
  DerivationNeeds,
  Derived,
  MetricReads,
} from './derive/derivation.ts';
export { type DerivationName, derivations } from './derive/derivations.ts';
export { deriveDataDictionary } from './derive/docs/data-dictionary.ts';
export { deriveDuckdbDdl } from './derive/duckdb/duckdb-ddl.ts';
export { deriveGluePartitions, type GluePartitionInput } from './derive/glue/glue-partition.ts';
export { deriveGlueSchema, type GlueSchemaInput } from './derive/glue/glue-schema.ts';
export { deriveGlueTable } from './derive/glue/glue-table.ts';
export type { GlueTableInput } from './derive/glue/glue-table-input.ts';
export { deriveGlueView } from './derive/glue/glue-view.ts';
export { derivePartitionProjection } from './derive/glue/partition-projection.ts';
export { deriveIamPolicy, type IamPolicyOptions, type PolicyRole } from './derive/iam/iam-policy.ts';
export { deriveLakeFormation, type LakeFormationCall } from './derive/iam/lake-formation.ts';
export type { IamPolicyDocument } from './derive/iam/policy-document.ts';
export { deriveJsonSchema } from './derive/json/json-schema.ts';
export type { JsonSchema } from './derive/json/json-type.ts';
export { deriveReadView } from './derive/trino/read-view.ts';
export { deriveTrinoDdl } from './derive/trino/trino-ddl.ts';
export type { ErrorPayloads } from './errors/error-codes.ts';
export { type ErrorCode, HeadwaterError, isHeadwaterError } from './errors/headwater-error.ts';
export {
  type AssessedChange,
  assessSchemas,
  type CompatibilityMode,
  type SchemaDiff,
} from './evolve/assess-changes.ts';
export { diffSchemas } from './evolve/diff-schemas.ts';
export type { ChangeTarget, SchemaChange, Verdict } from './evolve/schema-change.ts';
export type { ActionName } from './table/action-table.ts';
export { type CleaningStep, defaultText, emptyToNull, lowerCase, trim } from './table/cleaning-step.ts';
export { type ColumnMetadata, lake, type PiiClass } from './table/column-metadata.ts';
export {
  calendarDate,
  type DecimalType,
  type DecimalValue,
  decimal,
  timestamp,
} from './table/column-type.ts';
export type { DataType, DataTypeKind } from './table/data-type.ts';
export { defineEvents, type EventsTable, type InferRow } from './table/define-events.ts';
export type { ColumnShape, EventsConfig, RoleMap, RowOf } from './table/events-definition.ts';
export type { RoleName } from './table/role-table.ts';
export type { Column, Partitioning, TableSchema } from './table/table-schema.ts';
