import { sql } from 'kysely';
import { asText } from '../functions/functions.ts';
import { actionMeasureColumns, actionMeasures, sortParameter } from '../metric/action-measures.ts';
import { rankingChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension } from '../metric/dimension.ts';
import { limitParameter } from '../metric/parameters.ts';
import { type Part, partOfEvent } from '../metric/parts.ts';
import { rankBy } from '../metric/rank-by.ts';
import { amountWords } from './words.ts';

/** Categories by what they sold, over the range or within each hour, weekday or brand. */
export const topCategories = defineMetric({
  name: 'top-categories',
  definition:
    'Views, cart adds, purchases and revenue (the amounts of purchase events) of each category, ranked by the measure asked for; ' +
    'equal ones in the order of the category. By hour or weekday (1 is Monday), UTC, or by brand, the rank and the limit are ' +
    `within each. ${amountWords}`,
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'category', 'amount'],
  mayLack: ['action', 'amount'],
  incremental: true,
  breakdowns: ['hour', 'weekday', 'brand'],
  parameters: { sort: sortParameter, limit: limitParameter() },
  dimensions: {
    rank: dimension.rank('Rank by the measure asked for'),
    category: dimension.optionalText('Category'),
  },
  measures: actionMeasureColumns(),
  chart: ({ by, sort }) => rankingChart('category', by, sort),
  query(context) {
    const { parameters, actions, breakdown } = context;
    const { sort, limit } = parameters;
    const whole = sql<Part>`cast(0 as integer)`;
    return context
      .events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ ref }) => [
            (partOfEvent(context, ref('time')) ?? whole).as('slot'),
            asText(ref('category')).as('category'),
            ...actionMeasures(actions),
          ])
          .groupBy(({ ref }) => [partOfEvent(context, ref('time')) ?? whole, ref('category')]),
      )
      .with('ranked', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          .select(rankBy(sort, 'category', 'slot')),
      )
      .selectFrom('ranked')
      .$if(breakdown !== undefined, (query) =>
        query.select(({ ref }) => ref('slot').as(breakdown?.name ?? 'slot')),
      )
      .select(['rank', 'category', 'views', 'carts', 'purchases', 'revenue'])
      .where('rank', '<=', limit)
      .orderBy('slot', (order) => (breakdown?.column === undefined ? order : order.asc().nullsLast()))
      .orderBy('rank');
  },
});
