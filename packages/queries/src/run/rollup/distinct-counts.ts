import { type AliasableExpression, sql } from 'kysely';
import { internals } from '../../lake/create-lake.ts';
import type { OpenedRollup } from '../../session/opened-rollup.ts';
import { keyColumn } from './distinct-keys.ts';
import type { RollupPlan } from './plan-rollup.ts';
import { type RollupQuestion, type Rows, rollupRows } from './rollup-rows.ts';
import { inverseOfRank, sketchEstimate } from './sketch.ts';

/** What is added up to the groups of an answer. */
export interface MergedGroups {
  /** The columns of the groups: dimensions, of which `period` may be one. */
  readonly groups: readonly string[];
  /** The other columns that are wanted, each with the function that merges it. */
  readonly merges: ReadonlyMap<string, 'sum' | 'min' | 'max'>;
  /** How a stored period is written in the answer; absent where the answer has none. */
  readonly period?: AliasableExpression<string> | undefined;
}

/**
 * The groups of an answer: what is stored by day is merged, and distinct counts are those of the union of the days' keys, or of the
 * registers of their sketches.
 */
export function mergedGroups(
  question: RollupQuestion,
  plan: RollupPlan,
  { groups, merges, period }: MergedGroups,
): Rows {
  const { db } = question.table[internals];
  const { opened, counted } = plan;
  const typeOf = new Map(opened.rollup.columns.map(({ name, type }) => [name, type]));
  const names = [...merges.keys(), ...counted.keys()];
  const inType = (value: AliasableExpression<unknown>, name: string) =>
    sql<unknown>`cast(${value} as ${sql.raw(typeOf.get(name) ?? 'bigint')})`;
  const columnsWith = (own: ReadonlySet<string>) =>
    names.map((name) => (own.has(name) ? sql.ref(name) : inType(sql`null`, name)).as(name));
  const periods = (of: OpenedRollup): Rows => {
    const rows = db.selectFrom(rollupRows(question, plan, of).as('rollup_rows'));
    const others = of.rollup.columns.map(({ name }) => name).filter((name) => name !== 'period');
    const all = rows.select(others);
    return (period === undefined ? all : all.select(period.as('period'))) as unknown as Rows;
  };
  const sums = db
    .selectFrom(periods(opened).as('rollup_periods'))
    .select([...groups])
    .select(columnsWith(new Set(merges.keys())));
  const parts = [...counted].reduce<Rows>(
    (all, [measure, of]) =>
      all.unionAll(
        db
          .selectFrom(countsOf(db, periods(of), of, groups, measure).as('rollup_counts'))
          .select([...groups])
          .select(columnsWith(new Set([measure]))) as unknown as Rows,
      ),
    sums as unknown as Rows,
  );
  return db
    .selectFrom(parts.as('rollup_parts'))
    .select([...groups])
    .select(
      names.map((name) => {
        const merged = sql`${sql.raw(merges.get(name) ?? 'sum')}(${sql.ref(name)})`;
        return inType(counted.has(name) ? sql`coalesce(${merged}, 0)` : merged, name).as(name);
      }),
    )
    .groupBy([...groups]) as unknown as Rows;
}

type Db = RollupQuestion['table'][typeof internals]['db'];

/** The distinct count of each group. */
function countsOf(
  db: Db,
  rows: Rows,
  { rollup }: OpenedRollup,
  groups: readonly string[],
  measure: string,
): Rows {
  if (rollup.kind !== 'sketch')
    return db
      .selectFrom(rows.as('rollup_keys'))
      .select([...groups])
      .select(({ fn }) => fn.count<number>(keyColumn).distinct().as(measure))
      .groupBy([...groups]) as unknown as Rows;
  const merged = db
    .selectFrom(rows.as('rollup_registers'))
    .select([...groups, 'register'])
    .select(({ fn }) => fn.max<number>('rank').as('rank'))
    .groupBy([...groups, 'register']);
  return db
    .selectFrom(merged.as('rollup_sketch'))
    .select([...groups])
    .select(({ fn }) =>
      sketchEstimate(fn.countAll(), sql`sum(${inverseOfRank(sql.ref('rank'))})`).as(measure),
    )
    .groupBy([...groups]) as unknown as Rows;
}
