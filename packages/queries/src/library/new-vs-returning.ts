import { sql } from 'kysely';
import { z } from 'zod';
import { periodsBetween, ratio, truncateTime } from '../functions/functions.ts';
import { periodChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { period } from '../metric/dimension.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { inPartOrder, partColumn, rowParts, thingParts } from '../metric/parts.ts';
import { periodOf } from '../metric/period-of.ts';
import { periodText } from '../metric/period-text.ts';
import { noActors } from './words.ts';

/** Who comes for the first time, and who comes back. */
export const newVsReturning = defineMetric({
  name: 'new-vs-returning',
  definition:
    'A visitor comes anew on a UTC day when the actor has an event on it and none on the lookbackDays days before it. New visitors ' +
    'of a period are the distinct actors who come anew on one of its days, returning ones the other actors of the period. By ' +
    'category, brand or product, a visitor comes to each one, by the events of that one alone.',
  nullSessions: 'Sessions play no part: all events count.',
  nullActors: noActors,
  roles: ['actor'],
  grain: grain('day', ['day', 'week', 'month', 'all']),
  breakdowns: ['category', 'brand', 'product'],
  parameters: {
    lookbackDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(3660)
      .default(30)
      .describe('Days without an event that make a visitor new'),
  },
  dimensions: { period },
  measures: {
    visitors: measure.distinct('Distinct actors with an event'),
    newVisitors: measure.distinct('Distinct actors who come anew'),
    returningVisitors: measure.distinct('The other actors'),
    newRate: measure.share('New visitors, of all visitors', 'newVisitors', 'visitors'),
  },
  chart: (parameters) => periodChart(parameters, ['newVisitors', 'returningVisitors']),
  query(context) {
    const { parameters } = context;
    const { lookbackDays } = parameters;
    const things = thingParts(context);
    const parts = rowParts(context);
    return context
      .events({ before: lookbackDays })
      .with('visits', (db) =>
        db
          .selectFrom('events')
          .select(({ ref }) => ['actor', truncateTime('day', ref('time')).as('day'), ...things.selected])
          .where('actor', 'is not', null)
          .distinct(),
      )
      .with('spaced', (db) =>
        db.selectFrom('visits').select(({ fn }) => [
          'actor',
          'day',
          fn
            .agg<Date | null>('lag', ['day'])
            .over((over) => over.partitionBy(['actor', ...parts.names]).orderBy('day'))
            .as('previous'),
          ...parts.selected,
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
            ...parts.selected,
          ])
          .where(({ ref }) => context.inRange(ref('day'))),
      )
      .with('visitors', (db) =>
        db
          .selectFrom('marked')
          .select(({ fn, ref }) => [
            periodOf(context, ref('day')).as('period'),
            fn.max('isNew').as('isNew'),
            ...parts.selected,
          ])
          .groupBy(({ ref }) => [ref('actor'), periodOf(context, ref('day')), ...parts.grouped]),
      )
      .with('totals', (db) =>
        db
          .selectFrom('visitors')
          .select(({ fn }) => [
            'period',
            fn.countAll<number>().as('visitors'),
            fn.countAll<number>().filterWhere('isNew', '=', 1).as('newVisitors'),
            fn.countAll<number>().filterWhere('isNew', '=', 0).as('returningVisitors'),
            ...parts.selected,
          ])
          .groupBy(['period', ...parts.grouped]),
      )
      .selectFrom('totals')
      .select(({ ref }) => [
        periodText(parameters, ref('totals.period')).as('period'),
        ...partColumn(context),
        'visitors',
        'newVisitors',
        'returningVisitors',
        ratio(ref('newVisitors'), ref('visitors')).as('newRate'),
      ])
      .orderBy('totals.period')
      .$call((query) => inPartOrder(context, query, 'visitors'));
  },
});
