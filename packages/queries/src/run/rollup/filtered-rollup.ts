import { hasRole } from '@headwater/core/internal';
import { type CompiledQuery, ExpressionWrapper, sql } from 'kysely';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { answerColumns } from '../../metric/answer-columns.ts';
import { askedMeasures, schemaFor } from '../../metric/asked-measures.ts';
import { roleOfBreakdown } from '../../metric/breakdown.ts';
import { hasPeriods } from '../../metric/has-periods.ts';
import type { Metric } from '../../metric/metric.ts';
import { readQuestion } from '../../metric/question.ts';
import { readWhere } from '../../metric/where.ts';
import { type RollupQuestion, type Row, withoutRange } from './rollup-rows.ts';

/** A question of events with one value, as a part of the same question broken down by the column of that value. */
export interface FilteredPart {
  /** The broken down question, of all events. */
  readonly input: object;
  /** The measures that it is asked. */
  readonly measures: readonly string[];
  /** The break-down, which is a column of its answer. */
  readonly by: string;
  /** The value as that column has it. */
  readonly value: string | null;
  /** The measure that is 0 in a period without an event of the part, which then has no row. */
  readonly presence: string;
}

/**
 * The broken down questions of which a filtered one is a part: those by the column of the filter, or by a break-down of its role. None
 * for a filter of several columns or values, for a metric without periods, and none where what is asked for depends on sessions or orders: filtered, those are of the
 * events with the value alone, and broken down they begin with their first event of any kind.
 *
 * @param asked the measures that are asked for
 */
export function filteredParts(
  table: LakeTable,
  metric: Metric,
  input: object,
  asked: readonly string[] | undefined,
): readonly FilteredPart[] {
  const { schema } = table.definition;
  const named = askedMeasures(metric, asked);
  const { breakdown, where } = readQuestion(metric, input, schema);
  const [filter, ...others] = readWhere(metric.name, schema, where);
  if (!asked || !named || !filter || others.length > 0 || breakdown || !hasPeriods(metric)) return [];
  // What a purchase is of follows from the cart of its session.
  if (schema.purchaseItems === 'cart') return [];
  const narrowed = schemaFor(schema, metric, named, false);
  const isOfEvents = !(['session', 'order'] as const).some(
    (role) => metric.mayRead.includes(role) && hasRole(narrowed, role),
  );
  const presence = Object.entries(metric.measures).find(
    ([name, one]) => one.kind === 'count' && one.additive === 'all' && !metric.needs[name]?.length,
  )?.[0];
  const values = [...filter.values.map(textOf), ...(filter.orNull ? [null] : [])];
  const [value] = values;
  if (!isOfEvents || presence === undefined || values.length !== 1 || value === undefined) return [];
  const roles = metric.breakdowns.filter((by) => {
    const role = roleOfBreakdown(by);
    return role !== undefined && schema.roles[role] === filter.column;
  });
  const { where: _, ...all } = Object(input) as Row;
  const measures = [...new Set([...asked, presence])];
  return [...roles, filter.column].map((by) => ({ input: { ...all, by }, measures, by, value, presence }));
}

/** A value as a break-down writes it; undefined for a boolean, which engines write in their own ways. */
const textOf = (value: string | number | bigint | boolean): string | undefined =>
  typeof value === 'boolean' ? undefined : String(value);

/** The rows of a part, of the statement of the broken down question, in the order of the periods. */
export function partStatement(
  { table, metric, input, parameters, options }: RollupQuestion,
  { by, value, presence }: FilteredPart,
  whole: CompiledQuery,
): CompiledQuery {
  const { schema } = table.definition;
  const { withHidden, measures } = options;
  const columns = answerColumns(metric, withoutRange(input), { schema, withHidden, measures });
  const part = sql.ref<string | null>(`rollup_part.${by}`);
  const period = sql.ref<string>('rollup_part.period');
  return (
    table[internals].db
      .selectFrom(new ExpressionWrapper<Record<string, Row>, string, Row>(whole.query).as('rollup_part'))
      .select(columns.map(({ name }) => sql.ref(`rollup_part.${name}`).as(name)))
      .where(({ eb }) => (value === null ? eb(part, 'is', null) : eb(part, '=', value)))
      .where(({ eb }) => eb(sql.ref<number>(`rollup_part.${presence}`), '>', 0))
      // Instants of a zone have offsets, which do not sort as texts.
      .orderBy(parameters.grain === 'hour' ? sql`cast(${period} as timestamptz)` : period)
      .compile()
  );
}
