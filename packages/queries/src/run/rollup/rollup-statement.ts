import type { StoredRollup } from '@headwater/core/internal';
import {
  type AliasableExpression,
  type CompiledQuery,
  type Expression,
  ExpressionWrapper,
  expressionBuilder,
  type SelectQueryBuilder,
  sql,
} from 'kysely';
import type { TimeUnit } from '../../functions/function-table.ts';
import { partitionDay, periodStartText, ratio } from '../../functions/functions.ts';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { type AnswerColumn, answerColumns } from '../../metric/answer-columns.ts';
import type { Grain } from '../../metric/grain.ts';
import type { Metric } from '../../metric/metric.ts';
import type { RangeParameters } from '../../metric/parameters.ts';
import { periodText } from '../../metric/period-text.ts';
import { buildMetricQuery, type MetricQueryOptions } from '../build-metric-query.ts';
import { answerOrder, type OrderTerm } from './answer-order.ts';
import type { DayRun, RollupPlan } from './plan-rollup.ts';
import { rollupOf } from './rollup.ts';

type Row = Record<string, unknown>;

const eb = expressionBuilder<Record<string, Row>, string>();

/** A question with its metric, for the statement of a plan. */
export interface RollupQuestion {
  readonly table: LakeTable;
  readonly metric: Metric;
  /** As the caller gave them. */
  readonly input: object;
  /** As they were read, with defaults. */
  readonly parameters: RangeParameters & { readonly grain: Grain; readonly by?: string };
  readonly options: MetricQueryOptions;
}

/**
 * One statement that reads the stored rows of a plan, computes the days that are not stored from the events, sums where the grain is
 * longer, and sorts as the metric does. Undefined when the metric sorts by something that is no column of its answer.
 *
 * Sums are of whole numbers and decimals, and so exact; a ratio is the quotient of two sums, by the function that metrics divide with.
 */
export function rollupStatement(question: RollupQuestion, plan: RollupPlan): CompiledQuery | undefined {
  const { table, metric, input, parameters, options } = question;
  const { schema } = table.definition;
  const { by = 'none' } = parameters;
  const { measures } = options;
  const all = answerColumns(metric, withoutRange(input), { schema, withHidden: true, measures });
  const shown = all.filter(({ isHidden }) => options.withHidden === true || isHidden !== true);
  const names = new Set(all.map(({ name }) => name));
  const order = answerOrder(
    buildMetricQuery(table, metric, input, { withHidden: true, measures }).query.compile().query,
    names,
    by,
  );
  if (!order) return undefined;
  const { db } = table[internals];
  const { rollup } = plan.opened;
  const parts = [storedRows(question, plan), ...plan.fresh.map((run) => freshRows(question, plan, run))];
  const [first, ...others] = parts;
  if (!first) return undefined;
  const union = others.reduce((query, other) => query.unionAll(other), first);
  const rows = db.with('rollup_rows', () => union);
  const answer =
    plan.how === 'same'
      ? rows.selectFrom('rollup_rows').select(all.map(({ name }) => name))
      : rows
          .with('rollup_periods', (inner) =>
            inner
              .selectFrom('rollup_rows')
              .select([
                longerPeriod(parameters).as('period'),
                ...all.filter(({ name }) => name !== 'period').map(({ name }) => name),
              ]),
          )
          .with('rollup_sums', (inner) =>
            inner
              .selectFrom('rollup_periods')
              .select(dimensionsOf(all))
              .select(({ fn }) => all.filter(isSummed).map(({ name }) => fn.sum<number>(name).as(name)))
              .groupBy(dimensionsOf(all)),
          )
          .selectFrom('rollup_sums')
          .select(all.map((column) => inAnswerType(measureOf(column, all), column, rollup).as(column.name)));
  // Sorted by every column that the metric sorts by, of which some may not be shown.
  const sorted = db.selectFrom(answer.as('rollup_answer')).select(shown.map(({ name }) => name));
  const isInstant = plan.how === 'same' && rollup.grain === 'hour';
  return order
    .reduce((query, term) => orderedBy(query, term, isInstant), sorted as unknown as Sortable)
    .compile();
}

