import { type EventsTable, HeadwaterError } from '@headwater/core';
import { quoteName } from '@headwater/core/internal';
import { compileOnlyEngines } from '../impact/compile-only.ts';
import { createLake, tableOf } from '../lake/create-lake.ts';
import { answerZone } from '../metric/answer-zone.ts';
import type { Grain } from '../metric/grain.ts';
import type { Metric } from '../metric/metric.ts';
import { namedMetricQuery } from '../run/run-metric.ts';
import { type SentinelDays, type StatementDays, sentinelDays, withDays } from './day-expressions.ts';
import { filterColumns, withFilters } from './filter-expressions.ts';
import { inlinedStatement } from './inlined-statement.ts';
import { byGrain } from './literal-by-grain.ts';

/** What a statement is written of. */
export interface MetricStatement {
  readonly table: EventsTable;
  readonly metric: Metric;
  /** Those of the metric, without the range, `where` and a grain that is an expression. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly days: StatementDays;
  /** A grain that a service fills in: an expression of one of these texts. */
  readonly grain?: { readonly sql: string; readonly of: readonly Grain[] };
  /** Conditions on columns of texts and whole numbers, each of which gets the column as the statement names it. */
  readonly where?: Readonly<Record<string, (column: string) => string>>;
  /** Whose SQL it is; Athena has that of Trino. Defaults to `trino`. */
  readonly engine?: 'trino' | 'duckdb';
  /** The table as its reader names it, in SQL: `"shop"."clickstream"`. Defaults to its own name. */
  readonly source?: string;
  /** Whether hidden measures, which are parts of ratios, are columns too. */
  readonly withHidden?: boolean;
}

/**
 * The statement of a metric for a service that fills in values itself: days, the grain and values of filters may be expressions. It is the
 * statement that the metric compiles to, with the literals of two far days replaced; it is compiled a second time with other days, and has to
 * come out the same, so that nothing else of it depends on the range.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` where the range decides more than literals of days, as in a zone with summer time;
 *   `ROLE_MISSING`, `ACTION_MISSING` or `METRIC_UNANSWERABLE` when the table lacks what the metric needs
 * @example
 * ```ts
 * metricStatement({ table, metric: revenue, days: { fromSql: 'date(<<$From>>)', toSql: 'date(<<$To>>)' } });
 * // with "events" as (select ... where "clickstream"."dt" >= cast(cast(date(<<$From>>) - interval '2' day as date) as varchar) ...
 * ```
 */
export function metricStatement(options: MetricStatement): string {
  const { table, metric, days, grain } = options;
  const fail = (problem: string): never => {
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric: metric.name, problem });
  };
  if (!('fromSql' in days)) return compiled(options, days, {});
  const zone = answerZone(table);
  if (zone !== undefined)
    fail(
      `days that are filled in later must be of UTC: in ${zone}, when a day begins depends on the day. Give two days`,
    );
  const compile = (own: Readonly<Record<string, unknown>>): string => {
    const [one, other] = sentinelDays.map((pair: SentinelDays) =>
      withDays(compiled(options, pair, own), pair, days),
    );
    if (one === undefined || one !== other) return fail('its statement depends on the range beyond its days');
    return one;
  };
  if (!grain) return compile({});
  return (
    byGrain(
      grain.sql,
      grain.of.map((length) => [length, compile({ grain: length })]),
    ) ?? fail('its statements by different grains differ in more than texts')
  );
}

/** The statement over literal days, with conditions in place of filters. */
function compiled(
  {
    table,
    metric,
    parameters = {},
    where = {},
    engine = 'trino',
    source,
    withHidden = false,
  }: MetricStatement,
  days: { readonly from: string; readonly to: string },
  own: Readonly<Record<string, unknown>>,
): string {
  const compiler = compileOnlyEngines.find((one) => one.name === engine);
  if (!compiler) throw new Error(`No compiler of ${engine}`);
  const lake = createLake({ tables: [table], engine: compiler });
  const { from, to } = days;
  const filters = filterColumns(metric.name, table.schema, Object.keys(where));
  const asked = {
    ...parameters,
    ...own,
    from,
    to,
    ...(filters.length > 0
      ? { where: Object.fromEntries(filters.map(({ column, values }) => [column, values])) }
      : {}),
  };
  const query = namedMetricQuery(tableOf(lake, table.name), metric, asked, { withHidden });
  const statement = withFilters(metric.name, (literal) => inlinedStatement(query, literal), filters, where);
  return source === undefined ? statement : withSource(statement, table.name, source);
}

/** The table by its reader's name, under its own as an alias: columns are named by it. */
function withSource(statement: string, name: string, source: string): string {
  const own = quoteName(name);
  return statement.replaceAll(new RegExp(`\\b(from|join) ${own}(?= |\\)|$)`, 'g'), `$1 ${source} as ${own}`);
}
