import { expressionBuilder } from 'kysely';
import { z } from 'zod';
import { asText, ratio } from '../functions/functions.ts';
import { actionMeasureColumns, actionMeasures } from '../metric/action-measures.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension } from '../metric/dimension.ts';
import { measure } from '../metric/measure.ts';
import { limitParameter } from '../metric/parameters.ts';
import { thingParts } from '../metric/parts.ts';
import { firstRanked } from '../metric/rank-by.ts';
import { amountWords } from './words.ts';

const { fn } = expressionBuilder<{ rated: Rated }, 'rated'>();

interface Rated {
  readonly purchasesPerView: number;
  readonly views: number;
  readonly product: string | null;
  readonly part: string | null;
}

/** Products that are looked at and not bought. */
export const slowSellers = defineMetric({
  name: 'slow-sellers',
  definition:
    'Products with at least minViews views in the range, from the fewest purchases per view; among equal ones the most viewed ' +
    'first, then in the order of the product as text. A product without any event is not known to the lake and is not listed. ' +
    `By category or brand, the rank and the limit are within each. ${amountWords}`,
  nullSessions: 'Sessions play no part: all events count.',
  roles: ['action', 'item', 'amount'],
  mayLack: ['amount'],
  actions: ['view', 'purchase'],
  incremental: true,
  breakdowns: ['category', 'brand'],
  parameters: {
    minViews: z.coerce.number().int().min(1).default(1).describe('Views a product needs to be listed'),
    limit: limitParameter(),
  },
  dimensions: {
    rank: dimension.rank('Rank, from the fewest purchases per view'),
    product: dimension.item('Item, by id'),
  },
  measures: {
    ...actionMeasureColumns('none'),
    purchasesPerView: measure.ratio('Purchase events per view event', 'purchases', 'views'),
  },
  chart: ({ by }) => ({
    mark: 'table',
    x: 'product',
    y: ['views', 'purchases'],
    ...(by === 'none' ? {} : { series: by }),
  }),
  query(context) {
    const { parameters, actions, events } = context;
    const { minViews, limit } = parameters;
    const parts = thingParts(context);
    const relations = events()
      .with('totals', (db) =>
        db
          .selectFrom('events')
          .select(({ ref }) => [
            asText(ref('item')).as('product'),
            ...actionMeasures(actions),
            ...parts.selected,
          ])
          .groupBy(['item', ...parts.grouped]),
      )
      .with('rated', (db) =>
        db
          .selectFrom('totals')
          .selectAll()
          .select(({ ref }) => ratio(ref('purchases'), ref('views')).as('purchasesPerView'))
          .where('views', '>=', minViews),
      );
    return firstRanked(context, relations, {
      from: 'rated',
      rank: (within) =>
        fn
          .agg<number>('row_number')
          .over((over) =>
            (within ? over.partitionBy(within) : over)
              .orderBy('purchasesPerView')
              .orderBy('views', 'desc')
              .orderBy('product', (by) => by.asc().nullsLast()),
          )
          .as('rank'),
      columns: ['product', 'views', 'carts', 'purchases', 'revenue', 'purchasesPerView'],
      limit,
    });
  },
});