/** The rows of the days that are stored. */
function storedRows({ table }: RollupQuestion, { opened, stored }: RollupPlan) {
  const { db } = table[internals];
  return db
    .selectFrom(opened.view)
    .select(opened.rollup.columns.map(({ name }) => name))
    .where(({ or, and, eb: one, ref }) => {
      const within = ({ from, to }: DayRun) =>
        and([one(ref('dt'), '>=', partitionDay(from)), one(ref('dt'), '<=', partitionDay(to))]);
      const [first] = stored;
      const last = stored.at(-1);
      if (!first || !last || stored.length === 1) return and(stored.map(within));
      // The days between bound the reading, and the runs choose among them.
      return and([within({ from: first.from, to: last.to }), or(stored.map(within))]);
    });
}

/** The rows of days that are not stored, by the metric's own query, in the types of the stored ones. */
function freshRows(
  { table, metric, input, parameters }: RollupQuestion,
  plan: RollupPlan,
  { from, to }: DayRun,
) {
  const { db } = table[internals];
  const { rollup } = plan.opened;
  const { grain: _grain, by: _by, zone: _zone, ...own } = withoutRange(input);
  const query = rollupOf(table, metric, { grain: rollup.grain, by: parameters.by ?? 'none' }, own).query(
    from,
    to,
  );
  return db
    .selectFrom(new ExpressionWrapper<Record<string, Row>, string, Row>(query.query).as('rollup_fresh'))
    .select(
      rollup.columns.map(({ name, type }) =>
        sql<unknown>`cast(${sql.ref(`rollup_fresh.${name}`)} as ${sql.raw(type)})`.as(name),
      ),
    );
}

function withoutRange(input: object): Row {
  const { from: _from, to: _to, where: _where, ...rest } = Object(input) as Row;
  return rest;
}

/** The period that a stored period is in. It begins with its day in the zone of the answer, whose calendar alone decides here. */
function longerPeriod(parameters: RollupQuestion['parameters']): AliasableExpression<string> {
  const day = sql<string>`substring(${sql.ref('period')}, 1, 10)`;
  const { grain } = parameters;
  if (grain === 'day') return day;
  if (grain === 'all') return periodText(parameters, sql<Date>`null`);
  const unit: TimeUnit = grain;
  return periodStartText(unit, sql<Date>`date_trunc(${sql.lit(unit)}, cast(${day} as date))`);
}

const dimensionsOf = (columns: readonly AnswerColumn[]): string[] =>
  columns.filter(({ role }) => role === 'dimension').map(({ name }) => name);

const isSummed = ({ role, additive }: AnswerColumn): boolean => role === 'measure' && additive !== 'none';

/** Sums have wider types than what they sum; in Arrow, types are a part of the answer. */
function inAnswerType(
  value: AliasableExpression<unknown>,
  { name }: AnswerColumn,
  { columns }: StoredRollup,
): AliasableExpression<unknown> {
  const type = columns.find((column) => column.name === name)?.type;
  return type === undefined ? value : sql`cast(${value} as ${sql.raw(type)})`;
}

/** A column of the answer, of the sums: itself, or computed of two others. */
function measureOf(column: AnswerColumn, all: readonly AnswerColumn[]): AliasableExpression<unknown> {
  const { name, numerator, denominator, denominatorTimes, minuend, subtrahend } = column;
  if (column.role === 'dimension' || isSummed(column)) return eb.ref(name);
  const part = (of: string): Expression<unknown> => {
    const found = all.find((one) => one.name === of);
    if (!found) throw new RangeError(`${name} is computed of ${of}, which the answer lacks`);
    return measureOf(found, all);
  };
  if (numerator !== undefined && denominator !== undefined) {
    const times = denominatorTimes ?? 1;
    const whole = part(denominator);
    return ratio(part(numerator), times === 1 ? whole : sql`(${whole} * ${sql.lit(times)})`);
  }
  if (minuend === undefined || subtrahend === undefined)
    throw new RangeError(`${name} is neither a sum nor computed of sums`);
  return sql<unknown>`(${part(minuend)} - ${part(subtrahend)})`;
}

type Sortable = SelectQueryBuilder<Record<string, Row>, string, Row>;

/** @param isInstant whether periods are instants whose texts may have offsets, which do not sort as texts */
function orderedBy(
  query: Sortable,
  { column, isDescending, nulls }: OrderTerm,
  isInstant: boolean,
): Sortable {
  const name = sql.ref(`rollup_answer.${column}`);
  const key = column === 'period' && isInstant ? sql`cast(${name} as timestamptz)` : name;
  return query.orderBy(key, (order) => {
    const directed = isDescending ? order.desc() : order.asc();
    if (nulls === 'first') return directed.nullsFirst();
    return nulls === 'last' ? directed.nullsLast() : directed;
  });
}
