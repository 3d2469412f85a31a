import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { ColumnFilter } from '../metric/where.ts';

const eb = expressionBuilder<Record<string, Record<string, unknown>>, string>();

/** The condition that an event has one of a filter's values. Values are bound, and never become a part of the statement. */
export function filterCondition(
  table: string,
  { column, values, orNull }: ColumnFilter,
): Expression<SqlBool> {
  const own = eb.ref(`${table}.${column}`);
  const [only, ...others] = values;
  const conditions: Expression<SqlBool>[] = [
    ...(values.length === 0 ? [] : [others.length === 0 ? eb(own, '=', only) : eb(own, 'in', [...values])]),
    ...(orNull ? [eb(own, 'is', null)] : []),
  ];
  return eb.or(conditions);
}
