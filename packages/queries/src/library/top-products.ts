import { asText } from '../functions/functions.ts';
import { actionMeasureColumns, actionMeasures, sortParameter } from '../metric/action-measures.ts';
import { rankingChart } from '../metric/chart.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension } from '../metric/dimension.ts';
import { measure } from '../metric/measure.ts';
import { limitParameter } from '../metric/parameters.ts';
import { eventParts } from '../metric/parts.ts';
import { firstRanked, rankBy } from '../metric/rank-by.ts';
import { amountWords } from './words.ts';

/** Products by what they sold. */
export const topProducts = defineMetric({
  name: 'top-products',
  definition:
    'Views, cart adds, purchases, distinct buyers and revenue (the amounts of purchase events) of each product, ranked by the ' +
    'measure asked for; equal ones in the order of the product as text. By category, brand, hour or weekday (UTC), the rank and ' +
    `the limit are within each. ${amountWords}`,
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'actor', 'item', 'amount'],
  mayLack: ['action', 'actor', 'amount'],
  incremental: true,
  breakdowns: ['category', 'brand', 'hour', 'weekday'],
  parameters: { sort: sortParameter, limit: limitParameter() },
  dimensions: {
    rank: dimension.rank('Rank by the measure asked for'),
    product: dimension.item('Item, by id'),
  },
  measures: {
    ...actionMeasureColumns(),
    buyers: measure.needing(
      measure.distinct('Distinct actors with a purchase'),
      ['actor'],
      ['action:purchase'],
    ),
  },
  chart: ({ by, sort }) => rankingChart('product', by, sort),
  query(context) {
    const { parameters, actions, events } = context;
    const { sort, limit } = parameters;
    const relations = events().with('totals', (db) =>
      db
        .selectFrom('events')
        .select(({ fn, ref }) => [
          asText(ref('item')).as('product'),
          fn.count<number>('actor').distinct().filterWhere('action', '=', actions.purchase).as('buyers'),
          ...actionMeasures(actions),
          ...eventParts(context, ref('time')).selected,
        ])
        .groupBy(({ ref }) => [ref('item'), ...eventParts(context, ref('time')).grouped]),
    );
    return firstRanked(context, relations, {
      from: 'totals',
      rank: (within) => rankBy(sort, 'product', within),
      columns: ['product', 'views', 'carts', 'purchases', 'revenue', 'buyers'],
      limit,
    });
  },
});
