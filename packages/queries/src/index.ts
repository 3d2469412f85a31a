export { type FolderStoreOptions, folderStore } from './guard/cache/folder-store.ts';
export {
  type ResultCache,
  type ResultCacheOptions,
  type ResultStore,
  resultCache,
} from './guard/cache/result-cache.ts';
export { scanBudgetExceeded } from './guard/cost/scan-budget-exceeded.ts';
export type { ScanEstimate, TableEstimate } from './guard/cost/scan-estimate.ts';
export { defaultPricePerTerabyte, scanPrice } from './guard/cost/scan-price.ts';
export { type MetricImpact, metricImpacts } from './impact/metric-impact.ts';
export { answerKey, isAnswerSettled } from './lake/answer-key.ts';
export {
  type BoundedOptions,
  closeLake,
  createLake,
  type Lake,
  type LakeConfig,
  type LakeTable,
  metricsOf,
  type TableSelect,
  tableOf,
} from './lake/create-lake.ts';
export { estimateScan } from './lake/estimate-scan.ts';
export type { LakeDatabase, LakeRow, ListedDatabase } from './lake/lake-database.ts';
export { brandAttention } from './library/brand-attention.ts';
export { cartAbandonment } from './library/cart-abandonment.ts';
export { conversionFunnel } from './library/conversion-funnel.ts';
export { dailyVisitors } from './library/daily-visitors.ts';
export { frequentVisitors } from './library/frequent-visitors.ts';
export { funnel } from './library/funnel.ts';
export { newVsReturning } from './library/new-vs-returning.ts';
export { peakHours } from './library/peak-hours.ts';
export { type MetricRegistry, metricOf, metricRegistry, metrics } from './library/registry.ts';
export { repeatPurchase } from './library/repeat-purchase.ts';
export { retention } from './library/retention.ts';
export { revenue } from './library/revenue.ts';
export { sessionSummary } from './library/session-summary.ts';
export { slowSellers } from './library/slow-sellers.ts';
export { topBrands } from './library/top-brands.ts';
export { topCategories } from './library/top-categories.ts';
export { topProducts } from './library/top-products.ts';
export { type AnswerColumn, type AnswerOptions, answerColumns } from './metric/answer-columns.ts';
export { answerJsonSchema } from './metric/answer-json-schema.ts';
export { answerZone, type ZoneSource } from './metric/answer-zone.ts';
export type { Chart } from './metric/chart.ts';
export {
  type AnswerDescription,
  type BreakdownDescription,
  describeAnswer,
  describeMetric,
  type MeasureNeed,
  type MetricDescription,
  type ParameterDescription,
} from './metric/describe-metric.ts';
export { type Grain, grains } from './metric/grain.ts';
export type {
  Metric,
  MetricParameters,
  MetricRow,
} from './metric/metric.ts';
export type { NeedsOf } from './metric/needs.ts';
export { piiOf } from './metric/pii-of.ts';
export { isPlainColumn, type PlainColumn, type WhereFor } from './metric/where.ts';
export { type MetricsOssie, metricsOssie, type OssieOptions } from './ossie/metrics-ossie.ts';
export { type OssieDocument, readOssie } from './ossie/ossie-document.ts';
export { type TimeBound, type TimeRange, timeRangeBetween } from './range/time-range.ts';
export { foldersOfRange } from './run/folders-of-range.ts';
export { type MetricNote, metricNotes } from './run/metric-notes.ts';
export { type Rollup, rollupOf, rollupsIn } from './run/rollup/rollup.ts';
export type { RollupUse } from './run/rollup/rollup-answer.ts';
export {
  type EngineRollup,
  type EngineRollupQuery,
  rollupsOnEngine,
} from './run/rollup/rollups-on-engine.ts';
export { rowsOnEngine } from './run/rollup/rows-on-engine.ts';
export {
  type MetricQuery,
  metricQuery,
  namedMetricQuery,
  type ParametersFor,
  type RolesOf,
  type RowFor,
  runMetric,
} from './run/run-metric.ts';
export type { EngineName, EngineTraits, LakeEngine } from './session/lake-engine.ts';
export type { FinishedQuery, QueryOptions, QueryText, ResultColumn, RowStream } from './session/query.ts';
export { sql } from './sql/sql.ts';
export type { StatementDays } from './statement/day-expressions.ts';
export { type MetricStatement, metricStatement } from './statement/metric-statement.ts';
