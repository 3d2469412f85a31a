import type { EventsTable, RoleName } from '@headwater/core';
import type { OperationNode } from 'kysely';
import type { z } from 'zod';
import { limitScan } from '../guard/cost/scan-limit.ts';
import { reportFinish } from '../guard/finish-report.ts';
import { internals, type LakeTable } from '../lake/create-lake.ts';
import { metricOf } from '../library/registry.ts';
import type { BreakdownName, BreakdownRole } from '../metric/breakdown.ts';
import { withColumn } from '../metric/declared-columns.ts';
import type { Metric, MetricParameters, MetricRow } from '../metric/metric.ts';
import type { LeftOut } from '../metric/needs.ts';
import { once } from '../metric/once.ts';
import { rowCodec } from '../metric/row-codec.ts';
import type { PlainColumn, WhereFor } from '../metric/where.ts';
import { type AskedQuery, orFromEvents } from '../session/asked-query.ts';
import type { QueryOptions } from '../session/query.ts';
import { measuredMetric } from '../telemetry/measured-metric.ts';
import { type BuiltMetricQuery, buildMetricQuery, type MetricQueryOptions } from './build-metric-query.ts';
import { type RollupUse, rollupAnswer } from './rollup/rollup-answer.ts';

/** The roles of a table: those that its definition gives a column, and those that it derives without one. */
export type RolesOf<Table extends EventsTable> =
  | {
      [Role in RoleName]: Role extends keyof Table['roles']
        ? Table['roles'][Role] extends string | readonly [string, string]
          ? Role
          : never
        : never;
    }[RoleName]
  | DerivedRolesOf<Table['derivedRoles'][number]>;

/** None where the compiler does not see the definition. */
type DerivedRolesOf<Derived extends RoleName> = RoleName extends Derived ? never : Derived;

/** What a table has of what metrics need: its roles, and its actions as `action:<name>`. */
type HasOf<Table extends EventsTable> = RolesOf<Table> | `action:${Table['actions'][number]}`;

/** The measures of a metric that its answer about a table leaves out. */
type LeftOutOf<Table extends EventsTable, M extends Metric> = LeftOut<M['needs'], HasOf<Table>>;

/**
 * Nothing when the table has every role and action that the metric cannot do without; else a type that no metric has, naming
 * what is missing.
 */
export type NeedsRoles<Table extends EventsTable, M extends Metric> = [
  Exclude<M['roles'][number], RolesOf<Table>>,
] extends [never]
  ? [Exclude<M['actions'][number], Table['actions'][number]>] extends [never]
    ? [Exclude<keyof M['needs'], LeftOutOf<Table, M>>, keyof M['needs']] extends [never, infer Measure]
      ? [Measure] extends [never]
        ? unknown
        : { readonly 'the table has nothing to compute a measure of; each needs one of': LackedBy<M> }
      : unknown
    : { readonly 'the table has no action': Exclude<M['actions'][number], Table['actions'][number]> }
  : { readonly 'the table has no column for': Exclude<M['roles'][number], RolesOf<Table>> };

type LackedBy<M extends Metric> = M['needs'][keyof M['needs']][number][number];

/**
 * The rows of a metric over a table: without the measures that need what the table lacks, and with the column of the table that
 * they are broken down by, as text.
 */
export type RowFor<Table extends EventsTable, M extends Metric, By extends string = 'none'> = ([
  LeftOutOf<Table, M>,
] extends [never]
  ? MetricRow<M>
  : Omit<MetricRow<M>, LeftOutOf<Table, M>>) &
  ([Exclude<By, 'none' | BreakdownName>] extends [never]
    ? unknown
    : { readonly [Name in Exclude<By, 'none' | BreakdownName>]: string | null });

/**
 * The parameters of a metric over a table: broken down by what the table has a column for, and of the events that `where`
 * chooses.
 */
export type ParametersFor<Table extends EventsTable, M extends Metric> = ([M['breakdowns'][number]] extends [
  never,
]
  ? MetricParameters<M>
  : Omit<MetricParameters<M>, 'by'> & {
      readonly by?:
        | 'none'
        | PossibleBreakdown<M['breakdowns'][number], RolesOf<Table>>
        | ColumnBreakdown<Table, M>
        | undefined;
    }) & { readonly where?: WhereFor<Table> | undefined } & StepsOf<Table, M>;

/** The steps of a funnel are actions of the table. */
type StepsOf<Table extends EventsTable, M extends Metric> = M['name'] extends 'funnel'
  ? { readonly steps?: string | readonly Table['actions'][number][] | undefined }
  : unknown;

/** The columns of a table that a metric can be broken down by, where it can be by what events are about. */
type ColumnBreakdown<Table extends EventsTable, M extends Metric> = 'category' extends M['breakdowns'][number]
  ? Exclude<PlainColumn<Table>, keyof MetricRow<M>>
  : 'brand' extends M['breakdowns'][number]
    ? Exclude<PlainColumn<Table>, keyof MetricRow<M>>
    : never;

type PossibleBreakdown<By extends BreakdownName, Role> = By extends BreakdownName
  ? BreakdownRole<By> extends Role
    ? By
    : never
  : never;

/** Whether distinct counts may be estimates. */
type Approximate = Pick<MetricQueryOptions, 'approximate'>;

/** An answer that has not been asked for yet. */
export interface MetricQuery<Row> extends AskedQuery {
  /** The statement over the events, as the engine gets it. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Kysely's tree of it. */
  readonly query: OperationNode;
  /** All rows. */
  rows(options?: QueryOptions): Promise<Row[]>;
  /** By which rollup the rows would come now, or why they are computed from the events. */
  rollup(): Promise<RollupUse>;
  /** Rows as they come. Ending the loop early stops the engine. */
  stream(options?: QueryOptions): AsyncIterableIterator<Row>;
}

