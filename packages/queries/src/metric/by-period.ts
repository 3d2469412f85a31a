import { expressionBuilder, type SelectQueryBuilder } from 'kysely';
import type { Grain } from './grain.ts';
import type { MetricContext } from './metric.ts';
import { periodOf } from './period-of.ts';

/** The columns of a row that hold a time. */
type TimeColumn<Row> = { [Name in keyof Row]: Row[Name] extends Date ? Name : never }[keyof Row] & string;

/**
 * One row for each period of a grain: of the rows whose `column` is in the range itself, grouped, with the column `period`.
 *
 * @param rows what is counted, such as `db.selectFrom('sessions')`
 * @param column the time that says which period a row belongs to
 */
export function byPeriod<DB, TB extends keyof DB, O>(
  context: Pick<MetricContext<{ readonly grain: Grain }, 'time'>, 'parameters' | 'start' | 'inRange'>,
  rows: SelectQueryBuilder<DB, TB, O>,
  column: TimeColumn<DB[TB]>,
) {
  const time = expressionBuilder<{ rows: Record<string, Date> }, 'rows'>().ref(column);
  const period = periodOf(context, time);
  return rows.select(period.as('period')).where(context.inRange(time)).groupBy(period);
}
