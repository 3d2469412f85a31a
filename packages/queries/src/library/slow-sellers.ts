import { z } from 'zod';
import { asText, ratio } from '../functions/functions.ts';
import { actionMeasureRow, actionMeasures } from '../metric/action-measures.ts';
import { defineMetric } from '../metric/metric.ts';
import { limitParameter, rangeParameters } from '../metric/range-parameters.ts';
import { count, quotient } from '../metric/row-codec.ts';

/** Products that are looked at and not bought. */
export const slowSellers = defineMetric({
  name: 'slow-sellers',
  definition:
    'Products with at least minViews views in the range, from the fewest purchases per view; among equal ones the most viewed ' +
    'first, then in the order of the product as text. A product without any event is not known to the lake and is not listed.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'item', 'amount'],
  parameters: z.strictObject({
    ...rangeParameters,
    minViews: z.coerce.number().int().min(1).default(1).describe('Views a product needs to be listed'),
    limit: limitParameter(),
  }),
  row: z.object({
    rank: count,
    product: z.string().nullable(),
    ...actionMeasureRow,
    purchasesPerView: quotient,
  }),
  additive: [],
  chart: { mark: 'table', x: 'product', y: ['views', 'purchases'] },
  query({ parameters, actions, events }) {
    const { minViews, limit } = parameters;
    return events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ ref }) => [asText(ref('item')).as('product'), ...actionMeasures(actions)])
          .groupBy('item'),
      )
      .with('rated', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          .select(({ ref }) => ratio(ref('purchases'), ref('views')).as('purchasesPerView'))
          .where('views', '>=', minViews),
      )
      .selectFrom('rated')
      .select(({ fn }) => [
        fn
          .agg<number>('row_number')
          .over((over) =>
            over
              .orderBy('purchasesPerView')
              .orderBy('views', 'desc')
              .orderBy('product', (by) => by.asc().nullsLast()),
          )
          .as('rank'),
        'product',
        'views',
        'carts',
        'purchases',
        'revenue',
        'purchasesPerView',
      ])
      .orderBy('rank')
      .limit(limit);
  },
});
