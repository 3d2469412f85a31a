import { ratio } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { periodChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { period } from '../metric/dimension.ts';
import { firstOfWhole } from '../metric/first-of-whole.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { inPartOrder, partColumn, thingParts } from '../metric/parts.ts';
import { periodText } from '../metric/period-text.ts';
import { wholeSessions } from '../metric/whole-sessions.ts';
import { sessionsByPart, sessionWords } from './words.ts';

const steps = ['view', 'cart', 'purchase'] as const;

/** How far sessions come: view, cart, purchase. */
export const conversionFunnel = defineMetric({
  name: 'conversion-funnel',
  definition:
    'Sessions of each period, by the period of their first event, and how many of them have a view, a cart event, a purchase; both ' +
    'a view and a cart event; both a cart event and a purchase; a purchase without any cart event. viewToCart is sessions with ' +
    'both over those with a view, cartToPurchase sessions with both over those with a cart event, conversionRate sessions with a ' +
    'purchase over all; none can exceed 1. The order of events in a session plays no part. ' +
    `${sessionWords} ${sessionsByPart}`,
  nullSessions: 'Their events belong to no session and are left out; daily-visitors and revenue count them.',
  roles: ['session', 'action'],
  actions: steps,
  streaming: { question: 'funnel', parameters: { steps } },
  incremental: true,
  grain: grain('all'),
  breakdowns: ['category', 'brand', 'product', 'hour', 'weekday'],
  dimensions: { period },
  measures: {
    sessions: measure.count('Sessions that began', 'time'),
    viewSessions: measure.count('Sessions with a view', 'time'),
    cartSessions: measure.count('Sessions with a cart event', 'time'),
    purchaseSessions: measure.count('Sessions with a purchase', 'time'),
    viewedAndCarted: measure.count('Sessions with a view and a cart event', 'time'),
    cartedAndPurchased: measure.count('Sessions with a cart event and a purchase', 'time'),
    purchasedWithoutCart: measure.count('Sessions with a purchase and no cart event', 'time'),
    viewToCart: measure.share(
      'Sessions with a view and a cart event, of those with a view',
      'viewedAndCarted',
      'viewSessions',
    ),
    cartToPurchase: measure.share(
      'Sessions with a cart event and a purchase, of those with a cart event',
      'cartedAndPurchased',
      'cartSessions',
    ),
    conversionRate: measure.share('Sessions with a purchase, of all', 'purchaseSessions', 'sessions'),
  },
  chart: (parameters) => {
    const chart = periodChart(parameters, ['viewSessions', 'cartSessions', 'purchaseSessions']);
    return parameters.by === 'none' ? { ...chart, mark: 'bar' } : chart;
  },
  query(context) {
    const { parameters, actions } = context;
    const parts = thingParts(context);
    return context
      .events(wholeSessions)
      .with('sessions', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [
            firstOfWhole(context, 'session').as('began'),
            fn.countAll<number>().filterWhere('action', '=', actions.view).as('views'),
            fn.countAll<number>().filterWhere('action', '=', actions.cart).as('carts'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
            ...parts.selected,
          ])
          .where('session', 'is not', null)
          .groupBy(['session', ...parts.grouped]),
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
        periodText(parameters, ref('totals.period')).as('period'),
        ...partColumn(context),
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
      .orderBy('totals.period')
      .$call((query) => inPartOrder(context, query, 'sessions'));
  },
});
