import { sql } from 'kysely';
import { z } from 'zod';
import { hourOfDay, weekday } from '../functions/functions.ts';
import { actionMeasureRow, actionMeasures } from '../metric/action-measures.ts';
import { defineMetric } from '../metric/metric.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { count } from '../metric/row-codec.ts';

/** When shoppers come, and when they buy. */
export const peakHours = defineMetric({
  name: 'peak-hours',
  definition:
    'Events, distinct visitors, views, cart adds, purchases and revenue (the amounts of purchase events) of each UTC hour of the ' +
    'day, over all days of the range together; with weekdays, of each hour of each weekday (1 is Monday). Hours without an event ' +
    'have no row.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'actor', 'amount'],
  parameters: z.strictObject({
    ...rangeParameters,
    by: z.enum(['hour', 'weekday-hour']).default('hour').describe('Hours of the day, or of each weekday'),
  }),
  row: z.object({
    weekday: count.optional(),
    hour: count,
    events: count,
    visitors: count,
    ...actionMeasureRow,
  }),
  additive: ['events', 'views', 'carts', 'purchases', 'revenue'],
  chart: { mark: 'heatmap', x: 'hour', y: ['events'], series: 'weekday' },
  query({ parameters, actions, events }) {
    const weekdays = parameters.by === 'weekday-hour';
    return events()
      .with('placed', (db) =>
        db
          .selectFrom('events')
          .select(['actor', 'action', 'amount'])
          .select(({ ref }) => [
            (weekdays ? weekday(ref('time')) : sql<number>`cast(0 as integer)`).as('weekday'),
            hourOfDay(ref('time')).as('hour'),
          ]),
      )
      .selectFrom('placed')
      .$if(weekdays, (query) => query.select('weekday'))
      .select(({ fn }) => [
        'hour',
        fn.countAll<number>().as('events'),
        fn.count<number>('actor').distinct().as('visitors'),
        ...actionMeasures(actions),
      ])
      .groupBy(['weekday', 'hour'])
      .orderBy('weekday')
      .orderBy('hour');
  },
});
