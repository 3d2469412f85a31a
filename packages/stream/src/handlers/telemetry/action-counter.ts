import type { ActionName, TableSchema } from '@headwater/core';
import { isAlways, tableActions, valuesOfAction } from '@headwater/core/internal';
import type { HandlerMetric } from './handler-metrics.ts';

/** The metric of each action that is counted. */
const metricOf = {
  view: 'Views',
  cart: 'Carts',
  purchase: 'Purchases',
} as const satisfies Partial<Record<ActionName, HandlerMetric>>;

type ActionMetric = (typeof metricOf)[keyof typeof metricOf];

/**
 * Counts the views, cart events and purchases of a delivery, by the actions of the table. An action that the table lacks has no metric.
 *
 * @example actionCounter(clickstream.schema)([{ event_type: 'view' }, { event_type: 'cart' }]) // { Views: 1, Carts: 1, Purchases: 0 }
 */
export function actionCounter(
  schema: TableSchema,
): (events: readonly Readonly<Record<string, unknown>>[]) => Partial<Record<ActionMetric, number>> {
  const actions = tableActions(schema);
  const counted = Object.entries(metricOf).flatMap(([action, metric]) => {
    const value = actions.get(action);
    return value === undefined ? [] : [{ metric, value }];
  });
  const always = counted.filter(({ value }) => isAlways(value)).map(({ metric }) => metric);
  const byValue = new Map(
    counted.flatMap(({ metric, value }) => valuesOfAction(value).map((one) => [one, metric] as const)),
  );
  const { action: column = '' } = schema.roles;
  return (events) => {
    const counts: Partial<Record<ActionMetric, number>> = {};
    for (const { metric } of counted) counts[metric] = always.includes(metric) ? events.length : 0;
    for (const event of events) {
      const metric = byValue.get(String(event[column]));
      if (metric !== undefined) counts[metric] = (counts[metric] ?? 0) + 1;
    }
    return counts;
  };
}
