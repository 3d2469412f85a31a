import { z } from 'zod';
import { actionMeasureRow, actionMeasures, sortParameter } from '../metric/action-measures.ts';
import { defineMetric } from '../metric/metric.ts';
import { limitParameter, rangeParameters } from '../metric/range-parameters.ts';
import { rankBy } from '../metric/rank-by.ts';
import { count } from '../metric/row-codec.ts';

/** Brands by what they sold. */
export const topBrands = defineMetric({
  name: 'top-brands',
  definition:
    'Views, cart adds, purchases, distinct buyers and revenue (the amounts of purchase events) of each brand, ranked by the ' +
    'measure asked for; equal ones in the order of the brand. Products without a brand are one row whose brand is null.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'actor', 'brand', 'amount'],
  parameters: z.strictObject({ ...rangeParameters, sort: sortParameter, limit: limitParameter() }),
  row: z.object({ rank: count, brand: z.string().nullable(), ...actionMeasureRow, buyers: count }),
  additive: ['views', 'carts', 'purchases', 'revenue'],
  chart: { mark: 'bar', x: 'brand', y: ['revenue'] },
  query({ parameters, actions, events }) {
    const { sort, limit } = parameters;
    return events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [
            'brand',
            fn.count<number>('actor').distinct().filterWhere('action', '=', actions.purchase).as('buyers'),
            ...actionMeasures(actions),
          ])
          .groupBy('brand'),
      )
      .selectFrom('totals')
      .select([rankBy(sort, 'brand'), 'brand', 'views', 'carts', 'purchases', 'revenue', 'buyers'])
      .orderBy('rank')
      .limit(limit);
  },
});
