import {
  brandAttention,
  cartAbandonment,
  conversionFunnel,
  dailyVisitors,
  funnel,
  type Metric,
  newVsReturning,
  peakHours,
  repeatPurchase,
  retention,
  revenue,
  sessionSummary,
  slowSellers,
  topBrands,
  topCategories,
  topProducts,
} from '@headwater/queries';

/**
 * The metrics that are served. Routes, their documentation and the client's types follow from this list. `frequent-visitors` is not
 * among them: its rows are single shoppers.
 */
export const kpis = [
  dailyVisitors,
  revenue,
  cartAbandonment,
  conversionFunnel,
  funnel,
  peakHours,
  sessionSummary,
  topCategories,
  topProducts,
  topBrands,
  slowSellers,
  brandAttention,
  newVsReturning,
  retention,
  repeatPurchase,
] as const satisfies readonly Metric[];

/** One of the metrics that are served. */
export type Kpi = (typeof kpis)[number];
