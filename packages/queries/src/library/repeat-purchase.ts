import { ratio } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { periodChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { period } from '../metric/dimension.ts';
import { firstOfWhole } from '../metric/first-of-whole.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { inPartOrder, partColumn, rowParts, thingParts } from '../metric/parts.ts';
import { periodOf } from '../metric/period-of.ts';
import { periodText } from '../metric/period-text.ts';
import { sideBySide } from '../metric/side-by-side.ts';
import { firstOfSessions } from '../metric/whole-sessions.ts';
import { ordersByPart, orderWords } from './words.ts';

/** How many buyers buy again. */
export const repeatPurchase = defineMetric({
  name: 'repeat-purchase',
  definition:
    `An order is all purchase events of one session by one actor, and counts in the period of the first of them. ${orderWords} ` +
    'Buyers are the distinct actors with an order in the period, repeat buyers those with two or more; the rate is repeat buyers ' +
    `over buyers. ${ordersByPart} Repeat buyers are then those with two or more such orders.`,
  nullSessions:
    'On a table without order ids, purchases without a session are no orders; purchasesWithoutSession counts those of the periods, ' +
    'and parts, with an order.',
  nullActors: "A purchase without an actor is nobody's, and in no order here; revenue counts it.",
  roles: ['actor', 'session', 'action'],
  mayLack: ['session'],
  actions: ['purchase'],
  optionalRoles: ['order'],
  grain: grain('all'),
  breakdowns: ['category', 'brand', 'product'],
  dimensions: { period },
  measures: {
    buyers: measure.needing(measure.distinct('Distinct actors with an order'), ['order', 'session']),
    repeatBuyers: measure.needing(measure.distinct('Distinct actors with two orders or more'), [
      'order',
      'session',
    ]),
    repeatRate: measure.share('Repeat buyers, of all buyers', 'repeatBuyers', 'buyers'),
    orders: measure.needing(measure.count('Orders, by their first purchase', 'time'), ['order', 'session']),
    ordersPerBuyer: measure.ratio('Mean orders of a buyer', 'orders', 'buyers'),
    purchasesWithoutSession: measure.needing(
      measure.count('Purchases without a session, where there is an order', 'none'),
      ['session'],
    ),
  },
  chart: (parameters) => periodChart(parameters, ['repeatRate']),
  query(context) {
    const { parameters, actions } = context;
    const parts = rowParts(context);
    const order = context.has('order') ? 'order' : 'session';
    const relations = context
      .events(firstOfSessions(context))
      .with('purchases', (db) =>
        db
          .selectFrom('events')
          .select(['time', 'actor', 'session', ...(order === 'order' ? (['order'] as const) : [])])
          .select(thingParts(context).selected)
          .where('action', '=', actions.purchase),
      )
      .with('firsts', (db) =>
        db
          .selectFrom('purchases')
          .select(['actor', firstOfWhole(context, 'actor', order).as('ordered'), ...parts.selected])
          .where('actor', 'is not', null)
          .where(order, 'is not', null)
          .groupBy(['actor', order, ...parts.grouped]),
      )
      .with('buyers', (db) =>
        db
          .selectFrom('firsts')
          .select(({ fn, ref }) => [
            periodOf(context, ref('ordered')).as('period'),
            fn.countAll<number>().as('orders'),
            ...parts.selected,
          ])
          .where(({ ref }) => context.inRange(ref('ordered')))
          .groupBy(({ ref }) => [ref('actor'), periodOf(context, ref('ordered')), ...parts.grouped]),
      )
      .with('totals', (db) =>
        db
          .selectFrom('buyers')
          .select(({ fn }) => [
            'period',
            fn.countAll<number>().as('buyers'),
            fn.countAll<number>().filterWhere('orders', '>=', 2).as('repeatBuyers'),
            fn.sum<number>('orders').as('orders'),
            ...parts.selected,
          ])
          .groupBy(['period', ...parts.grouped]),
      )
      .with('loose', (db) =>
        byPeriod(context, db.selectFrom('purchases').where('session', 'is', null), 'time').select(
          ({ fn }) => [fn.countAll<number>().as('purchasesWithoutSession')],
        ),
      );
    if (context.breakdown)
      return relations
        .with('rows', (db) =>
          sideBySide(db, {
            totals: ['buyers', 'repeatBuyers', 'orders'],
            loose: ['purchasesWithoutSession'],
          }),
        )
        .selectFrom('rows')
        .select(({ ref }) => [
          periodText(parameters, ref('rows.period')).as('period'),
          ...partColumn(context),
          'buyers',
          'repeatBuyers',
          ratio(ref('repeatBuyers'), ref('buyers')).as('repeatRate'),
          'orders',
          ratio(ref('orders'), ref('buyers')).as('ordersPerBuyer'),
          'purchasesWithoutSession',
        ])
        .where('buyers', '>', 0)
        .orderBy('rows.period')
        .$call((query) => inPartOrder(context, query, 'buyers'));
    return relations
      .selectFrom('totals')
      .leftJoin('loose', 'loose.period', 'totals.period')
      .select(({ fn, ref, lit }) => [
        periodText(parameters, ref('totals.period')).as('period'),
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
