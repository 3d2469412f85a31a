import { z } from 'zod';
import { ratio } from '../functions/functions.ts';
import { defineMetric } from '../metric/metric.ts';
import { limitParameter, rangeParameters } from '../metric/range-parameters.ts';
import { count, quotient } from '../metric/row-codec.ts';

/** Brands that are seen much and bought little. */
export const brandAttention = defineMetric({
  name: 'brand-attention',
  definition:
    "A brand's share of all views of branded products less its share of all purchases of branded products: the attention that it " +
    'gets and does not turn into sales. From the largest difference, among brands with at least minViews views; equal ones in ' +
    'the order of the brand. Viewers are its distinct actors with a view, buyers those with a purchase.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'actor', 'brand'],
  parameters: z.strictObject({
    ...rangeParameters,
    minViews: z.coerce.number().int().min(1).default(1).describe('Views a brand needs to be listed'),
    limit: limitParameter(),
  }),
  row: z.object({
    rank: count,
    brand: z.string(),
    views: count,
    viewers: count,
    purchases: count,
    buyers: count,
    viewShare: quotient,
    purchaseShare: quotient,
    attentionGap: quotient,
  }),
  additive: [],
  chart: { mark: 'bar', x: 'brand', y: ['attentionGap'] },
  query({ parameters, actions, events }) {
    const { minViews, limit } = parameters;
    return events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [
            'brand',
            fn.countAll<number>().filterWhere('action', '=', actions.view).as('views'),
            fn.count<number>('actor').distinct().filterWhere('action', '=', actions.view).as('viewers'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
            fn.count<number>('actor').distinct().filterWhere('action', '=', actions.purchase).as('buyers'),
          ])
          .where('brand', 'is not', null)
          .groupBy('brand'),
      )
      .with('shares', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          .select(({ fn, ref, lit }) => [
            ratio(ref('views'), fn.sum('views').over()).as('viewShare'),
            // A range without any purchase has shares of nothing: zero, so that attention is still ranked.
            fn.coalesce(ratio(ref('purchases'), fn.sum('purchases').over()), lit(0)).as('purchaseShare'),
          ]),
      )
      .with('rated', (db) =>
        db
          .selectFrom('shares')
          .selectAll()
          .select(({ eb, ref }) => eb('viewShare', '-', ref('purchaseShare')).as('attentionGap'))
          .where('views', '>=', minViews),
      )
      .selectFrom('rated')
      .select(({ fn }) => [
        fn
          .agg<number>('row_number')
          .over((over) => over.orderBy('attentionGap', 'desc').orderBy('brand'))
          .as('rank'),
        'brand',
        'views',
        'viewers',
        'purchases',
        'buyers',
        'viewShare',
        'purchaseShare',
        'attentionGap',
      ])
      .orderBy('rank')
      .limit(limit);
  },
});
