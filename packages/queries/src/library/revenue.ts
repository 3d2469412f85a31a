import { ratio } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { periodChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { period } from '../metric/dimension.ts';
import { firstOfWhole } from '../metric/first-of-whole.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { inPartOrder, partColumn, rowParts, thingParts } from '../metric/parts.ts';
import { periodText } from '../metric/period-text.ts';
import { sideBySide } from '../metric/side-by-side.ts';
import { firstOfSessions } from '../metric/whole-sessions.ts';
import { amountWords, ordersByPart, orderWords } from './words.ts';

/** Orders, buyers and revenue of each period. */
export const revenue = defineMetric({
  name: 'revenue',
  definition:
    `Revenue is the sum of the amounts of the purchase events of the period; buyers are their distinct actors. ${amountWords} ` +
    `An order is all purchase events of one session and counts once, in the period of the first of them. ${orderWords} ` +
    `The average order value is the revenue of purchases in an order, divided by the orders. ${ordersByPart} Revenue and buyers ` +
    'are those of its purchase events; by hour or weekday, an order counts in that of its first purchase event.',
  nullSessions:
    'Their purchases are in revenue and buyers, and shown apart as purchasesWithoutSession and revenueWithoutSession; on a table ' +
    'without order ids they are no orders, and are left out of the average order value.',
  streaming: { question: 'per-minute' },
  roles: ['actor', 'session', 'action', 'amount'],
  mayLack: ['actor', 'session'],
  actions: ['purchase'],
  optionalRoles: ['order'],
  incremental: true,
  grain: grain('day'),
  breakdowns: ['category', 'brand', 'product', 'hour', 'weekday'],
  dimensions: { period },
  measures: {
    orders: measure.needing(measure.count('Orders, by their first purchase', 'time'), ['order', 'session']),
    buyers: measure.needing(measure.distinct('Distinct actors with a purchase'), ['actor']),
    revenue: measure.amount('Amounts of the purchases', 'all'),
    averageOrderValue: measure.ratio('Mean amount of an order', 'revenueInOrders', 'orders'),
    purchasesWithoutSession: measure.needing(measure.count('Purchases without a session', 'all'), [
      'session',
    ]),
    revenueWithoutSession: measure.needing(
      measure.amount('Amounts of the purchases without a session', 'all'),
      ['session'],
    ),
    revenueInOrders: measure.hidden(
      measure.needing(measure.amount('Amounts of the purchases in an order', 'all'), ['order', 'session']),
    ),
  },
  chart: (parameters) => periodChart(parameters, ['revenue']),
  query(context) {
    const { parameters, actions } = context;
    const parts = thingParts(context);
    const order = context.has('order') ? 'order' : 'session';
    const relations = context
      .events(firstOfSessions(context))
      .with('purchases', (db) =>
        db
          .selectFrom('events')
          .select(['time', 'actor', 'session', 'amount', ...(order === 'order' ? (['order'] as const) : [])])
          .select(parts.selected)
          .where('action', '=', actions.purchase),
      )
      .with('firsts', (db) =>
        db
          .selectFrom('purchases')
          .select([firstOfWhole(context, order).as('ordered'), ...rowParts(context).selected])
          .where(order, 'is not', null)
          .groupBy([order, ...rowParts(context).grouped]),
      )
      .with('orders', (db) =>
        byPeriod(context, db.selectFrom('firsts'), 'ordered').select(({ fn }) => [
          fn.countAll<number>().as('orders'),
        ]),
      )
      .with('sales', (db) =>
        byPeriod(context, db.selectFrom('purchases'), 'time').select(({ fn, lit }) => [
          fn.count<number>('actor').distinct().as('buyers'),
          fn.coalesce(fn.sum<number>('amount'), lit(0)).as('revenue'),
          fn.coalesce(fn.sum<number>('amount').filterWhere(order, 'is not', null), lit(0)).as('inOrders'),
          fn.coalesce(fn.sum<number>('amount').filterWhere('session', 'is', null), lit(0)).as('loose'),
          fn.countAll<number>().filterWhere('session', 'is', null).as('purchasesWithoutSession'),
        ]),
      );
    if (context.breakdown)
      return relations
        .with('totals', (db) =>
          sideBySide(db, {
            sales: ['buyers', 'revenue', 'inOrders', 'loose', 'purchasesWithoutSession'],
            orders: ['orders'],
          }),
        )
        .selectFrom('totals')
        .select(({ ref }) => [
          periodText(parameters, ref('totals.period')).as('period'),
          ...partColumn(context),
          'orders',
          'buyers',
          'revenue',
          ratio(ref('inOrders'), ref('orders')).as('averageOrderValue'),
          'purchasesWithoutSession',
          ref('loose').as('revenueWithoutSession'),
        ])
        .$if(context.withHidden, (query) => query.select('inOrders as revenueInOrders'))
        .orderBy('totals.period')
        .$call((query) => inPartOrder(context, query, 'revenue'));
    return relations
      .selectFrom('sales')
      .leftJoin('orders', 'orders.period', 'sales.period')
      .select(({ fn, ref, lit }) => [
        periodText(parameters, ref('sales.period')).as('period'),
        fn.coalesce('orders.orders', lit(0)).as('orders'),
        'buyers',
        'revenue',
        ratio(ref('inOrders'), ref('orders.orders')).as('averageOrderValue'),
        'purchasesWithoutSession',
        ref('loose').as('revenueWithoutSession'),
      ])
      .$if(context.withHidden, (query) => query.select('inOrders as revenueInOrders'))
      .orderBy('sales.period');
  },
});
