import { byPeriod } from '../metric/by-period.ts';
import { periodChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { period } from '../metric/dimension.ts';
import { firstOfWhole } from '../metric/first-of-whole.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { inPartOrder, partColumn, thingParts } from '../metric/parts.ts';
import { periodText } from '../metric/period-text.ts';
import { sideBySide } from '../metric/side-by-side.ts';
import { firstOfSessions } from '../metric/whole-sessions.ts';
import { sessionsByPart } from './words.ts';

/** Visitors, sessions and events of each period. */
export const dailyVisitors = defineMetric({
  name: 'daily-visitors',
  definition:
    'Visitors are the distinct actors with an event in the period. A session counts once, in the period of its first event. ' +
    `Events are all events of the period. ${sessionsByPart} Visitors and events are those with, or of, an event of that part.`,
  nullSessions:
    'Their events count in visitors and events, never in sessions; eventsWithoutSession shows them apart.',
  streaming: { question: 'per-minute' },
  roles: ['actor', 'session'],
  mayLack: ['actor', 'session'],
  incremental: true,
  grain: grain('day'),
  breakdowns: ['category', 'brand', 'product', 'hour', 'weekday'],
  dimensions: { period },
  measures: {
    visitors: measure.needing(measure.distinct('Distinct actors with an event'), ['actor']),
    sessions: measure.needing(measure.count('Sessions that began', 'time'), ['session']),
    events: measure.count('Events', 'all'),
    eventsWithoutSession: measure.needing(measure.count('Events without a session', 'all'), ['session']),
  },
  chart: (parameters) => periodChart(parameters, ['visitors', 'sessions']),
  query(context) {
    const parts = thingParts(context);
    const relations = context
      .events(firstOfSessions(context))
      .with('starts', (db) =>
        db
          .selectFrom('events')
          .select([firstOfWhole(context, 'session').as('began'), ...parts.selected])
          .where('session', 'is not', null)
          .groupBy(['session', ...parts.grouped]),
      )
      .with('sessions', (db) =>
        byPeriod(context, db.selectFrom('starts'), 'began').select(({ fn }) => [
          fn.countAll<number>().as('sessions'),
        ]),
      )
      .with('activity', (db) =>
        byPeriod(context, db.selectFrom('events'), 'time', parts).select(({ fn }) => [
          fn.count<number>('actor').distinct().as('visitors'),
          fn.countAll<number>().as('events'),
          fn.countAll<number>().filterWhere('session', 'is', null).as('eventsWithoutSession'),
        ]),
      );
    if (context.breakdown)
      return relations
        .with('totals', (db) =>
          sideBySide(db, {
            activity: ['visitors', 'events', 'eventsWithoutSession'],
            sessions: ['sessions'],
          }),
        )
        .selectFrom('totals')
        .select(({ ref }) => [
          periodText(context.parameters, ref('period')).as('period'),
          ...partColumn(context),
          'visitors',
          'sessions',
          'events',
          'eventsWithoutSession',
        ])
        .orderBy('totals.period')
        .$call((query) => inPartOrder(context, query, 'visitors'));
    return relations
      .selectFrom('activity')
      .leftJoin('sessions', 'sessions.period', 'activity.period')
      .select(({ fn, ref, lit }) => [
        periodText(context.parameters, ref('activity.period')).as('period'),
        'visitors',
        fn.coalesce('sessions.sessions', lit(0)).as('sessions'),
        'events',
        'eventsWithoutSession',
      ])
      .orderBy('activity.period');
  },
});
