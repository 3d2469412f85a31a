import { z } from 'zod';
import { periodText, ratio } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { grainParameter } from '../metric/grain.ts';
import { defineMetric } from '../metric/metric.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { amount, count, period, quotient } from '../metric/row-codec.ts';

/** Orders, buyers and revenue of each period. */
export const revenue = defineMetric({
  name: 'revenue',
  definition:
    'Revenue is the sum of the amounts of the purchase events of the period; buyers are their distinct actors. An order is all ' +
    'purchase events of one session and counts once, in the period of the first of them. The average order value is the ' +
    'revenue of purchases with a session, divided by the orders.',
  nullSessions:
    'Their purchases are in revenue and buyers, and shown apart as purchasesWithoutSession and revenueWithoutSession; they are no ' +
    'orders, and are left out of the average order value.',
  roles: ['actor', 'session', 'action', 'amount'],
  parameters: z.strictObject({ ...rangeParameters, grain: grainParameter() }),
  row: z.object({
    period,
    orders: count,
    buyers: count,
    revenue: amount,
    averageOrderValue: quotient,
    purchasesWithoutSession: count,
    revenueWithoutSession: amount,
  }),
  additive: ['orders', 'revenue', 'purchasesWithoutSession', 'revenueWithoutSession'],
  chart: { mark: 'line', x: 'period', y: ['revenue'] },
  query(context) {
    const { parameters, actions } = context;
    return context
      .events({ before: 1 })
      .with('purchases', (db) =>
        db
          .selectFrom('events')
          .select(['time', 'actor', 'session', 'amount'])
          .where('action', '=', actions.purchase),
      )
      .with('firsts', (db) =>
        db
          .selectFrom('purchases')
          .select(({ fn }) => fn.min('time').as('ordered'))
          .where('session', 'is not', null)
          .groupBy('session'),
      )
      .with('orders', (db) =>
        byPeriod(context, db.selectFrom('firsts'), 'ordered').select(({ fn }) => [
          fn.countAll<number>().as('orders'),
        ]),
      )
      .with('sales', (db) =>
        byPeriod(context, db.selectFrom('purchases'), 'time').select(({ fn, lit }) => [
          fn.count<number>('actor').distinct().as('buyers'),
          fn.coalesce(fn.sum<string>('amount'), lit(0)).as('revenue'),
          fn.coalesce(fn.sum<string>('amount').filterWhere('session', 'is not', null), lit(0)).as('inOrders'),
          fn.coalesce(fn.sum<string>('amount').filterWhere('session', 'is', null), lit(0)).as('loose'),
          fn.countAll<number>().filterWhere('session', 'is', null).as('purchasesWithoutSession'),
        ]),
      )
      .selectFrom('sales')
      .leftJoin('orders', 'orders.period', 'sales.period')
      .select(({ fn, ref, lit }) => [
        periodText(parameters.grain, ref('sales.period')).as('period'),
        fn.coalesce('orders.orders', lit(0)).as('orders'),
        'buyers',
        'revenue',
        ratio(ref('inOrders'), ref('orders.orders')).as('averageOrderValue'),
        'purchasesWithoutSession',
        ref('loose').as('revenueWithoutSession'),
      ])
      .orderBy('sales.period');
  },
});
