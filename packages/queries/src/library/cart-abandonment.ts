import { sql } from 'kysely';
import { asText, ratio } from '../functions/functions.ts';
import { periodChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { period } from '../metric/dimension.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { inPartOrder, type Part, partColumn, thingParts } from '../metric/parts.ts';
import { periodOf } from '../metric/period-of.ts';
import { periodText } from '../metric/period-text.ts';
import { wholeSessions } from '../metric/whole-sessions.ts';
import { amountWords, sessionWords } from './words.ts';

/** How many sessions filled a cart and bought nothing. */
export const cartAbandonment = defineMetric({
  name: 'cart-abandonment',
  definition:
    'A cart session has at least one cart event; it is abandoned when it has no purchase event. It counts once, in the period of ' +
    "the session's first event of any kind; by hour or weekday, in that of this event. By category, brand or product, a session " +
    'counts for each one that it put into the cart, and is abandoned there when it bought nothing of it. The abandoned value is ' +
    'the amounts of the cart events less those of the remove-from-cart events, never below zero for one session. Sessions that ' +
    `buy without any cart event are not cart sessions. ${sessionWords} ${amountWords}`,
  nullSessions:
    'A cart event without a session belongs to no cart session; cartEventsWithoutSession shows how many there are.',
  roles: ['session', 'action', 'amount'],
  mayLack: ['amount'],
  actions: ['cart', 'purchase'],
  streaming: { question: 'abandonment' },
  needsPurchaseItems: true,
  incremental: true,
  grain: grain('day'),
  breakdowns: ['hour', 'category', 'product', 'brand', 'weekday'],
  dimensions: { period },
  measures: {
    cartSessions: measure.count('Sessions with a cart event', 'time'),
    abandonedSessions: measure.count('Cart sessions without a purchase', 'time'),
    abandonmentRate: measure.share(
      'Abandoned sessions, of all cart sessions',
      'abandonedSessions',
      'cartSessions',
    ),
    abandonedValue: measure.needing(
      measure.amount('Amounts left in the carts of abandoned sessions', 'time'),
      ['amount'],
    ),
    cartEventsWithoutSession: measure.count('Cart events without a session', 'all'),
  },
  chart: (parameters) => periodChart(parameters, ['abandonmentRate']),
  query(context) {
    const { actions, breakdown } = context;
    const slotOf = breakdown?.of;
    const things = thingParts(context);
    const nothing = sql<Part>`cast(null as varchar)`.as('part');
    const thing = things.selected.length > 0 ? things.selected : [nothing];
    const one = sql<number>`1`;
    const none = sql<number>`0`;
    return context
      .events(wholeSessions)
      .with('parts', (db) =>
        db
          .selectFrom('events')
          .select(({ fn, lit }) => [
            'session',
            ...thing,
            fn.min('time').as('began'),
            fn.countAll<number>().filterWhere('action', '=', actions.cart).as('carts'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
            fn
              .coalesce(fn.sum<number>('amount').filterWhere('action', '=', actions.cart), lit(0))
              .as('added'),
            fn
              .coalesce(fn.sum<number>('amount').filterWhere('action', '=', actions.removeFromCart), lit(0))
              .as('removed'),
          ])
          .where('session', 'is not', null)
          .groupBy(['session', ...things.grouped]),
      )
      .with('sessions', (db) =>
        db
          .selectFrom('parts')
          .select(['part', 'carts', 'purchases'])
          .select(({ fn, eb }) => [
            // The session began with its first event in any of its categories or products.
            fn
              .min('began')
              .over((over) => over.partitionBy('session'))
              .as('began'),
            eb
              .case()
              .when('added', '>', eb.ref('removed'))
              .then(eb('added', '-', eb.ref('removed')))
              .else(eb.lit(0))
              .end()
              .as('left'),
          ]),
      )
      .with('lines', (db) =>
        db
          .selectFrom('sessions')
          .select(({ eb, ref }) => [
            periodOf(context, ref('began')).as('period'),
            slotOf ? asText(slotOf(ref('began'))).as('part') : sql<Part>`${ref('part')}`.as('part'),
            one.as('carted'),
            eb.case().when('purchases', '=', 0).then(one).else(none).end().as('abandoned'),
            eb.case().when('purchases', '=', 0).then(ref('left')).else(none).end().as('value'),
            none.as('loose'),
          ])
          .where('carts', '>', 0)
          .where(({ ref }) => context.inRange(ref('began')))
          .unionAll(
            db
              .selectFrom('events')
              .select(({ ref }) => [
                periodOf(context, ref('time')).as('period'),
                ...(slotOf ? [asText(slotOf(ref('time'))).as('part')] : thing),
                none.as('carted'),
                none.as('abandoned'),
                none.as('value'),
                one.as('loose'),
              ])
              .where('session', 'is', null)
              .where('action', '=', actions.cart)
              .where(({ ref }) => context.inRange(ref('time'))),
          ),
      )
      .with('totals', (db) =>
        db
          .selectFrom('lines')
          .select(({ fn }) => [
            'period',
            'part',
            fn.sum<number>('carted').as('cartSessions'),
            fn.sum<number>('abandoned').as('abandonedSessions'),
            fn.sum<number>('value').as('abandonedValue'),
            fn.sum<number>('loose').as('cartEventsWithoutSession'),
          ])
          .groupBy(['period', 'part']),
      )
      .selectFrom('totals')
      .select(({ ref }) => periodText(context.parameters, ref('period')).as('period'))
      .select(({ cast }) =>
        breakdown?.of ? [cast<number>('part', 'integer').as(breakdown.name)] : partColumn(context),
      )
      .select(({ ref }) => [
        'cartSessions',
        'abandonedSessions',
        ratio(ref('abandonedSessions'), ref('cartSessions')).as('abandonmentRate'),
        'abandonedValue',
        'cartEventsWithoutSession',
      ])
      .orderBy('totals.period')
      .$if(slotOf !== undefined, (query) => query.orderBy(({ cast }) => cast<number>('part', 'integer')))
      .$if(slotOf === undefined, (query) => inPartOrder(context, query, 'abandonedSessions'));
  },
});
