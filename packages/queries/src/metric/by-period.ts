import { expressionBuilder, type SelectQueryBuilder } from 'kysely';
import type { Grain } from './grain.ts';
import type { MetricContext } from './metric.ts';
import { type Part, type Parts, rowParts, timeParts } from './parts.ts';
import { periodOf } from './period-of.ts';

const { ref } = expressionBuilder<{ rows: Record<string, Date> }, 'rows'>();

/** The columns of a row that hold a time. */
type TimeColumn<Row> = { [Name in keyof Row]: Row[Name] extends Date ? Name : never }[keyof Row] & string;

/**
 * One row for each period of a grain, and for each part of a break-down that is asked for: of the rows whose `column` is in
 * the range itself, grouped, with the columns `period` and `part`.
 *
 * @param rows what is counted, such as `db.selectFrom('sessions')`
 * @param column the time that says which period a row belongs to
 * @param parts the parts of a break-down by category, brand or product: those of the rows' column `part`, or `eventParts`
 */
export function byPeriod<DB, TB extends keyof DB, O>(
  context: Pick<
    MetricContext<{ readonly grain: Grain }, 'time'>,
    'parameters' | 'start' | 'inRange' | 'breakdown'
  >,
  rows: SelectQueryBuilder<DB, TB, O>,
  column: TimeColumn<DB[TB]>,
  parts: Parts = rowParts(context),
): SelectQueryBuilder<DB, TB, O & { period: Date; part: Part }> {
  const time = ref(column);
  const period = periodOf(context, time);
  const times = timeParts(context, time);
  return rows
    .select([period.as('period'), ...times.selected, ...parts.selected])
    .where(context.inRange(time))
    .groupBy([period, ...times.grouped, ...parts.grouped]) as unknown as SelectQueryBuilder<
    DB,
    TB,
    O & { period: Date; part: Part }
  >;
}
