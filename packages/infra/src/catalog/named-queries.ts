import type { AwsTarget, EventsTable, PermissionClass } from '@headwater/core';
import { isHeadwaterError } from '@headwater/core';
import { queryPlace, quoteName, readName, visibleTo } from '@headwater/core/internal';
import { answerZone, type Metric, metricStatement, type StatementDays } from '@headwater/queries';
import type { NamedQueryInput } from '../resource/small-bodies.ts';

/** What a table may lack for a metric. */
const unanswerable = ['ROLE_MISSING', 'ACTION_MISSING', 'METRIC_UNANSWERABLE'] as const;

/** Days that a query looks back over. */
const days = 7;

const dayMilliseconds = 86_400_000;

/**
 * A named query of Athena for each metric that a table can answer: the statement that the metric compiles to, over the seven days before
 * today. Today is an expression, so the text stays as it is, and is right on every day. In a zone with summer time the beginning of a day
 * depends on the day, and no expression has it: such a table's queries have the first seven days of the lake as literals, which whoever runs
 * them replaces.
 *
 * @param readers the class of readers. Defaults to those who see every column. A metric that reads what the class may not see has no query
 * @example namedQueries(clickstream, target, [revenue])
 * // [{ Name: 'clickstream: revenue', Database: 'shop', WorkGroup: 'headwater-shop', QueryString: 'with "events" as (select ...', ... }]
 */
export function namedQueries(
  table: EventsTable,
  target: AwsTarget,
  metrics: readonly Metric[],
  readers?: PermissionClass,
): NamedQueryInput[] {
  const { workgroup } = queryPlace(target, readers);
  const zone = answerZone(table);
  const range = zone === undefined ? relativeDays : firstDays(target.firstDay);
  const when =
    zone === undefined
      ? `the ${days} UTC days before today`
      : `${days} days from ${target.firstDay} in ${zone}: write the days that are wanted`;
  return metrics.flatMap((metric) => {
    const QueryString = statementOf(shownTo(table, readers), metric, {
      days: range,
      source: quoteName(readName(table.schema, readers)),
    });
    if (QueryString === undefined) return [];
    return [
      {
        Name: `${table.name}: ${metric.name}`,
        Description: `${metric.definition.slice(0, 900)} (${when})`,
        Database: target.database,
        WorkGroup: workgroup,
        QueryString,
      },
    ];
  });
}

const relativeDays: StatementDays = {
  fromSql: `(current_date - interval '${days}' day)`,
  toSql: "(current_date - interval '1' day)",
};

const firstDays = (from: string): StatementDays => ({
  from,
  to: new Date(Date.parse(from) + (days - 1) * dayMilliseconds).toISOString().slice(0, 10),
});

/** A table as a class of readers sees it: without the columns that it may not see, and their roles. */
function shownTo(table: EventsTable, readers: PermissionClass | undefined): EventsTable {
  if (readers === undefined) return table;
  const schema = visibleTo(table.schema, readers);
  const names = new Set(schema.columns.map(({ name }) => name));
  const roles = Object.fromEntries(
    Object.entries(schema.roles).filter(([, column]) => column !== undefined && names.has(column)),
  ) as typeof schema.roles;
  return { ...table, schema: { ...schema, roles } };
}

/** The statement of a metric. Undefined when the table lacks what the metric needs. */
function statementOf(
  table: EventsTable,
  metric: Metric,
  where: { readonly days: StatementDays; readonly source: string },
): string | undefined {
  try {
    return metricStatement({ table, metric, ...where });
  } catch (error) {
    if (unanswerable.some((code) => isHeadwaterError(error, code))) return undefined;
    throw error;
  }
}
