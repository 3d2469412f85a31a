import { z } from 'zod';
import { periodText, ratio } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { grainParameter } from '../metric/grain.ts';
import { defineMetric } from '../metric/metric.ts';
import { periodOf } from '../metric/period-of.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { count, period, quotient } from '../metric/row-codec.ts';

/** How many buyers buy again. */
export const repeatPurchase = defineMetric({
  name: 'repeat-purchase',
  definition:
    'An order is all purchase events of one session by one actor, and counts in the period of the first of them. Buyers are the ' +
    'distinct actors with an order in the period, repeat buyers those with two or more; the rate is repeat buyers over buyers.',
  nullSessions:
    'Purchases without a session are no orders; purchasesWithoutSession counts those of the periods with an order.',
  roles: ['actor', 'session', 'action'],
  parameters: z.strictObject({ ...rangeParameters, grain: grainParameter('all') }),
  row: z.object({
    period,
    buyers: count,
    repeatBuyers: count,
    repeatRate: quotient,
    orders: count,
    ordersPerBuyer: quotient,
    purchasesWithoutSession: count,
  }),
  additive: ['orders'],
  chart: { mark: 'line', x: 'period', y: ['repeatRate'] },
  query(context) {
    const { parameters, actions } = context;
    return context
      .events({ before: 1 })
      .with('purchases', (db) =>
        db.selectFrom('events').select(['time', 'actor', 'session']).where('action', '=', actions.purchase),
      )
      .with('firsts', (db) =>
        db
          .selectFrom('purchases')
          .select(({ fn }) => ['actor', fn.min('time').as('ordered')])
          .where('session', 'is not', null)
          .groupBy(['actor', 'session']),
      )
      .with('buyers', (db) =>
        db
          .selectFrom('firsts')
          .select(({ fn, ref }) => [
            periodOf(context, ref('ordered')).as('period'),
            fn.countAll<number>().as('orders'),
          ])
          .where(({ ref }) => context.inRange(ref('ordered')))
          .groupBy(({ ref }) => [ref('actor'), periodOf(context, ref('ordered'))]),
      )
      .with('totals', (db) =>
        db
          .selectFrom('buyers')
          .select(({ fn }) => [
            'period',
            fn.countAll<number>().as('buyers'),
            fn.countAll<number>().filterWhere('orders', '>=', 2).as('repeatBuyers'),
            fn.sum<number>('orders').as('orders'),
          ])
          .groupBy('period'),
      )
      .with('loose', (db) =>
        byPeriod(context, db.selectFrom('purchases').where('session', 'is', null), 'time').select(
          ({ fn }) => [fn.countAll<number>().as('purchasesWithoutSession')],
        ),
      )
      .selectFrom('totals')
      .leftJoin('loose', 'loose.period', 'totals.period')
      .select(({ fn, ref, lit }) => [
        periodText(parameters.grain, ref('totals.period')).as('period'),
        'buyers',
        'repeatBuyers',
        ratio(ref('repeatBuyers'), ref('buyers')).as('repeatRate'),
        'orders',
        ratio(ref('orders'), ref('buyers')).as('ordersPerBuyer'),
        fn.coalesce('loose.purchasesWithoutSession', lit(0)).as('purchasesWithoutSession'),
      ])
      .orderBy('totals.period');
  },
});
