import { HeadwaterError } from '@headwater/core';
import { type LakeTable, type Metric, type MetricQuery, namedMetricQuery } from '@headwater/queries';
import { filtersOf } from './row-filter.ts';
import type { Viewer } from './viewer.ts';

/** A question about a metric, as a caller asks it. */
export interface AskedMetric {
  readonly metric: Metric;
  /** As the metric declares them, without filters. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Filters that the caller adds. */
  readonly where?: Readonly<Record<string, unknown>> | undefined;
}

/** A question over the rows of a viewer, which has not run. */
export interface ViewerQuery {
  /** What the metric was asked with, the viewer's rows among them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly query: MetricQuery<Record<string, unknown>>;
}

/**
 * A metric over the rows of a viewer. Its rows are a condition that nothing in the question can change: filters are a list of columns of
 * which those of the viewer's rows are not a part. Values become bound parameters, never text of the statement.
 *
 * @throws HeadwaterError `FILTER_NOT_ALLOWED`, `METRIC_PARAMETERS_INVALID`, `ROLE_MISSING`, `ACTION_MISSING`, `METRIC_UNANSWERABLE`
 * @example
 * ```ts
 * const viewer = { where: { shop: 'acme' }, permissionClass: 'no_pii' } as const;
 * const { query } = viewerQuery(lake.events, { metric: revenue, parameters: { from, to }, where: { brand: 'tea' } }, viewer);
 * ```
 */
export function viewerQuery(
  table: LakeTable,
  { metric, parameters, where }: AskedMetric,
  viewer: Viewer,
): ViewerQuery {
  // A filter among the parameters would pass by the check of columns.
  if (Object.hasOwn(parameters, 'where'))
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', {
      metric: metric.name,
      problem: 'parameters.where: filters are given beside the parameters, as where',
    });
  const filters = filtersOf(table.definition.schema, viewer, where);
  const asked = { ...parameters, ...(filters ? { where: filters } : {}) };
  return { parameters: asked, query: namedMetricQuery(table, metric, asked) };
}
