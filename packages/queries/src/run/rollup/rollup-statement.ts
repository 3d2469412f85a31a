import type { StoredRollup } from '@headwater/core/internal';
import {
  type AliasableExpression,
  type CompiledQuery,
  type Expression,
  expressionBuilder,
  sql,
} from 'kysely';
import type { TimeUnit } from '../../functions/function-table.ts';
import { periodStartText, ratio } from '../../functions/functions.ts';
import { internals } from '../../lake/create-lake.ts';
import { type AnswerColumn, answerColumns } from '../../metric/answer-columns.ts';
import type { Grain } from '../../metric/grain.ts';
import type { RangeParameters } from '../../metric/parameters.ts';
import { periodText } from '../../metric/period-text.ts';
import { buildMetricQuery } from '../build-metric-query.ts';
import { answerOrder, type OrderTerm } from './answer-order.ts';
import { mergedGroups } from './distinct-counts.ts';
import type { RollupPlan } from './plan-rollup.ts';
import { type RollupQuestion, type Row, type Rows, rollupRows, withoutRange } from './rollup-rows.ts';

const eb = expressionBuilder<Record<string, Row>, string>();

/**
 * One statement that reads the stored rows of a plan, computes the days that are not stored from the events, sums and counts where the grain
 * is longer, and sorts as the metric does. Undefined when the metric sorts by something that is no column of its answer.
 *
 * Sums are of whole numbers and decimals, and so exact; a ratio is the quotient of two sums, by the function that metrics divide with.
 */
export function rollupStatement(question: RollupQuestion, plan: RollupPlan): CompiledQuery | undefined {
  const { table, metric, input, parameters, options } = question;
  const { schema } = table.definition;
  const { by = 'none', grain = 'day' } = parameters;
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
  const groups = dimensionsOf(all);
  const answer =
    plan.how === 'same'
      ? rollupRows(question, plan, plan.opened)
      : db
          .selectFrom(
            mergedGroups(question, plan, {
              groups,
              merges: new Map(all.filter(isSummed).map(({ name }) => [name, 'sum'])),
              period: longerPeriod({ ...parameters, grain }),
            }).as('rollup_sums'),
          )
          .select(
            all.map((column) =>
              inAnswerType(measureOf(column, all, plan.counted), column, rollup).as(column.name),
            ),
          );
  // Sorted by every column that the metric sorts by, of which some may not be shown.
  const sorted = db.selectFrom(answer.as('rollup_answer')).select(shown.map(({ name }) => name));
  const isInstant = plan.how === 'same' && rollup.grain === 'hour';
  return order
    .reduce((query, term) => orderedBy(query, term, isInstant), sorted as unknown as Rows)
    .compile();
}

/** The period that a stored period is in. It begins with its day in the zone of the answer, whose calendar alone decides here. */
function longerPeriod(parameters: RangeParameters & { readonly grain: Grain }): AliasableExpression<string> {
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
function measureOf(
  column: AnswerColumn,
  all: readonly AnswerColumn[],
  counted: RollupPlan['counted'],
): AliasableExpression<unknown> {
  const { name, numerator, denominator, denominatorTimes, minuend, subtrahend } = column;
  if (column.role === 'dimension' || isSummed(column) || counted.has(name)) return eb.ref(name);
  const part = (of: string): Expression<unknown> => {
    const found = all.find((one) => one.name === of);
    if (!found) throw new RangeError(`${name} is computed of ${of}, which the answer lacks`);
    return measureOf(found, all, counted);
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

/** @param isInstant whether periods are instants whose texts may have offsets, which do not sort as texts */
function orderedBy(query: Rows, { column, isDescending, nulls }: OrderTerm, isInstant: boolean): Rows {
  const name = sql.ref(`rollup_answer.${column}`);
  const key =
    column === 'period' && isInstant
      ? sql`cast(replace(${name}, 'T', ' ') as timestamp with time zone)`
      : name;
  return query.orderBy(key, (order) => {
    const directed = isDescending ? order.desc() : order.asc();
    if (nulls === 'first') return directed.nullsFirst();
    return nulls === 'last' ? directed.nullsLast() : directed;
  });
}
