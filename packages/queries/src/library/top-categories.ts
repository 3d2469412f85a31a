import { type AliasableExpression, type Expression, sql } from 'kysely';
import { z } from 'zod';
import { asText, hourOfDay, weekday } from '../functions/functions.ts';
import { actionMeasureRow, actionMeasures, sortParameter } from '../metric/action-measures.ts';
import { defineMetric, type MetricContext } from '../metric/metric.ts';
import { limitParameter, rangeParameters } from '../metric/range-parameters.ts';
import { rankBy } from '../metric/rank-by.ts';
import { count } from '../metric/row-codec.ts';

const slots = { none: undefined, hour: hourOfDay, weekday } as const;

/** Categories by what they sold, over the range or within each hour or weekday. */
export const topCategories = defineMetric({
  name: 'top-categories',
  definition:
    'Views, cart adds, purchases and revenue (the amounts of purchase events) of each category, ranked by the measure asked for; ' +
    'equal ones in the order of the category. By hour or weekday (1 is Monday), UTC, the rank is within each.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'category', 'amount'],
  parameters: z.strictObject({
    ...rangeParameters,
    by: z.enum(['none', 'hour', 'weekday']).default('none').describe('Rank within each hour or weekday'),
    sort: sortParameter,
    limit: limitParameter(),
  }),
  row: z.object({
    hour: count.optional(),
    weekday: count.optional(),
    rank: count,
    category: z.string().nullable(),
    ...actionMeasureRow,
  }),
  additive: ['views', 'carts', 'purchases', 'revenue'],
  chart: { mark: 'bar', x: 'category', y: ['revenue'] },
  query(context) {
    const { parameters, actions } = context;
    const { by, sort, limit } = parameters;
    return context
      .events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ ref }) => [
            slotOf(context, ref('time')).as('slot'),
            asText(ref('category')).as('category'),
            ...actionMeasures(actions),
          ])
          .groupBy(({ ref }) => [slotOf(context, ref('time')), ref('category')]),
      )
      .with('ranked', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          .select(rankBy(sort, 'category', 'slot')),
      )
      .selectFrom('ranked')
      .$if(by !== 'none', (query) => query.select(({ ref }) => ref('slot').as(by)))
      .select(['rank', 'category', 'views', 'carts', 'purchases', 'revenue'])
      .where('rank', '<=', limit)
      .orderBy('slot')
      .orderBy('rank');
  },
});

function slotOf(
  { parameters }: Pick<MetricContext<{ by: keyof typeof slots }, 'time'>, 'parameters'>,
  time: Expression<Date>,
): AliasableExpression<number> {
  const slot = slots[parameters.by];
  return slot ? slot(time) : sql`cast(0 as integer)`;
}
