import { type Expression, sql } from 'kysely';
import { z } from 'zod';
import { asText, hourOfDay, periodText, ratio } from '../functions/functions.ts';
import { grainParameter } from '../metric/grain.ts';
import { defineMetric } from '../metric/metric.ts';
import { periodOf } from '../metric/period-of.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { amount, count, period, quotient } from '../metric/row-codec.ts';
import { wholeSessions } from '../metric/whole-sessions.ts';

const dimensions = ['none', 'hour', 'category', 'product'] as const;
const roleOf = { none: undefined, hour: undefined, category: 'category', product: 'item' } as const;

/** How many sessions filled a cart and bought nothing. */
export const cartAbandonment = defineMetric({
  name: 'cart-abandonment',
  definition:
    'A cart session has at least one cart event; it is abandoned when it has no purchase event. It counts once, in the period of ' +
    "the session's first event of any kind; by hour, in the UTC hour of that event. By category or product, a session counts for " +
    'each one that it put into the cart, and is abandoned there when it bought nothing of it. The abandoned value is the amounts ' +
    'of the cart events less those of the remove-from-cart events, never below zero for one session. Sessions that buy without ' +
    'any cart event are not cart sessions. A session lasts 24 hours at most.',
  nullSessions:
    'A cart event without a session belongs to no cart session; cartEventsWithoutSession shows how many there are.',
  roles: ['session', 'action', 'amount'],
  rolesFor: ({ by }) => {
    const role = roleOf[by];
    return role ? [role] : [];
  },
  parameters: z
    .strictObject({
      ...rangeParameters,
      grain: z
        .optional(grainParameter().unwrap())
        .describe('Length of a period: day, or all when by is given'),
      by: z.enum(dimensions).default('none').describe('Break down by hour of the day, category or product'),
    })
    .transform((parameters) => ({
      ...parameters,
      grain: parameters.grain ?? (parameters.by === 'none' ? ('day' as const) : ('all' as const)),
    })),
  row: z.object({
    period,
    hour: count.optional(),
    category: z.string().nullable().optional(),
    product: z.string().nullable().optional(),
    cartSessions: count,
    abandonedSessions: count,
    abandonmentRate: quotient,
    abandonedValue: amount,
    cartEventsWithoutSession: count,
  }),
  additive: ['cartSessions', 'abandonedSessions', 'abandonedValue', 'cartEventsWithoutSession'],
  chart: { mark: 'line', x: 'period', y: ['abandonmentRate'] },
  query(context) {
    const { parameters, actions } = context;
    const { by, grain } = parameters;
    const role = roleOf[by];
    const nothing = sql<string>`cast(null as varchar)`;
    const one = sql<number>`1`;
    const none = sql<number>`0`;
    const hour = (time: Expression<Date>) => asText(hourOfDay(time));
    return context
      .events(wholeSessions)
      .with('parts', (db) =>
        db
          .selectFrom('events')
          .select(({ fn, ref, lit }) => [
            'session',
            (role ? asText(ref(role)) : nothing).as('part'),
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
          .groupBy(({ ref }) => (role ? [ref('session'), ref(role)] : [ref('session')])),
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
            (by === 'hour' ? hour(ref('began')) : sql<string>`${ref('part')}`).as('part'),
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
                (by === 'hour' ? hour(ref('time')) : role ? asText(ref(role)) : nothing).as('part'),
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
      .select(({ ref }) => periodText(grain, ref('period')).as('period'))
      .$if(by === 'hour', (query) => query.select(({ cast }) => cast<number>('part', 'integer').as('hour')))
      .$if(role !== undefined, (query) => query.select(({ ref }) => ref('part').as(by)))
      .select(({ ref }) => [
        'cartSessions',
        'abandonedSessions',
        ratio(ref('abandonedSessions'), ref('cartSessions')).as('abandonmentRate'),
        'abandonedValue',
        'cartEventsWithoutSession',
      ])
      .orderBy('totals.period')
      .$if(by === 'hour', (query) => query.orderBy(({ cast }) => cast<number>('part', 'integer')))
      .$if(role !== undefined, (query) =>
        query.orderBy('abandonedSessions', 'desc').orderBy('part', (order) => order.asc().nullsLast()),
      );
  },
});
