import { z } from 'zod';
import { periodText, ratio } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { grainParameter } from '../metric/grain.ts';
import { defineMetric } from '../metric/metric.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { count, period, quotient } from '../metric/row-codec.ts';
import { wholeSessions } from '../metric/whole-sessions.ts';

/** How far sessions come: view, cart, purchase. */
export const conversionFunnel = defineMetric({
  name: 'conversion-funnel',
  definition:
    'Sessions of each period, by the period of their first event, and how many of them have a view, a cart event, a purchase; both ' +
    'a view and a cart event; both a cart event and a purchase; a purchase without any cart event. viewToCart is sessions with ' +
    'both over those with a view, cartToPurchase sessions with both over those with a cart event, conversionRate sessions with a ' +
    'purchase over all; none can exceed 1. The order of events in a session plays no part. A session lasts 24 hours at most.',
  nullSessions: 'Their events belong to no session and are left out; daily-visitors and revenue count them.',
  roles: ['session', 'action'],
  parameters: z.strictObject({ ...rangeParameters, grain: grainParameter('all') }),
  row: z.object({
    period,
    sessions: count,
    viewSessions: count,
    cartSessions: count,
    purchaseSessions: count,
    viewedAndCarted: count,
    cartedAndPurchased: count,
    purchasedWithoutCart: count,
    viewToCart: quotient,
    cartToPurchase: quotient,
    conversionRate: quotient,
  }),
  additive: [
    'sessions',
    'viewSessions',
    'cartSessions',
    'purchaseSessions',
    'viewedAndCarted',
    'cartedAndPurchased',
    'purchasedWithoutCart',
  ],
  chart: { mark: 'bar', x: 'period', y: ['viewSessions', 'cartSessions', 'purchaseSessions'] },
  query(context) {
    const { parameters, actions } = context;
    return context
      .events(wholeSessions)
      .with('sessions', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [
            fn.min('time').as('began'),
            fn.countAll<number>().filterWhere('action', '=', actions.view).as('views'),
            fn.countAll<number>().filterWhere('action', '=', actions.cart).as('carts'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
          ])
          .where('session', 'is not', null)
          .groupBy('session'),
      )
      .with('totals', (db) =>
        byPeriod(context, db.selectFrom('sessions'), 'began').select(({ fn }) => {
          const all = fn.countAll<number>();
          return [
            all.as('sessions'),
            all.filterWhere('views', '>', 0).as('viewSessions'),
            all.filterWhere('carts', '>', 0).as('cartSessions'),
            all.filterWhere('purchases', '>', 0).as('purchaseSessions'),
            all.filterWhere('views', '>', 0).filterWhere('carts', '>', 0).as('viewedAndCarted'),
            all.filterWhere('carts', '>', 0).filterWhere('purchases', '>', 0).as('cartedAndPurchased'),
            all.filterWhere('carts', '=', 0).filterWhere('purchases', '>', 0).as('purchasedWithoutCart'),
          ];
        }),
      )
      .selectFrom('totals')
      .select(({ ref }) => [
        periodText(parameters.grain, ref('totals.period')).as('period'),
        'sessions',
        'viewSessions',
        'cartSessions',
        'purchaseSessions',
        'viewedAndCarted',
        'cartedAndPurchased',
        'purchasedWithoutCart',
        ratio(ref('viewedAndCarted'), ref('viewSessions')).as('viewToCart'),
        ratio(ref('cartedAndPurchased'), ref('cartSessions')).as('cartToPurchase'),
        ratio(ref('purchaseSessions'), ref('sessions')).as('conversionRate'),
      ])
      .orderBy('totals.period');
  },
});
