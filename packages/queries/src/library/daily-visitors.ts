import { z } from 'zod';
import { periodText } from '../functions/functions.ts';
import { byPeriod } from '../metric/by-period.ts';
import { grainParameter } from '../metric/grain.ts';
import { defineMetric } from '../metric/metric.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { count, period } from '../metric/row-codec.ts';

/** Visitors, sessions and events of each period. */
export const dailyVisitors = defineMetric({
  name: 'daily-visitors',
  definition:
    'Visitors are the distinct actors with an event in the period. A session counts once, in the period of its first event. ' +
    'Events are all events of the period.',
  nullSessions:
    'Their events count in visitors and events, never in sessions; eventsWithoutSession shows them apart.',
  roles: ['actor', 'session'],
  parameters: z.strictObject({ ...rangeParameters, grain: grainParameter() }),
  row: z.object({ period, visitors: count, sessions: count, events: count, eventsWithoutSession: count }),
  additive: ['sessions', 'events', 'eventsWithoutSession'],
  chart: { mark: 'line', x: 'period', y: ['visitors', 'sessions'] },
  query(context) {
    const { parameters } = context;
    return context
      .events({ before: 1 })
      .with('starts', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => fn.min('time').as('began'))
          .where('session', 'is not', null)
          .groupBy('session'),
      )
      .with('sessions', (db) =>
        byPeriod(context, db.selectFrom('starts'), 'began').select(({ fn }) => [
          fn.countAll<number>().as('sessions'),
        ]),
      )
      .with('activity', (db) =>
        byPeriod(context, db.selectFrom('events'), 'time').select(({ fn }) => [
          fn.count<number>('actor').distinct().as('visitors'),
          fn.countAll<number>().as('events'),
          fn.countAll<number>().filterWhere('session', 'is', null).as('eventsWithoutSession'),
        ]),
      )
      .selectFrom('activity')
      .leftJoin('sessions', 'sessions.period', 'activity.period')
      .select(({ fn, ref, lit }) => [
        periodText(parameters.grain, ref('activity.period')).as('period'),
        'visitors',
        fn.coalesce('sessions.sessions', lit(0)).as('sessions'),
        'events',
        'eventsWithoutSession',
      ])
      .orderBy('activity.period');
  },
});
