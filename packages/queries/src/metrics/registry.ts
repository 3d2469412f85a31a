import { HeadwaterError } from '@headwater/core';
import type { Metric } from '../metric/metric.ts';
import { cartAbandonment } from './cart-abandonment.ts';
import { dailyVisitors } from './daily-visitors.ts';
import { revenue } from './revenue.ts';
import { topCategories } from './top-categories.ts';

/** Every metric by its kebab-case name. */
export const metrics: { readonly [Name in string]?: Metric } = Object.fromEntries(
  [dailyVisitors, topCategories, cartAbandonment, revenue].map((metric): [string, Metric] => [
    metric.name,
    metric as unknown as Metric,
  ]),
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
