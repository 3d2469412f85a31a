import { type AliasedExpression, type Compilable, expressionBuilder, type QueryCreator } from 'kysely';
import type { ActionMeasure } from './action-measures.ts';
import type { MetricContext } from './metric.ts';
import { partColumn } from './parts.ts';

const { fn } = expressionBuilder<{ totals: Totals }, 'totals'>();

type Thing = 'brand' | 'product' | 'category';
type Totals = Record<ActionMeasure, number> & Record<Thing, string | null> & Record<'slot' | 'part', number>;
type Rank = AliasedExpression<number, 'rank'>;

/**
 * The column `rank`: the most of a measure first; equal ones in the order of the thing, the one without a name last.
 *
 * @param within ranks anew within each value of this column
 */
export function rankBy(measure: ActionMeasure, thing: Thing, within?: 'slot' | 'part'): Rank {
  return fn
    .agg<number>('row_number')
    .over((over) =>
      (within ? over.partitionBy(within) : over)
        .orderBy(measure, 'desc')
        .orderBy(thing, (by) => by.asc().nullsLast()),
    )
    .as('rank');
}

/**
 * The first rows of a ranking, over all or within each part of a break-down.
 *
 * @param db a query with the relation `from`, which has the column `part` when a break-down is asked for
 * @param ranking `rank` gives the column of the rank, which starts at 1 within each part when `within` is given
 */
export function firstRanked(
  context: Pick<MetricContext<unknown, 'time'>, 'breakdown'>,
  db: unknown,
  ranking: {
    readonly from: string;
    readonly columns: readonly string[];
    readonly limit: number;
    rank(within?: 'part'): Rank;
  },
): Compilable {
  const { from, columns, limit, rank } = ranking;
  // The relations of a metric are known by name here; its own query has their types.
  const relations = db as QueryCreator<Record<string, Record<string, number>>>;
  if (!context.breakdown)
    return relations
      .selectFrom(from)
      .select([rank(), ...columns])
      .orderBy('rank')
      .limit(limit);
  return relations
    .with('ranked', (inner) => inner.selectFrom(from).selectAll().select(rank('part')))
    .selectFrom('ranked')
    .select([...partColumn(context), 'rank', ...columns])
    .where('rank', '<=', limit)
    .orderBy('part', (by) => by.asc().nullsLast())
    .orderBy('rank');
}
