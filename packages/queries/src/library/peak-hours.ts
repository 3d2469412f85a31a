import { sql } from 'kysely';
import { hourOfDay } from '../functions/functions.ts';
import { actionMeasureColumns, actionMeasures } from '../metric/action-measures.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension } from '../metric/dimension.ts';
import { measure } from '../metric/measure.ts';
import { type Part, partOfEvent } from '../metric/parts.ts';
import { amountWords } from './words.ts';

/** When shoppers come, and when they buy. */
export const peakHours = defineMetric({
  name: 'peak-hours',
  definition:
    'Events, distinct visitors, views, cart adds, purchases and revenue (the amounts of purchase events) of each UTC hour of the ' +
    'day, over all days of the range together. By weekday, of each hour of each weekday (1 is Monday); by category, brand or ' +
    `product, of each hour for each one that an event is about. Hours without an event have no row. ${amountWords}`,
  nullSessions: 'Sessions play no part: all events count.',
  streaming: { question: 'per-minute' },
  roles: ['action', 'actor', 'amount'],
  mayLack: ['action', 'actor', 'amount'],
  incremental: true,
  breakdowns: ['weekday', 'category', 'brand', 'product'],
  dimensions: { hour: dimension.hour('Hour of the day (UTC)') },
  measures: {
    events: measure.count('Events', 'all'),
    visitors: measure.needing(measure.distinct('Distinct actors with an event'), ['actor']),
    ...actionMeasureColumns(),
  },
  chart: ({ by }) =>
    by === 'none'
      ? { mark: 'bar', x: 'hour', y: ['events'] }
      : { mark: 'heatmap', x: 'hour', y: ['events'], series: by },
  query(context) {
    const { actions, breakdown, events } = context;
    const part = breakdown?.name ?? 'weekday';
    const whole = sql<Part>`cast(0 as integer)`;
    return events()
      .with('placed', (db) =>
        db
          .selectFrom('events')
          .select(['actor', 'action', 'amount'])
          .select(({ ref }) => [
            (partOfEvent(context, ref('time')) ?? whole).as(part),
            hourOfDay(ref('time')).as('hour'),
          ]),
      )
      .with('totals', (db) =>
        db
          .selectFrom('placed')
          .select(({ fn }) => [
            part,
            'hour',
            fn.countAll<number>().as('events'),
            fn.count<number>('actor').distinct().as('visitors'),
            ...actionMeasures(actions),
          ])
          .groupBy([part, 'hour']),
      )
      .selectFrom('totals')
      .$if(breakdown !== undefined, (query) => query.select(part))
      .select(['hour', 'events', 'visitors', 'views', 'carts', 'purchases', 'revenue'])
      .orderBy(part, (order) => (breakdown?.column === undefined ? order : order.asc().nullsLast()))
      .orderBy('hour');
  },
});
