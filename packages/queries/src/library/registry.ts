import { HeadwaterError } from '@headwater/core';
import type { Metric } from '../metric/metric.ts';
import { brandAttention } from './brand-attention.ts';
import { cartAbandonment } from './cart-abandonment.ts';
import { conversionFunnel } from './conversion-funnel.ts';
import { dailyVisitors } from './daily-visitors.ts';
import { frequentVisitors } from './frequent-visitors.ts';
import { funnel } from './funnel.ts';
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

/** Metrics by their kebab-case names. */
export type MetricRegistry = Readonly<Partial<Record<string, Metric>>>;

const shipped: readonly Metric[] = [
  dailyVisitors,
  topCategories,
  cartAbandonment,
  conversionFunnel,
  funnel,
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
];

/** The metrics that ship with this package. */
export const metrics: MetricRegistry = Object.fromEntries(shipped.map((metric) => [metric.name, metric]));

/**
 * The metrics that ship, and a project's own.
 *
 * @param own metrics made by `defineMetric`
 * @throws HeadwaterError `METRIC_INVALID` for a value that is not a metric, or a name that another metric has
 * @example metricRegistry([repeatViews])['repeat-views']
 */
export function metricRegistry(own: readonly Metric[] = []): MetricRegistry {
  const registry: Record<string, Metric> = Object.create(null);
  Object.assign(registry, metrics);
  for (const metric of own) {
    const problem = problemOf(metric, registry);
    const name = String(Object(metric).name);
    if (problem !== undefined) throw new HeadwaterError('METRIC_INVALID', { metric: name, problem });
    registry[name] = metric;
  }
  return registry;
}

function problemOf(metric: unknown, taken: MetricRegistry): string | undefined {
  if (!isMetric(metric)) return 'it is not a metric; make it with defineMetric';
  if (taken[metric.name] === undefined) return undefined;
  return Object.hasOwn(metrics, metric.name)
    ? 'a metric that ships with Headwater has this name; rename yours'
    : 'two metrics have this name';
}

// By its shape, not by a class: a package of metrics may have another copy of this one.
const isMetric = (value: unknown): value is Metric =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'roles', 'mayRead', 'dimensions', 'measures', 'chart', 'query'].every((key) => key in value);

/**
 * The metric of this name, for callers that have names only.
 *
 * @param from defaults to the metrics that ship
 * @throws HeadwaterError `METRIC_UNKNOWN`
 */
export function metricOf(name: string, from: MetricRegistry = metrics): Metric {
  const metric = Object.keys(from).includes(name) ? from[name] : undefined;
  if (!metric) throw new HeadwaterError('METRIC_UNKNOWN', { metric: name, known: Object.keys(from) });
  return metric;
}
