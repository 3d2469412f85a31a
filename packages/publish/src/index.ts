export { assertKnownIds } from './compare/assert-known-ids.ts';
export {
  type CompareOptions,
  compareSchema,
  type MetricImpacts,
  type SchemaComparison,
} from './compare/compare-schema.ts';
export type { QueryError } from './compare/query-errors.ts';
export { type QueryCheck, type QueryFiles, typeCheckQueries } from './compare/type-check-queries.ts';
export type { DriftFinding, DriftKind } from './drift/drift-finding.ts';
export {
  type DefinitionDrift,
  type DriftOptions,
  type DriftReport,
  findDrift,
} from './drift/find-drift.ts';
export type { StrayTable } from './drift/stray-tables.ts';
export type { TableDrift } from './drift/table-drift.ts';
export {
  type RegisterOptions,
  type RegisterReport,
  registerPartitions,
} from './partitions/register-partitions.ts';
export { type RegisterRollupsOptions, registerRollups } from './partitions/register-rollups.ts';
export { planDigest } from './plan/plan-digest.ts';
export {
  type PublishOptions,
  type PublishPlan,
  planPublish,
  publishSchema,
} from './plan/publish-schema.ts';
export {
  type PublishOutcome,
  type PublishReview,
  type ReviewOptions,
  reviewAndPublish,
} from './plan/review-and-publish.ts';
export { type SavedSchema, type SaveOptions, saveSchema } from './plan/save-schema.ts';
export { readCommittedSnapshots } from './snapshots/committed-snapshots.ts';
export { findVersion } from './snapshots/find-version.ts';
export { readSnapshots } from './snapshots/snapshot-folder.ts';
export { assertAllowed } from './steps/assert-allowed.ts';
export type { CatalogInput } from './steps/catalog-tables.ts';
export { withoutColumnParameters } from './steps/column-parameters.ts';
export { crawlerDatabaseInput, databaseInput } from './steps/database-input.ts';
export type { Difference, DifferenceCause, StepPlan } from './steps/publish-step.ts';
export { publishedResourceTags } from './steps/published-resource-tags.ts';
export { publishedSnapshot, publishedTables } from './steps/published-table.ts';
