import type { PlanContext } from './chart-plan.ts';
import { type DataSetPlan, dataSetSql, plannedRoleColumns } from './data-set-plan.ts';
import { dayOf, everything, type FilterName } from './parameters.ts';

/** The column of a data set of filter values. */
export const filterValue = 'value';

/** The day of a partition compared with a DATE: Glue's catalogue holds it as text, DuckDB reads it as a date. */
const partitionDay = {
  trino: (date: string) => `cast(${date} as varchar)`,
  duckdb: (date: string) => date,
} as const satisfies Record<PlanContext['engine'], (date: string) => string>;

/** The values that a filter offers: those of the days that are shown, of the events that a role may see, and the one for everything. */
export function filterValues(name: FilterName, column: string, context: PlanContext): DataSetPlan {
  const { source, roles, engine, table } = context;
  const quoted = `"${column.replaceAll('"', '""')}"`;
  const day = partitionDay[engine];
  const write = (condition: ((by: string) => string) | undefined): string => {
    const conditions = [
      `"dt" >= ${day(dayOf('From'))}`,
      `"dt" <= ${day(dayOf('To'))}`,
      `${quoted} is not null`,
      ...(roles && condition ? [condition(`"${roles.column.replaceAll('"', '""')}"`)] : []),
    ];
    return `select '${everything}' as "value" union all select distinct cast(${quoted} as varchar) as "value" from ${source} where ${conditions.join(' and ')}`;
  };
  const answers = roles
    ? roles.roles.map(({ name: role, condition }) => ({ role, sql: write(condition) }))
    : [{ sql: write(undefined) }];
  const own = { name: filterValue, type: 'STRING', pii: 'none' } as const;
  const id = `values-of-${name.toLowerCase()}`;
  return {
    id,
    title: `${table.name}: ${id.replaceAll('-', ' ')}`,
    sql: dataSetSql(answers, [{ ...own, expression: 'a."value"' }]),
    columns: [...(roles ? plannedRoleColumns : []), own],
    parameters: ['From', 'To'],
    mode: 'direct',
  };
}
