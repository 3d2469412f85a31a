import { millisecondsBetween, ratio } from '../functions/functions.ts';
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
import { wholeSessions } from '../metric/whole-sessions.ts';
import { sessionsByPart, sessionWords } from './words.ts';

/** What sessions are like. */
export const sessionSummary = defineMetric({
  name: 'session-summary',
  definition:
    'Sessions of each period, by the period of their first event: how many, how many have a single event (bounces), how many have ' +
    'a purchase, the mean of their events and of the seconds from their first event to their last. ' +
    `${sessionWords} ${sessionsByPart}`,
  nullSessions:
    'Their events belong to no session; eventsWithoutSession counts those of the periods, and parts, in which a session began.',
  roles: ['session', 'action'],
  mayLack: ['action'],
  incremental: true,
  grain: grain('day'),
  breakdowns: ['category', 'brand', 'product', 'hour', 'weekday'],
  dimensions: { period },
  measures: {
    sessions: measure.count('Sessions that began', 'time'),
    bounces: measure.count('Sessions with a single event', 'time'),
    bounceRate: measure.share('Sessions with a single event, of all', 'bounces', 'sessions'),
    purchaseSessions: measure.needing(measure.count('Sessions with a purchase', 'time'), ['action:purchase']),
    averageEvents: measure.ratio('Mean events of a session', 'events', 'sessions'),
    averageSeconds: measure.ratio(
      'Mean time from the first event of a session to its last',
      'milliseconds',
      'sessions',
      { unit: 's', denominatorTimes: 1000 },
    ),
    eventsWithoutSession: measure.count('Events without a session, where a session began', 'none'),
    events: measure.hidden(measure.count('Events of the sessions', 'time')),
    milliseconds: measure.hidden(
      measure.duration('Times from the first event of a session to its last', 'ms', 'time'),
    ),
  },
  chart: (parameters) => periodChart(parameters, ['averageSeconds', 'averageEvents']),
  query(context) {
    const { parameters, actions } = context;
    const parts = thingParts(context);
    const relations = context
      .events(wholeSessions)
      .with('sessions', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [
            firstOfWhole(context, 'session').as('began'),
            ...(parts.grouped.length > 0 ? [fn.min('time').as('first')] : []),
            fn.max('time').as('ended'),
            fn.countAll<number>().as('events'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
            ...parts.selected,
          ])
          .where('session', 'is not', null)
          .groupBy(['session', ...parts.grouped]),
      )
      .with('totals', (db) =>
        byPeriod(context, db.selectFrom('sessions'), 'began').select(({ fn, ref }) => [
          fn.countAll<number>().as('sessions'),
          fn.countAll<number>().filterWhere('events', '=', 1).as('bounces'),
          fn.countAll<number>().filterWhere('purchases', '>', 0).as('purchaseSessions'),
          fn.sum<number>('events').as('events'),
          fn
            .sum<number>(millisecondsBetween(ref(parts.grouped.length > 0 ? 'first' : 'began'), ref('ended')))
            .as('milliseconds'),
        ]),
      )
      .with('loose', (db) =>
        byPeriod(context, db.selectFrom('events').where('session', 'is', null), 'time', parts).select(
          ({ fn }) => [fn.countAll<number>().as('eventsWithoutSession')],
        ),
      );
    if (context.breakdown)
      return relations
        .with('rows', (db) =>
          sideBySide(db, {
            totals: ['sessions', 'bounces', 'purchaseSessions', 'events', 'milliseconds'],
            loose: ['eventsWithoutSession'],
          }),
        )
        .selectFrom('rows')
        .select(({ ref, eb, lit }) => [
          periodText(parameters, ref('rows.period')).as('period'),
          ...partColumn(context),
          'sessions',
          'bounces',
          ratio(ref('bounces'), ref('sessions')).as('bounceRate'),
          'purchaseSessions',
          ratio(ref('events'), ref('sessions')).as('averageEvents'),
          ratio(ref('milliseconds'), eb('sessions', '*', lit(1000))).as('averageSeconds'),
          'eventsWithoutSession',
        ])
        .$if(context.withHidden, (query) => query.select(['events', 'milliseconds']))
        .where('sessions', '>', 0)
        .orderBy('rows.period')
        .$call((query) => inPartOrder(context, query, 'sessions'));
    return relations
      .selectFrom('totals')
      .leftJoin('loose', 'loose.period', 'totals.period')
      .select(({ fn, ref, lit, eb }) => [
        periodText(parameters, ref('totals.period')).as('period'),
        'sessions',
        'bounces',
        ratio(ref('bounces'), ref('sessions')).as('bounceRate'),
        'purchaseSessions',
        ratio(ref('events'), ref('sessions')).as('averageEvents'),
        ratio(ref('milliseconds'), eb('sessions', '*', lit(1000))).as('averageSeconds'),
        fn.coalesce('loose.eventsWithoutSession', lit(0)).as('eventsWithoutSession'),
      ])
      .$if(context.withHidden, (query) => query.select(['events', 'milliseconds']))
      .orderBy('totals.period');
  },
});