/**
 * A metric over a table, ready to run.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`; `ROLE_MISSING`, `ACTION_MISSING` or `METRIC_UNANSWERABLE` when the table
 *   lacks what the metric cannot do without
 * @example
 * ```ts
 * for await (const row of metricQuery(lake.clickstream, topProducts, { from, to, limit: 1000 }).stream()) ...
 * ```
 */
export function metricQuery<
  Table extends EventsTable,
  Tables extends readonly EventsTable[],
  M extends Metric,
  const By extends string = 'none',
>(
  table: LakeTable<Table, Tables>,
  metric: M & NeedsRoles<Table, M>,
  parameters: ParametersFor<Table, M> & { readonly by?: By | undefined },
  options: Approximate = {},
): MetricQuery<RowFor<Table, M, By>> {
  const { approximate } = options;
  return namedMetricQuery(table as unknown as LakeTable, metric, parameters, { approximate }) as MetricQuery<
    RowFor<Table, M, By>
  >;
}

/**
 * The rows of a metric over a table.
 *
 * @param parameters days as `YYYY-MM-DD`, both inside, of the zone of the question or the table (UTC by default); other parameters as the metric declares them
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
  const By extends string = 'none',
>(
  table: LakeTable<Table, Tables>,
  metric: M & NeedsRoles<Table, M>,
  parameters: ParametersFor<Table, M> & { readonly by?: By | undefined },
  options?: QueryOptions & Approximate,
): Promise<RowFor<Table, M, By>[]> {
  return metricQuery<Table, Tables, M, By>(table, metric, parameters, options).rows(options);
}

/**
 * {@link metricQuery} for callers that have names only: what the compiler checks there is checked at run time here.
 *
 * @param asked a metric, or the name of one that ships or is in the lake's `metrics`
 * @param options `approximate`: distinct counts may be estimates where a sketch has them; `withHidden`: the answer also has the metric's hidden measures, which are the parts of its ratios; `measures`: it has these alone
 * @throws HeadwaterError `METRIC_UNKNOWN`, `METRIC_PARAMETERS_INVALID`; `ROLE_MISSING`, `ACTION_MISSING` or `METRIC_UNANSWERABLE` when the table
 *   lacks what the metric cannot do without
 */
export function namedMetricQuery(
  table: LakeTable,
  asked: Metric | string,
  parameters: unknown,
  options: MetricQueryOptions = {},
): MetricQuery<Record<string, unknown>> {
  const { db, metrics } = table[internals];
  const metric = typeof asked === 'string' ? metricOf(asked, metrics) : asked;
  const begun = performance.now();
  const built = buildMetricQuery(table, metric, parameters, options);
  const query = built.query.compile();
  const compiled = performance.now() - begun;
  // Kysely knows no option but the signal.
  const limited = ({ signal, maxScan, onFinish }: QueryOptions, chosen = query) => {
    limitScan(chosen.query, maxScan);
    reportFinish(chosen.query, onFinish);
    return signal ? { signal } : undefined;
  };
  // Made with the first row: a statement that is only shown needs none.
  const codec = once(() => rowOf(metric, built));
  const read = (row: unknown): Record<string, unknown> => codec().parse(row) as Record<string, unknown>;
  const question = { table, metric, input: Object(parameters) as object, options };
  return {
    sql: query.sql,
    parameters: query.parameters,
    query: query.query,
    mayEstimate: options.approximate === true,
    rows: (options = {}) =>
      measuredMetric(
        { metric: metric.name, table: table.definition.schema.name, compiled },
        async (measure) => {
          const stored = options.noRollup ? undefined : await rollupAnswer(question);
          const result = await orFromEvents(stored?.query, (chosen) => {
            measure.rollup(chosen && stored?.use.isUsed ? stored.use.name : 'none');
            return db.executeQuery(chosen ?? query, limited(options, chosen));
          });
          return result.rows.map(read);
        },
      ),
    async rollup() {
      const { use } = await rollupAnswer(question);
      return use;
    },
    async statement(options = {}) {
      const stored = options.noRollup ? undefined : await rollupAnswer(question);
      return stored?.query ?? query;
    },
    async *stream(options = {}) {
      const stored = options.noRollup ? undefined : await rollupAnswer(question);
      // Begun with the first batch: until then, another statement can take the place of one that fails.
      const begun = await orFromEvents(stored?.query, async (chosen) => {
        const batches = db.getExecutor().stream(chosen ?? query, 1000, limited(options, chosen));
        return { batches, first: await batches.next() };
      });
      const { batches } = begun;
      try {
        for (let { first: next } = begun; !next.done; next = await batches.next())
          for (const row of next.value.rows) yield read(row);
      } finally {
        await batches.return?.();
      }
    },
  };
}

/** The rows of an answer: with the column that it is broken down by, and without those that it leaves out. */
function rowOf(metric: Metric, { breakdown, leftOut }: BuiltMetricQuery): z.ZodType {
  const row = breakdown?.source === undefined ? metric.row : rowCodec(withColumn(metric, breakdown));
  // By its shape, not by a class: a package of metrics may have another copy of zod.
  if (leftOut.size === 0 || !('omit' in row)) return row;
  const object = row as z.ZodObject;
  const names = [...leftOut].filter((name) => name in object.shape);
  return object.omit(Object.fromEntries(names.map((name) => [name, true])) as Record<string, never>);
}
