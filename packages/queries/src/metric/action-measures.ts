import type { ActionName } from '@headwater/core';
import { expressionBuilder } from 'kysely';
import { z } from 'zod';
import type { EventsOf } from './metric.ts';
import { amount, count } from './row-codec.ts';

/** The measures that every ranking of things counts. */
export const actionMeasureNames = ['revenue', 'purchases', 'carts', 'views'] as const;
export type ActionMeasure = (typeof actionMeasureNames)[number];

/** Their parameter: which of them ranks. */
export const sortParameter = z.enum(actionMeasureNames).default('revenue').describe('What is ranked');

/** Their columns in a row. */
export const actionMeasureRow = { views: count, carts: count, purchases: count, revenue: amount };

/** Views, cart adds, purchases, and the amounts of the purchases, of a group of events. */
export function actionMeasures(actions: Readonly<Record<ActionName, string>>) {
  const { fn, lit } = expressionBuilder<EventsOf<'action' | 'amount'>, 'events'>();
  const of = (action: ActionName) => fn.countAll<number>().filterWhere('action', '=', actions[action]);
  const sold = fn.sum<string>('amount').filterWhere('action', '=', actions.purchase);
  return [
    of('view').as('views'),
    of('cart').as('carts'),
    of('purchase').as('purchases'),
    fn.coalesce(sold, lit(0)).as('revenue'),
  ] as const;
}
