import { expressionBuilder } from 'kysely';
import { z } from 'zod';
import { ratio } from '../functions/functions.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension } from '../metric/dimension.ts';
import { measure } from '../metric/measure.ts';
import { limitParameter } from '../metric/parameters.ts';
import { rowParts, thingParts } from '../metric/parts.ts';
import { firstRanked } from '../metric/rank-by.ts';

const { fn } = expressionBuilder<{ rated: Rated }, 'rated'>();

interface Rated {
  readonly attentionGap: number;
  readonly brand: string;
  readonly part: string | null;
}

/** Brands that are seen much and bought little. */
export const brandAttention = defineMetric({
  name: 'brand-attention',
  definition:
    "A brand's share of all views of branded products less its share of all purchases of branded products: the attention that it " +
    'gets and does not turn into sales. From the largest difference, among brands with at least minViews views; equal ones in ' +
    'the order of the brand. Viewers are its distinct actors with a view, buyers those with a purchase. By category, all of ' +
    'this is within each: shares, rank and limit.',
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'actor', 'brand'],
  mayLack: ['actor'],
  actions: ['view', 'purchase'],
  incremental: true,
  breakdowns: ['category'],
  parameters: {
    minViews: z.coerce.number().int().min(1).default(1).describe('Views a brand needs to be listed'),
    limit: limitParameter(),
  },
  dimensions: {
    rank: dimension.rank('Rank, from the largest gap'),
    brand: dimension.text('Brand'),
  },
  measures: {
    views: measure.count('View events', 'none'),
    viewers: measure.needing(measure.distinct('Distinct actors with a view'), ['actor']),
    purchases: measure.count('Purchase events', 'none'),
    buyers: measure.needing(measure.distinct('Distinct actors with a purchase'), ['actor']),
    viewShare: measure.shareOfTotal('Views, of those of all brands', 'views'),
    purchaseShare: measure.shareOfTotal(
      'Purchases, of those of all brands; 0 when there are none',
      'purchases',
    ),
    attentionGap: measure.difference('Share of views less share of purchases', 'viewShare', 'purchaseShare'),
  },
  chart: ({ by }) => ({
    mark: 'bar',
    x: 'brand',
    y: ['attentionGap'],
    ...(by === 'none' ? {} : { series: by }),
  }),
  query(context) {
    const { parameters, actions, events } = context;
    const { minViews, limit } = parameters;
    const parts = thingParts(context);
    const { names } = rowParts(context);
    const relations = events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [
            'brand',
            fn.countAll<number>().filterWhere('action', '=', actions.view).as('views'),
            fn.count<number>('actor').distinct().filterWhere('action', '=', actions.view).as('viewers'),
            fn.countAll<number>().filterWhere('action', '=', actions.purchase).as('purchases'),
            fn.count<number>('actor').distinct().filterWhere('action', '=', actions.purchase).as('buyers'),
            ...parts.selected,
          ])
          .where('brand', 'is not', null)
          .groupBy(['brand', ...parts.grouped]),
      )
      .with('shares', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          .select(({ fn, ref, lit }) => {
            const total = (count: 'views' | 'purchases') =>
              fn.sum(count).over((over) => (names.length > 0 ? over.partitionBy([...names]) : over));
            return [
              ratio(ref('views'), total('views')).as('viewShare'),
              // A range without any purchase has shares of nothing: zero, so that attention is still ranked.
              fn.coalesce(ratio(ref('purchases'), total('purchases')), lit(0)).as('purchaseShare'),
            ];
          }),
      )
      .with('rated', (db) =>
        db
          .selectFrom('shares')
          .selectAll()
          .select(({ eb, ref }) => eb('viewShare', '-', ref('purchaseShare')).as('attentionGap'))
          .where('views', '>=', minViews),
      );
    return firstRanked(context, relations, {
      from: 'rated',
      rank: (part) =>
        fn
          .agg<number>('row_number')
          .over((over) =>
            (part ? over.partitionBy(part) : over).orderBy('attentionGap', 'desc').orderBy('brand'),
          )
          .as('rank'),
      columns: [
        'brand',
        'views',
        'viewers',
        'purchases',
        'buyers',
        'viewShare',
        'purchaseShare',
        'attentionGap',
      ],
      limit,
    });
  },
});
