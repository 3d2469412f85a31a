import type { ActionName } from '@headwater/core';
import { expressionBuilder } from 'kysely';
import { z } from 'zod';
import { type Additive, measure } from './measure.ts';
import type { EventsOf } from './metric.ts';

const { fn, lit } = expressionBuilder<EventsOf<'action' | 'amount'>, 'events'>();

/** The measures that every ranking of things has. */
const actionMeasureNames = ['revenue', 'purchases', 'carts', 'views'] as const;
export type ActionMeasure = (typeof actionMeasureNames)[number];

/** The parameter of a ranking: the measure that ranks. */
export const sortParameter = z.enum(actionMeasureNames).default('revenue').describe('What is ranked');

/** Their columns in a row. They add up, but where a metric leaves out things with few views. */
export const actionMeasureColumns = (additive: Additive = 'all') =>
  ({
    views: measure.count('View events', additive),
    carts: measure.count('Cart events', additive),
    purchases: measure.count('Purchase events', additive),
    revenue: measure.amount('Amounts of the purchase events', additive),
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
