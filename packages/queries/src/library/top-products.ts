import { z } from 'zod';
import { asText } from '../functions/functions.ts';
import { actionMeasureRow, actionMeasures, sortParameter } from '../metric/action-measures.ts';
import { defineMetric } from '../metric/metric.ts';
import { limitParameter, rangeParameters } from '../metric/range-parameters.ts';
import { rankBy } from '../metric/rank-by.ts';
import { count } from '../metric/row-codec.ts';

/** Products by what they sold. */
export const topProducts = defineMetric({
  name: 'top-products',
  definition:
    'Views, cart adds, purchases, distinct buyers and revenue (the amounts of purchase events) of each product, ranked by the ' +
    'measure asked for; equal ones in the order of the product as text.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'actor', 'item', 'amount'],
  parameters: z.strictObject({ ...rangeParameters, sort: sortParameter, limit: limitParameter() }),
  row: z.object({ rank: count, product: z.string().nullable(), ...actionMeasureRow, buyers: count }),
  additive: ['views', 'carts', 'purchases', 'revenue'],
  chart: { mark: 'bar', x: 'product', y: ['revenue'] },
  query({ parameters, actions, events }) {
    const { sort, limit } = parameters;
    return events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ fn, ref }) => [
            asText(ref('item')).as('product'),
            fn.count<number>('actor').distinct().filterWhere('action', '=', actions.purchase).as('buyers'),
            ...actionMeasures(actions),
          ])
          .groupBy('item'),
      )
      .selectFrom('totals')
      .select([rankBy(sort, 'product'), 'product', 'views', 'carts', 'purchases', 'revenue', 'buyers'])
      .orderBy('rank')
      .limit(limit);
  },
});
