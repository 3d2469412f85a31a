import { sql } from 'kysely';
import { z } from 'zod';
import { periodsBetween, periodText, ratio, truncateTime } from '../functions/functions.ts';
import { grainParameter } from '../metric/grain.ts';
import { defineMetric } from '../metric/metric.ts';
import { periodOf } from '../metric/period-of.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { count, period, quotient } from '../metric/row-codec.ts';

/** Who comes for the first time, and who comes back. */
export const newVsReturning = defineMetric({
  name: 'new-vs-returning',
  definition:
    'A visitor comes anew on a UTC day when the actor has an event on it and none on the lookbackDays days before it. New visitors ' +
    'of a period are the distinct actors who come anew on one of its days, returning ones the other actors of the period.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['actor'],
  parameters: z.strictObject({
    ...rangeParameters,
    grain: grainParameter()
      .unwrap()
      .exclude(['hour'])
      .default('day')
      .describe('Length of a period (UTC; weeks begin on Monday)'),
    lookbackDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(3660)
      .default(30)
      .describe('Days without an event that make a visitor new'),
  }),
  row: z.object({
    period,
    visitors: count,
    newVisitors: count,
    returningVisitors: count,
    newRate: quotient,
  }),
  additive: [],
  chart: { mark: 'line', x: 'period', y: ['newVisitors', 'returningVisitors'] },
  query(context) {
    const { parameters } = context;
    const { grain, lookbackDays } = parameters;
    return context
      .events({ before: lookbackDays })
      .with('visits', (db) =>
        db
          .selectFrom('events')
          .select(({ ref }) => ['actor', truncateTime('day', ref('time')).as('day')])
          .distinct(),
      )
      .with('spaced', (db) =>
        db.selectFrom('visits').select(({ fn }) => [
          'actor',
          'day',
          fn
            .agg<Date | null>('lag', ['day'])
            .over((over) => over.partitionBy('actor').orderBy('day'))
            .as('previous'),
        ]),
      )
      .with('marked', (db) =>
        db
          .selectFrom('spaced')
          .select(({ eb, ref }) => [
            'actor',
            'day',
            eb
              .case()
              .when('previous', 'is', null)
              .then(sql<number>`1`)
              .when(periodsBetween('day', sql<Date>`${ref('previous')}`, ref('day')), '>', lookbackDays)
              .then(sql<number>`1`)
              .else(sql<number>`0`)
              .end()
              .as('isNew'),
          ])
          .where(({ ref }) => context.inRange(ref('day'))),
      )
      .with('visitors', (db) =>
        db
          .selectFrom('marked')
          .select(({ fn, ref }) => [periodOf(context, ref('day')).as('period'), fn.max('isNew').as('isNew')])
          .groupBy(({ ref }) => [ref('actor'), periodOf(context, ref('day'))]),
      )
      .with('totals', (db) =>
        db
          .selectFrom('visitors')
          .select(({ fn }) => [
            'period',
            fn.countAll<number>().as('visitors'),
            fn.countAll<number>().filterWhere('isNew', '=', 1).as('newVisitors'),
            fn.countAll<number>().filterWhere('isNew', '=', 0).as('returningVisitors'),
          ])
          .groupBy('period'),
      )
      .selectFrom('totals')
      .select(({ ref }) => [
        periodText(grain, ref('totals.period')).as('period'),
        'visitors',
        'newVisitors',
        'returningVisitors',
        ratio(ref('newVisitors'), ref('visitors')).as('newRate'),
      ])
      .orderBy('totals.period');
  },
});
