import { sql } from 'kysely';
import { z } from 'zod';
import { periodsBetween, ratio, truncateTime } from '../functions/functions.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension } from '../metric/dimension.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { partColumn, rowParts, thingParts } from '../metric/parts.ts';
import { periodText } from '../metric/period-text.ts';

const daysOfPeriod = { day: 1, week: 7, month: 31 } as const;

/** How many of the visitors of a period come again. */
export const retention = defineMetric({
  name: 'retention',
  definition:
    'The cohort of a period is its distinct actors with an event in the range. After n periods, retained are those of them with an ' +
    'event in the n-th period after theirs, and the rate is retained over the cohort. Up to `periods` periods after the end of ' +
    'the range are read; an offset that nobody returned at has no row. With cohort first-seen, the cohort of a period is the actors whose ' +
    'first event is in it, and with first-purchase those whose first purchase event is: the first of the range and of the ' +
    'lookbackDays days before it. What happened before those days is not known, so an actor who was away for longer counts as first ' +
    'seen. By category, brand or product, actors come to each one, and ' +
    'return to it, by the events of that one alone.',
  nullSessions: 'Sessions play no part: all events count.',
  nullActors: 'They are of nobody, and belong to no cohort.',
  roles: ['actor'],
  mayAsk: ['action'],
  asks: ({ cohort }) => (cohort === 'first-purchase' ? ['action', 'action:purchase'] : []),
  grain: grain('day', ['day', 'week', 'month']),
  breakdowns: ['category', 'brand', 'product'],
  parameters: {
    cohort: z
      .enum(['active', 'first-seen', 'first-purchase'])
      .default('active')
      .describe(
        'Who a cohort is: all who came in its period, or those who came, or bought, for the first time',
      ),
    lookbackDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(3660)
      .default(90)
      .describe('Days before the range that are read to find who came, or bought, before'),
    periods: z.coerce.number().int().min(1).max(366).default(7).describe('How many periods later to look'),
  },
  dimensions: {
    cohort: dimension.time('First instant of the period that the cohort is of (UTC)'),
    offset: dimension.offset('Periods after that'),
  },
  measures: {
    visitors: measure.distinct('Distinct actors of the cohort'),
    retained: measure.distinct('Those with an event in the later period'),
    retentionRate: measure.share('Retained, of the cohort', 'retained', 'visitors'),
  },
  chart: ({ by }) =>
    by === 'none'
      ? { mark: 'heatmap', x: 'offset', y: ['retentionRate'], series: 'cohort' }
      : { mark: 'table', x: 'cohort', y: ['retentionRate', 'retained'], series: by },
  query(context) {
    const { parameters } = context;
    const { grain: unit, periods, cohort, lookbackDays } = parameters;
    const things = thingParts(context);
    const parts = rowParts(context);
    const isSplit = context.breakdown !== undefined;
    return context
      .events({
        after: (periods + 1) * daysOfPeriod[unit],
        ...(cohort === 'active' ? {} : { before: lookbackDays }),
      })
      .with('activity', (db) =>
        db
          .selectFrom('events')
          .select(({ fn, ref }) => [
            'actor',
            truncateTime(unit, ref('time')).as('period'),
            fn.min('time').as('first'),
            ...things.selected,
          ])
          .where('actor', 'is not', null)
          .groupBy(({ ref }) => [ref('actor'), truncateTime(unit, ref('time')), ...things.grouped]),
      )
      .with('cohorts', (db) =>
        cohort === 'active'
          ? db
              .selectFrom('activity')
              .select(['actor', 'period', ...parts.selected])
              .where(({ ref }) => context.inRange(ref('first')))
          : db
              .selectFrom(
                db
                  .selectFrom('events')
                  .select(({ fn }) => [
                    'actor',
                    cohort === 'first-seen'
                      ? fn.min('time').as('first')
                      : fn.min('time').filterWhere('action', '=', context.actions.purchase).as('first'),
                    ...things.selected,
                  ])
                  .where('actor', 'is not', null)
                  .groupBy(['actor', ...things.grouped])
                  .as('firsts'),
              )
              .select(({ ref }) => [
                'actor',
                truncateTime(unit, ref('first')).as('period'),
                ...parts.selected,
              ])
              .where(({ ref }) => context.inRange(ref('first'))),
      )
      .with('returns', (db) =>
        db
          .selectFrom('cohorts')
          .innerJoin('activity', (join) => {
            const later = join
              .onRef('activity.actor', '=', 'cohorts.actor')
              .onRef('activity.period', '>=', 'cohorts.period');
            return isSplit ? later.onRef('activity.part', 'is not distinct from', 'cohorts.part') : later;
          })
          .select(({ ref }) => [
            'cohorts.period as cohort',
            periodsBetween(unit, ref('cohorts.period'), ref('activity.period')).as('offset'),
            ...(isSplit ? [ref('cohorts.part').as('part')] : []),
          ]),
      )
      .with('totals', (db) =>
        db
          .selectFrom('returns')
          .select(({ fn }) => ['cohort', 'offset', fn.countAll<number>().as('retained'), ...parts.selected])
          .where('offset', '<=', sql<number>`${sql.lit(periods)}`)
          .groupBy(['cohort', 'offset', ...parts.grouped]),
      )
      .with('rated', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          // Everyone is there at offset 0, so the largest count of a cohort is the cohort.
          .select(({ fn }) =>
            fn
              .max('retained')
              .over((over) => over.partitionBy(['cohort', ...parts.names]))
              .as('visitors'),
          ),
      )
      .selectFrom('rated')
      .select(({ ref }) => [
        periodText(parameters, ref('rated.cohort')).as('cohort'),
        ...partColumn(context),
        'offset',
        'visitors',
        'retained',
        ratio(ref('retained'), ref('visitors')).as('retentionRate'),
      ])
      .orderBy('rated.cohort')
      .$if(isSplit, (query) => query.orderBy('part', (order) => order.asc().nullsLast()))
      .orderBy('offset');
  },
});
