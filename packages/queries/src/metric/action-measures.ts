import { type ActionName, HeadwaterError, type TableSchema } from '@headwater/core';
import { expressionBuilder } from 'kysely';
import { z } from 'zod';
import { type Additive, measure } from './measure.ts';
import type { EventsOf, Metric } from './metric.ts';
import { lackedLists, leftOutOf, needText } from './needs.ts';

const { fn, lit } = expressionBuilder<EventsOf<'action' | 'amount'>, 'events'>();

/** The measures that every ranking of things has. */
const actionMeasureNames = ['revenue', 'purchases', 'carts', 'views'] as const;
export type ActionMeasure = (typeof actionMeasureNames)[number];

/** The parameter of a ranking: the measure that ranks. */
export const sortParameter = z
  .enum(actionMeasureNames)
  .default('revenue')
  .describe('What is ranked; by default, where a table has no revenue, what comes next that it has');

/**
 * The measure that ranks: the one asked for, or by default the first that the table has.
 *
 * @param given the parameters as the caller wrote them
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` when the answer leaves out the measure that is asked for
 */
export function readSort<Parameters extends object>(
  metric: Pick<Metric, 'name' | 'needs'>,
  schema: TableSchema,
  parameters: Parameters,
  given: unknown,
): Parameters {
  const sort = 'sort' in parameters ? actionMeasureNames.find((name) => name === parameters.sort) : undefined;
  const lacks = sort === undefined ? [] : lackedLists(schema, metric.needs[sort] ?? []);
  if (lacks.length === 0) return parameters;
  const isAsked = typeof given === 'object' && given !== null && 'sort' in given && given.sort !== undefined;
  const leftOut = leftOutOf(metric.needs, schema);
  const others = actionMeasureNames.filter((name) => !leftOut.has(name));
  if (!isAsked) return { ...parameters, sort: others[0] ?? sort };
  const problem = `sort: ${sort} needs ${lacks.map(needText).join(' and ')}, which ${schema.name} does not have; expected one of ${others.join(', ')}`;
  throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric: metric.name, problem });
}

/** The columns of these measures, where the table has the action. They are additive, unless a metric omits things with few views. */
export const actionMeasureColumns = (additive: Additive = 'all') =>
  ({
    views: measure.needing(measure.count('View events', additive), ['action:view']),
    carts: measure.needing(measure.count('Cart events', additive), ['action:cart']),
    purchases: measure.needing(measure.count('Purchase events', additive), ['action:purchase']),
    revenue: measure.needing(
      measure.amount('Amounts of the purchase events', additive),
      ['action:purchase'],
      ['amount'],
    ),
  }) as const;

/** Views, cart adds, purchases, and the amounts of the purchases, of a group of events. */
export function actionMeasures(actions: Readonly<Record<ActionName, string>>) {
  const of = (action: ActionName) => fn.countAll<number>().filterWhere('action', '=', actions[action]);
  const sold = fn.sum<string>('amount').filterWhere('action', '=', actions.purchase);
  return [
    of('view').as('views'),
    of('cart').as('carts'),
    of('purchase').as('purchases'),
    fn.coalesce(sold, lit(0)).as('revenue'),
  ] as const;
}
