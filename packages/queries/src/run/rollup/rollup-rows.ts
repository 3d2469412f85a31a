import { ExpressionWrapper, type SelectQueryBuilder, sql } from 'kysely';
import { partitionDay } from '../../functions/functions.ts';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import type { Grain } from '../../metric/grain.ts';
import type { Metric } from '../../metric/metric.ts';
import type { RangeParameters } from '../../metric/parameters.ts';
import type { OpenedRollup } from '../../session/opened-rollup.ts';
import type { MetricQueryOptions } from '../build-metric-query.ts';
import type { DayRun, PlannedDays } from './plan-days.ts';
import { rollupOf } from './rollup.ts';

/** A row of any columns. */
export type Row = Record<string, unknown>;
/** A query whose columns are known by name only. */
export type Rows = SelectQueryBuilder<Record<string, Row>, string, Row>;

/** A question with its metric, for the statement of a plan. */
export interface RollupQuestion {
  readonly table: LakeTable;
  readonly metric: Metric;
  /** As the caller gave them. */
  readonly input: object;
  /** As they were read, with defaults. */
  readonly parameters: RangeParameters & { readonly grain?: Grain; readonly by?: string };
  readonly options: MetricQueryOptions;
}

/** The rows of a rollup for the days of a plan: those that are stored, and those of the other days, computed from the events. */
export function rollupRows(question: RollupQuestion, days: PlannedDays, opened: OpenedRollup): Rows {
  return days.fresh.reduce<Rows>(
    (rows, run) => rows.unionAll(freshRows(question, opened, run)),
    storedRows(question, days, opened),
  );
}

/** The rows of the days that are stored. */
function storedRows(
  { table }: RollupQuestion,
  { stored }: PlannedDays,
  { view, rollup }: OpenedRollup,
): Rows {
  return table[internals].db
    .selectFrom(view)
    .select(rollup.columns.map(({ name }) => name))
    .where(({ or, and, eb: one, ref }) => {
      const within = ({ from, to }: DayRun) =>
        and([one(ref('dt'), '>=', partitionDay(from)), one(ref('dt'), '<=', partitionDay(to))]);
      const [first] = stored;
      const last = stored.at(-1);
      if (!first || !last || stored.length === 1) return and(stored.map(within));
      // The days between bound the reading, and the runs choose among them.
      return and([within({ from: first.from, to: last.to }), or(stored.map(within))]);
    }) as unknown as Rows;
}

/** The rows of days that are not stored, by the metric's own query, in the types of the stored ones. */
function freshRows(
  { table, metric, input }: RollupQuestion,
  { rollup }: OpenedRollup,
  { from, to }: DayRun,
): Rows {
  const { grain: _grain, by: _by, zone: _zone, ...own } = withoutRange(input);
  const { grain, by, kind, measure } = rollup;
  const query = rollupOf(table, metric, { grain, by, kind, measure }, own).query(from, to);
  return table[internals].db
    .selectFrom(new ExpressionWrapper<Record<string, Row>, string, Row>(query.query).as('rollup_fresh'))
    .select(
      rollup.columns.map(({ name, type }) =>
        sql<unknown>`cast(${sql.ref(`rollup_fresh.${name}`)} as ${sql.raw(type)})`.as(name),
      ),
    ) as unknown as Rows;
}

/** The parameters of a question without its range and its filters. */
export function withoutRange(input: object): Row {
  const { from: _from, to: _to, where: _where, ...rest } = Object(input) as Row;
  return rest;
}
