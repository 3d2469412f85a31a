import { HeadwaterError } from '@headwater/core';
import type { Metric } from '../metric/metric.ts';
import { brandAttention } from './brand-attention.ts';
import { cartAbandonment } from './cart-abandonment.ts';
import { conversionFunnel } from './conversion-funnel.ts';
import { dailyVisitors } from './daily-visitors.ts';
import { frequentVisitors } from './frequent-visitors.ts';
import { newVsReturning } from './new-vs-returning.ts';
import { peakHours } from './peak-hours.ts';
import { repeatPurchase } from './repeat-purchase.ts';
import { retention } from './retention.ts';
import { revenue } from './revenue.ts';
import { sessionSummary } from './session-summary.ts';
import { slowSellers } from './slow-sellers.ts';
import { topBrands } from './top-brands.ts';
import { topCategories } from './top-categories.ts';
import { topProducts } from './top-products.ts';

/** Every metric by its kebab-case name. */
export const metrics: { readonly [Name in string]?: Metric } = Object.fromEntries(
  [
    dailyVisitors,
    topCategories,
    cartAbandonment,
    conversionFunnel,
    revenue,
    peakHours,
    topProducts,
    slowSellers,
    topBrands,
    brandAttention,
    frequentVisitors,
    sessionSummary,
    retention,
    repeatPurchase,
    newVsReturning,
  ].map((metric): [string, Metric] => [metric.name, metric]),
);

/**
 * The metric of this name, for callers that have names only.
 * @throws HeadwaterError `METRIC_UNKNOWN`
 */
export function metricOf(name: string): Metric {
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (!metric) throw new HeadwaterError('METRIC_UNKNOWN', { metric: name, known: Object.keys(metrics) });
  return metric;
}
