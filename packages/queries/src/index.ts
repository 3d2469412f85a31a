export { type ArrowQuery, arrowIpc, arrowStream, arrowTable } from './arrow/arrow.ts';
export { AthenaDialect } from './engines/athena/athena-dialect.ts';
export { type AthenaEngineConfig, athenaEngine } from './engines/athena/athena-engine.ts';
export { DuckdbDialect } from './engines/duckdb/duckdb-dialect.ts';
export type { DuckdbDialectConfig } from './engines/duckdb/duckdb-dialect-config.ts';
export { type DuckdbEngineConfig, duckdbEngine } from './engines/duckdb/duckdb-engine.ts';
export type { DuckdbSession } from './engines/duckdb/duckdb-session.ts';
export { TrinoDialect } from './engines/trino/trino-dialect.ts';
export type { TrinoDialectConfig } from './engines/trino/trino-dialect-config.ts';
export { type TrinoEngineConfig, trinoEngine } from './engines/trino/trino-engine.ts';
export { type FolderStoreOptions, folderStore } from './guard/cache/folder-store.ts';
export {
  type ResultCache,
  type ResultCacheOptions,
  type ResultStore,
  resultCache,
} from './guard/cache/result-cache.ts';
export { estimateScan } from './guard/cost/estimate-scan.ts';
export type { ScanEstimate, TableEstimate } from './guard/cost/scan-estimate.ts';
export { defaultPricePerTerabyte, scanPrice } from './guard/cost/scan-price.ts';
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
export { brandAttention } from './library/brand-attention.ts';
export { cartAbandonment } from './library/cart-abandonment.ts';
export { conversionFunnel } from './library/conversion-funnel.ts';
export { dailyVisitors } from './library/daily-visitors.ts';
export { frequentVisitors } from './library/frequent-visitors.ts';
export { newVsReturning } from './library/new-vs-returning.ts';
export { peakHours } from './library/peak-hours.ts';
export { metricOf, metrics } from './library/registry.ts';
export { repeatPurchase } from './library/repeat-purchase.ts';
export { retention } from './library/retention.ts';
export { revenue } from './library/revenue.ts';
export { sessionSummary } from './library/session-summary.ts';
export { slowSellers } from './library/slow-sellers.ts';
export { topBrands } from './library/top-brands.ts';
export { topCategories } from './library/top-categories.ts';
export { topProducts } from './library/top-products.ts';
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
export { sql } from './sql/sql.ts';
