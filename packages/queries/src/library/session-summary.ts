import { z } from 'zod';
import { millisecondsBetween, periodText, ratio } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { grainParameter } from '../metric/grain.ts';
import { defineMetric } from '../metric/metric.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { count, period, quotient } from '../metric/row-codec.ts';
import { wholeSessions } from '../metric/whole-sessions.ts';

/** What sessions are like. */
export const sessionSummary = defineMetric({
  name: 'session-summary',
  definition:
    'Sessions of each period, by the period of their first event: how many, how many have a single event (bounces), how many have ' +
    'a purchase, the mean of their events and of the seconds from their first event to their last. A session lasts 24 hours at most.',
  nullSessions:
    'Their events belong to no session; eventsWithoutSession counts those of the periods in which a session began.',
  roles: ['session', 'action'],
  parameters: z.strictObject({ ...rangeParameters, grain: grainParameter() }),
  row: z.object({
    period,
    sessions: count,
    bounces: count,
    bounceRate: quotient,
    purchaseSessions: count,
    averageEvents: quotient,
    averageSeconds: quotient,
    eventsWithoutSession: count,
  }),
  additive: ['sessions', 'bounces', 'purchaseSessions'],
  chart: { mark: 'line', x: 'period', y: ['averageSeconds', 'averageEvents'] },
  query(context) {
    const { parameters, actions } = context;
    return context
      .events(wholeSessions)
      .with('sessions', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [
            fn.min('time').as('began'),
            fn.max('time').as('ended'),
            fn.countAll<number>().as('events'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
          ])
          .where('session', 'is not', null)
          .groupBy('session'),
      )
      .with('totals', (db) =>
        byPeriod(context, db.selectFrom('sessions'), 'began').select(({ fn, ref }) => [
          fn.countAll<number>().as('sessions'),
          fn.countAll<number>().filterWhere('events', '=', 1).as('bounces'),
          fn.countAll<number>().filterWhere('purchases', '>', 0).as('purchaseSessions'),
          fn.sum('events').as('events'),
          fn.sum(millisecondsBetween(ref('began'), ref('ended'))).as('milliseconds'),
        ]),
      )
      .with('loose', (db) =>
        byPeriod(context, db.selectFrom('events').where('session', 'is', null), 'time').select(({ fn }) => [
          fn.countAll<number>().as('eventsWithoutSession'),
        ]),
      )
      .selectFrom('totals')
      .leftJoin('loose', 'loose.period', 'totals.period')
      .select(({ fn, ref, lit, eb }) => [
        periodText(parameters.grain, ref('totals.period')).as('period'),
        'sessions',
        'bounces',
        ratio(ref('bounces'), ref('sessions')).as('bounceRate'),
        'purchaseSessions',
        ratio(ref('events'), ref('sessions')).as('averageEvents'),
        ratio(ref('milliseconds'), eb('sessions', '*', lit(1000))).as('averageSeconds'),
        fn.coalesce('loose.eventsWithoutSession', lit(0)).as('eventsWithoutSession'),
      ])
      .orderBy('totals.period');
  },
});
