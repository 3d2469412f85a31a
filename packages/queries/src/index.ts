export { type ArrowQuery, arrowIpc, arrowStream, arrowTable } from './arrow/arrow.ts';
export { type FolderStoreOptions, folderStore } from './cache/folder-store.ts';
export {
  type ResultCache,
  type ResultCacheOptions,
  type ResultStore,
  resultCache,
} from './cache/result-cache.ts';
export { estimateScan } from './cost/estimate-scan.ts';
export type { ScanEstimate, TableEstimate } from './cost/scan-estimate.ts';
export { defaultPricePerTerabyte, scanPrice } from './cost/scan-price.ts';
export { AthenaDialect } from './dialect/athena/athena-dialect.ts';
export { DuckdbDialect } from './dialect/duckdb/duckdb-dialect.ts';
export type { DuckdbDialectConfig } from './dialect/duckdb/duckdb-dialect-config.ts';
export { TrinoDialect } from './dialect/trino/trino-dialect.ts';
export type { TrinoDialectConfig } from './dialect/trino/trino-dialect-config.ts';
export { type AthenaEngineConfig, athenaEngine } from './engine/athena-engine.ts';
export { type DuckdbEngineConfig, duckdbEngine } from './engine/duckdb-engine.ts';
export type { DuckdbSession } from './engine/duckdb-session.ts';
export { type TrinoEngineConfig, trinoEngine } from './engine/trino-engine.ts';
export { type MetricImpact, metricImpacts } from './impact/metric-impact.ts';
export {
  type BoundedOptions,
  closeLake,
  createLake,
  type Lake,
  type LakeConfig,
  type LakeTable,
  type TableSelect,
  tableOf,
} from './lake/create-lake.ts';
export type { LakeDatabase, LakeRow } from './lake/lake-database.ts';
export type {
  ArrowStream,
  EngineName,
  FinishedQuery,
  LakeEngine,
  QueryOptions,
  QueryText,
  ResultColumn,
  RowStream,
} from './lake/lake-engine.ts';
export type { TimeBound } from './lake/time-range.ts';
export {
  describeMetric,
  type MetricDescription,
  type ParameterDescription,
} from './metric/describe-metric.ts';
export { type Grain, grains } from './metric/grain.ts';
export {
  type Chart,
  defineMetric,
  type Metric,
  type MetricContext,
  type MetricEvents,
  type MetricParameters,
  type MetricRow,
} from './metric/metric.ts';
export {
  type MetricQuery,
  metricQuery,
  namedMetricQuery,
  type RolesOf,
  runMetric,
} from './metric/run-metric.ts';
export { brandAttention } from './metrics/brand-attention.ts';
export { cartAbandonment } from './metrics/cart-abandonment.ts';
export { conversionFunnel } from './metrics/conversion-funnel.ts';
export { dailyVisitors } from './metrics/daily-visitors.ts';
export { frequentVisitors } from './metrics/frequent-visitors.ts';
export { newVsReturning } from './metrics/new-vs-returning.ts';
export { peakHours } from './metrics/peak-hours.ts';
export { metricOf, metrics } from './metrics/registry.ts';
export { repeatPurchase } from './metrics/repeat-purchase.ts';
export { retention } from './metrics/retention.ts';
export { revenue } from './metrics/revenue.ts';
export { sessionSummary } from './metrics/session-summary.ts';
export { slowSellers } from './metrics/slow-sellers.ts';
export { topBrands } from './metrics/top-brands.ts';
export { topCategories } from './metrics/top-categories.ts';
export { topProducts } from './metrics/top-products.ts';
export { sql } from './sql/sql.ts';
