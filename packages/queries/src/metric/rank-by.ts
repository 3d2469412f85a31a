import { expressionBuilder } from 'kysely';
import type { ActionMeasure } from './action-measures.ts';

type Thing = 'brand' | 'product' | 'category';
type Totals = Record<ActionMeasure, number> & Record<Thing, string | null> & { readonly slot: number };

/**
 * The column `rank`: the most of a measure first; equal ones in the order of the thing, the one without a name last.
 *
 * @param within ranks anew within each value of this column
 */
export function rankBy(measure: ActionMeasure, thing: Thing, within?: 'slot') {
  const { fn } = expressionBuilder<{ totals: Totals }, 'totals'>();
  return fn
    .agg<number>('row_number')
    .over((over) =>
      (within ? over.partitionBy(within) : over)
        .orderBy(measure, 'desc')
        .orderBy(thing, (by) => by.asc().nullsLast()),
    )
    .as('rank');
}
