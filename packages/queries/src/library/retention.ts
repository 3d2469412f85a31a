import { sql } from 'kysely';
import { z } from 'zod';
import { periodsBetween, periodText, ratio, truncateTime } from '../functions/functions.ts';
import { defineMetric } from '../metric/metric.ts';
import { rangeParameters } from '../metric/range-parameters.ts';
import { count, period, quotient } from '../metric/row-codec.ts';

const daysOfPeriod = { day: 1, week: 7, month: 31 } as const;

/** How many of the visitors of a period come again. */
export const retention = defineMetric({
  name: 'retention',
  definition:
    'The cohort of a period is its distinct actors with an event in the range. After n periods, retained are those of them with an ' +
    'event in the n-th period after theirs, and the rate is retained over the cohort. Up to `periods` periods after the end of ' +
    'the range are read; an offset that nobody returned at has no row.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['actor'],
  parameters: z.strictObject({
    ...rangeParameters,
    grain: z
      .enum(['day', 'week', 'month'])
      .default('day')
      .describe('Length of a period (UTC; weeks begin on Monday)'),
    periods: z.coerce.number().int().min(1).max(366).default(7).describe('How many periods later to look'),
  }),
  row: z.object({ cohort: period, offset: count, visitors: count, retained: count, retentionRate: quotient }),
  additive: [],
  chart: { mark: 'heatmap', x: 'offset', y: ['retentionRate'], series: 'cohort' },
  query(context) {
    const { parameters } = context;
    const { grain, periods } = parameters;
    return context
      .events({ after: (periods + 1) * daysOfPeriod[grain] })
      .with('activity', (db) =>
        db
          .selectFrom('events')
          .select(({ fn, ref }) => [
            'actor',
            truncateTime(grain, ref('time')).as('period'),
            fn.min('time').as('first'),
          ])
          .groupBy(({ ref }) => [ref('actor'), truncateTime(grain, ref('time'))]),
      )
      .with('cohorts', (db) =>
        db
          .selectFrom('activity')
          .select(['actor', 'period'])
          .where(({ ref }) => context.inRange(ref('first'))),
      )
      .with('returns', (db) =>
        db
          .selectFrom('cohorts')
          .innerJoin('activity', (join) =>
            join
              .onRef('activity.actor', '=', 'cohorts.actor')
              .onRef('activity.period', '>=', 'cohorts.period'),
          )
          .select(({ ref }) => [
            'cohorts.period as cohort',
            periodsBetween(grain, ref('cohorts.period'), ref('activity.period')).as('offset'),
          ]),
      )
      .with('totals', (db) =>
        db
          .selectFrom('returns')
          .select(({ fn }) => ['cohort', 'offset', fn.countAll<number>().as('retained')])
          .where('offset', '<=', sql<number>`${sql.lit(periods)}`)
          .groupBy(['cohort', 'offset']),
      )
      .with('rated', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          // Everyone is there at offset 0, so the largest count of a cohort is the cohort.
          .select(({ fn }) =>
            fn
              .max('retained')
              .over((over) => over.partitionBy('cohort'))
              .as('visitors'),
          ),
      )
      .selectFrom('rated')
      .select(({ ref }) => [
        periodText(grain, ref('rated.cohort')).as('cohort'),
        'offset',
        'visitors',
        'retained',
        ratio(ref('retained'), ref('visitors')).as('retentionRate'),
      ])
      .orderBy('rated.cohort')
      .orderBy('offset');
  },
});
