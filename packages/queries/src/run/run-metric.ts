import type { EventsTable, RoleName } from '@headwater/core';
import type { OperationNode } from 'kysely';
import { limitScan } from '../guard/cost/scan-limit.ts';
import { internals, type LakeTable } from '../lake/create-lake.ts';
import { metricOf } from '../library/registry.ts';
import type { BreakdownName, BreakdownRole } from '../metric/breakdown.ts';
import type { Metric, MetricParameters, MetricRow } from '../metric/metric.ts';
import type { QueryOptions } from '../session/query.ts';
import { buildMetricQuery, type MetricQueryOptions } from './build-metric-query.ts';

/** The roles of a table: those that its definition gives a column, and those that it derives without one. */
export type RolesOf<Table extends EventsTable> =
  | {
      [Role in RoleName]: Role extends keyof Table['roles']
        ? Table['roles'][Role] extends string
          ? Role
          : never
        : never;
    }[RoleName]
  | DerivedRolesOf<Table['derivedRoles'][number]>;

/** None where the compiler does not see the definition. */
type DerivedRolesOf<Derived extends RoleName> = RoleName extends Derived ? never : Derived;

/** Nothing when the table has every role of the metric; else a type that no metric has, naming the missing ones. */
export type NeedsRoles<Table extends EventsTable, M extends Metric> = [
  Exclude<M['roles'][number], RolesOf<Table>>,
] extends [never]
  ? unknown
  : { readonly 'the table has no column for': Exclude<M['roles'][number], RolesOf<Table>> };

/** The parameters of a metric over a table: broken down by what the table has a column for. */
export type ParametersFor<Table extends EventsTable, M extends Metric> = MetricParameters<M> &
  ([M['breakdowns'][number]] extends [never]
    ? unknown
    : { readonly by?: 'none' | PossibleBreakdown<M['breakdowns'][number], RolesOf<Table>> | undefined });

type PossibleBreakdown<By extends BreakdownName, Role> = By extends BreakdownName
  ? BreakdownRole<By> extends Role
    ? By
    : never
  : never;

/** An answer that has not been asked for yet. */
export interface MetricQuery<Row> {
  /** The statement as the engine gets it. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Kysely's tree of it. */
  readonly query: OperationNode;
  /** All rows. */
  rows(options?: QueryOptions): Promise<Row[]>;
  /** Rows as they come. Ending the loop early stops the engine. */
  stream(options?: QueryOptions): AsyncIterableIterator<Row>;
}

/**
 * A metric over a table, ready to run.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`, or `ROLE_MISSING` when the table lacks a column
 * @example
 * ```ts
 * for await (const row of metricQuery(lake.clickstream, topProducts, { from, to, limit: 1000 }).stream()) ...
 * ```
 */
export function metricQuery<
  Table extends EventsTable,
  Tables extends readonly EventsTable[],
  M extends Metric,
>(
  table: LakeTable<Table, Tables>,
  metric: M & NeedsRoles<Table, M>,
  parameters: ParametersFor<Table, M>,
): MetricQuery<MetricRow<M>> {
  return namedMetricQuery(table as unknown as LakeTable, metric, parameters) as MetricQuery<MetricRow<M>>;
}

/**
 * The rows of a metric over a table.
 *
 * @param parameters days as `YYYY-MM-DD` (UTC), both inside; other parameters as the metric declares them
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`, `ROLE_MISSING`, `LAKE_NOT_FOUND`, `QUERY_FAILED`
 * @example
 * ```ts
 * const rows = await runMetric(lake.clickstream, cartAbandonment, { from: '2019-10-01', to: '2019-10-31' });
 * // [{ period: '2019-10-01', cartSessions: 15432, abandonedSessions: 7601, ... }, ...]
 * ```
 */
export async function runMetric<
  Table extends EventsTable,
  Tables extends readonly EventsTable[],
  M extends Metric,
>(
  table: LakeTable<Table, Tables>,
  metric: M & NeedsRoles<Table, M>,
  parameters: ParametersFor<Table, M>,
  options?: QueryOptions,
): Promise<MetricRow<M>[]> {
  return metricQuery<Table, Tables, M>(table, metric, parameters).rows(options);
}

/**
 * {@link metricQuery} for callers that have names only: what the types would say is checked when it is called.
 *
 * @param asked a metric, or the name of one that ships or is in the lake's `metrics`
 * @param options `withHidden`: the answer also has the metric's hidden measures, which are the parts of its ratios
 * @throws HeadwaterError `METRIC_UNKNOWN`, `METRIC_PARAMETERS_INVALID`, or `ROLE_MISSING` when the table lacks a column
 */
export function namedMetricQuery(
  table: LakeTable,
  asked: Metric | string,
  parameters: unknown,
  options: MetricQueryOptions = {},
): MetricQuery<Record<string, unknown>> {
  const { db, metrics } = table[internals];
  const metric = typeof asked === 'string' ? metricOf(asked, metrics) : asked;
  const query = buildMetricQuery(table, metric, parameters, options).compile();
  // Kysely knows no option but the signal.
  const limited = ({ signal, maxScan }: QueryOptions) => {
    limitScan(query.query, maxScan);
    return signal ? { signal } : undefined;
  };
  const read = (row: unknown): Record<string, unknown> => metric.row.parse(row) as Record<string, unknown>;
  return {
    sql: query.sql,
    parameters: query.parameters,
    query: query.query,
    async rows(options = {}) {
      const result = await db.executeQuery(query, limited(options));
      return result.rows.map(read);
    },
    async *stream(options = {}) {
      const batches = db.getExecutor().stream(query, 1000, limited(options));
      for await (const { rows } of batches) for (const row of rows) yield read(row);
    },
  };
}
