import { z } from 'zod';
import { asText, truncateTime } from '../functions/functions.ts';
import { defineMetric } from '../metric/metric.ts';
import { limitParameter, rangeParameters } from '../metric/range-parameters.ts';
import { amount, count } from '../metric/row-codec.ts';

/** The visitors who come most often. */
export const frequentVisitors = defineMetric({
  name: 'frequent-visitors',
  definition:
    'Actors by the number of UTC days on which they have an event, then by their sessions, then by their events; equal ones in ' +
    'the order of the actor as text. A session counts for each of its actors, when it has an event in the range.',
  nullSessions:
    'Their events count in days and events, never in sessions; eventsWithoutSession shows them apart.',
  roles: ['actor', 'session', 'action', 'amount'],
  parameters: z.strictObject({ ...rangeParameters, limit: limitParameter() }),
  row: z.object({
    rank: count,
    visitor: z.string(),
    activeDays: count,
    sessions: count,
    events: count,
    purchases: count,
    revenue: amount,
    eventsWithoutSession: count,
  }),
  namesActors: true,
  additive: ['activeDays', 'events', 'purchases', 'revenue', 'eventsWithoutSession'],
  chart: { mark: 'table', x: 'visitor', y: ['activeDays', 'sessions'] },
  query({ parameters, actions, events }) {
    return events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ fn, ref, lit }) => [
            asText(ref('actor')).as('visitor'),
            fn
              .count<number>(truncateTime('day', ref('time')))
              .distinct()
              .as('activeDays'),
            fn.count<number>('session').distinct().as('sessions'),
            fn.countAll<number>().as('events'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
            fn
              .coalesce(fn.sum<string>('amount').filterWhere('action', '=', actions.purchase), lit(0))
              .as('revenue'),
            fn.countAll<number>().filterWhere('session', 'is', null).as('eventsWithoutSession'),
          ])
          .groupBy('actor'),
      )
      .selectFrom('totals')
      .select(({ fn }) => [
        fn
          .agg<number>('row_number')
          .over((over) =>
            over
              .orderBy('activeDays', 'desc')
              .orderBy('sessions', 'desc')
              .orderBy('events', 'desc')
              .orderBy('visitor'),
          )
          .as('rank'),
        'visitor',
        'activeDays',
        'sessions',
        'events',
        'purchases',
        'revenue',
        'eventsWithoutSession',
      ])
      .orderBy('rank')
      .limit(parameters.limit);
  },
});
