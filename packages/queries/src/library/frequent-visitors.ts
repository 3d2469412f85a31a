import { expressionBuilder } from 'kysely';
import { asText, truncateTime } from '../functions/functions.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension } from '../metric/dimension.ts';
import { measure } from '../metric/measure.ts';
import { limitParameter } from '../metric/parameters.ts';
import { thingParts } from '../metric/parts.ts';
import { firstRanked } from '../metric/rank-by.ts';
import { amountWords, noActors } from './words.ts';

const { fn } = expressionBuilder<{ totals: Totals }, 'totals'>();

interface Totals {
  readonly activeDays: number;
  readonly sessions: number;
  readonly events: number;
  readonly visitor: string;
  readonly part: string | null;
}

/** The visitors who come most often. */
export const frequentVisitors = defineMetric({
  name: 'frequent-visitors',
  definition:
    'Actors by the number of UTC days on which they have an event, then by their sessions, then by their events; equal ones in ' +
    'the order of the actor as text. A session counts for each of its actors, when it has an event in the range. By category, ' +
    `brand or product, the rank and the limit are within each, by the events of that one alone. ${amountWords}`,
  nullSessions:
    'Their events count in days and events, never in sessions; eventsWithoutSession shows them apart.',
  nullActors: noActors,
  roles: ['actor', 'session', 'action', 'amount'],
  mayLack: ['session', 'action', 'amount'],
  breakdowns: ['category', 'brand', 'product'],
  parameters: { limit: limitParameter() },
  dimensions: {
    rank: dimension.rank('Rank, from the most active days'),
    visitor: dimension.actor('Actor, by id'),
  },
  measures: {
    activeDays: measure.count('Days with an event', 'time'),
    sessions: measure.needing(measure.distinct('Distinct sessions'), ['session']),
    events: measure.count('Events', 'all'),
    purchases: measure.needing(measure.count('Purchase events', 'all'), ['action:purchase']),
    revenue: measure.needing(
      measure.amount('Amounts of the purchase events', 'all'),
      ['action:purchase'],
      ['amount'],
    ),
    eventsWithoutSession: measure.needing(measure.count('Events without a session', 'all'), ['session']),
  },
  chart: ({ by }) => ({
    mark: 'table',
    x: 'visitor',
    y: ['activeDays', 'sessions'],
    ...(by === 'none' ? {} : { series: by }),
  }),
  query(context) {
    const { parameters, actions, events } = context;
    const parts = thingParts(context);
    const relations = events().with('totals', (db) =>
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
          ...parts.selected,
        ])
        .where('actor', 'is not', null)
        .groupBy(['actor', ...parts.grouped]),
    );
    return firstRanked(context, relations, {
      from: 'totals',
      rank: (within) =>
        fn
          .agg<number>('row_number')
          .over((over) =>
            (within ? over.partitionBy(within) : over)
              .orderBy('activeDays', 'desc')
              .orderBy('sessions', 'desc')
              .orderBy('events', 'desc')
              .orderBy('visitor'),
          )
          .as('rank'),
      columns: [
        'visitor',
        'activeDays',
        'sessions',
        'events',
        'purchases',
        'revenue',
        'eventsWithoutSession',
      ],
      limit: parameters.limit,
    });
  },
});
