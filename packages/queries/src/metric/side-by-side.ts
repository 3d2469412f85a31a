import { expressionBuilder, type QueryCreator, type SelectQueryBuilder } from 'kysely';
import type { Part } from './parts.ts';

const { lit, ref, fn } = expressionBuilder<Relations, string>();

type Row = { readonly period: Date; readonly part: Part };
type Relations = Record<string, Record<string, number>>;

/**
 * The measures of several relations side by side: one row for each period and part that any of them has, with 0 where a
 * relation has no such row. A join would lose the parts that are null, and those that one relation alone has.
 *
 * @param measures the measures of each relation, by its name
 */
export function sideBySide<const Measures extends Readonly<Record<string, readonly string[]>>>(
  db: unknown,
  measures: Measures,
): SelectQueryBuilder<
  { rows: Row & Record<Measures[keyof Measures][number], number> },
  'rows',
  Row & Record<Measures[keyof Measures][number], number>
> {
  // Relations of a metric are known by name here; its own query has their types.
  const relations = db as QueryCreator<Relations>;
  const all = Object.values(measures).flat();
  const [first, ...others] = Object.entries(measures).map(([relation, own]) =>
    relations
      .selectFrom(relation)
      .select([
        ref('period').as('period'),
        ref('part').as('part'),
        ...all.map((name) => (own.includes(name) ? ref(name) : lit(0)).as(name)),
      ]),
  );
  if (!first) throw new Error('No relation');
  const rows = others.reduce((union, one) => union.unionAll(one), first);
  return relations
    .selectFrom(rows.as('rows'))
    .select([
      ref('period').as('period'),
      ref('part').as('part'),
      ...all.map((name) => fn.sum<number>(name).as(name)),
    ])
    .groupBy(['period', 'part']) as never;
}
