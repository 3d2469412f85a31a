import { type EventsTable, HeadwaterError, type InferRow } from '@headwater/core';
import { readName } from '@headwater/core/internal';
import { expressionBuilder, Kysely, type SelectQueryBuilder } from 'kysely';
import { partitionDay } from '../functions/functions.ts';
import { scanLimitPlugin } from '../guard/cost/scan-limit.ts';
import { declareUnbounded } from '../guard/cost/unbounded-scan.ts';
import { guardedSession } from '../guard/guarded-session.ts';
import { type GuardOptions, QueryGuard } from '../guard/query-guard.ts';
import { type MetricRegistry, metricRegistry } from '../library/registry.ts';
import type { Metric } from '../metric/metric.ts';
import { daysOf, type TimeBound, type TimeRange, timeRangeBetween } from '../range/time-range.ts';
import type { LakeEngine, LakeSession } from '../session/lake-engine.ts';
import type { LakeDatabase, ListedDatabase } from './lake-database.ts';
import { conditionsInDays } from './range-conditions.ts';

/** The key of a lake's internals, for the functions of this package. */
export const internals: unique symbol = Symbol('headwater lake');

/** A lake's internals. */
export interface LakeInternals {
  readonly session: LakeSession;
  readonly guard: QueryGuard;
  /** Without the tables' types, because a metric sees every table through its roles. */
  readonly db: Kysely<Record<string, Record<string, unknown>>>;
  /** The metrics that ship, and the lake's own. */
  readonly metrics: MetricRegistry;
}

/** A select over one table of the lake, without columns yet. */
export type TableSelect<
  Table extends EventsTable,
  Tables extends readonly EventsTable[],
> = SelectQueryBuilder<
  // Written here: a compiler prints the members of a type without a name.
  ListedDatabase<
    {
      [Column in keyof InferRow<Table> as string extends InferRow<Table>[Column]
        ? never
        : InferRow<Table>[Column] extends string | null
          ? Column
          : never]: InferRow<Table>[Column];
    },
    Tables
  >,
  Table['name'] & keyof LakeDatabase<Tables>,
  object
>;

/** Options of one query over a range. */
export interface BoundedOptions {
  readonly maxScan?: string | number | undefined;
}

/** One table of a lake. It is read between two times; reading all of it takes an explicit call. */
export interface LakeTable<
  Table extends EventsTable = EventsTable,
  Tables extends readonly EventsTable[] = readonly EventsTable[],
> {
  readonly definition: Table;
  /**
   * Starts a query over the events of a time range. It has literal predicates on the partition's day, so that only the files
   * of those days are opened, and on the event time.
   *
   * @param from a day `YYYY-MM-DD` or an instant, inclusive. Days are those of the table's zone, which is UTC by default
   * @param to a day, inclusive, or an instant, exclusive
   * @param options `maxScan`: the maximum that this query may read, such as `5 GB`. Defaults to the lake's own maximum
   * @throws HeadwaterError `OPTION_INVALID` for bounds that are not times, or a `to` before `from`; when the query runs,
   *   `SCAN_BUDGET_EXCEEDED`, and `SCAN_UNBOUNDED` when a join or a query inside it would read every day of a table
   * @example
   * ```ts
   * const brands = await lake.clickstream
   *   .between('2019-10-01', '2019-10-07')
   *   .select(({ fn }) => ['brand', fn.sum<string>('price').as('spent')])
   *   .where('event_type', '=', 'purchase')
   *   .groupBy('brand')
   *   .execute();
   * ```
   */
  between(from: TimeBound, to: TimeBound, options?: BoundedOptions): TableSelect<Table, Tables>;
  /**
   * Starts a query over all events. It reads every file of the table. Tables that the query joins are bounded, or have an
   * `unboundedScan` of their own.
   */
  unboundedScan(): TableSelect<Table, Tables>;
  readonly [internals]: LakeInternals;
}

/** A lake: its tables by name. Close it with {@link closeLake}, or declare it with `await using` (Node 24, or compiled). */
export type Lake<Tables extends readonly EventsTable[] = readonly EventsTable[]> = {
  readonly [Table in Tables[number] as Table['name']]: LakeTable<Table, Tables>;
} & { readonly [internals]: LakeInternals; [Symbol.asyncDispose](): Promise<void> };

/** The tables of a lake, the engine that reads them, and metrics of one's own. */
export interface LakeConfig<Tables extends readonly EventsTable[]> extends GuardOptions {
  readonly tables: Tables;
  readonly engine: LakeEngine;
  /** Metrics of one's own, made by `defineMetric`. They can be asked by name, as those that ship can. */
  readonly metrics?: readonly Metric[] | undefined;
}

/**
 * A lake to ask questions of. The engine starts, and the manifests are read, with the first query. Each query sees the newest
 * commit at its start and keeps it to its end, unless `refresh` is `never`.
 *
 * @throws HeadwaterError `OPTION_INVALID`, or `METRIC_INVALID` for a metric of one's own whose name another metric has
 * @example
 * ```ts
 * const lake = createLake({ tables: [clickstream], engine: duckdbEngine({ lake: './lake' }) });
 * const rows = await runMetric(lake.clickstream, dailyVisitors, { from: '2019-10-01', to: '2019-10-31' });
 * await closeLake(lake);
 * ```
 */
export function createLake<const Tables extends readonly EventsTable[]>(
  config: LakeConfig<Tables>,
): Lake<Tables> {
  const metrics = metricRegistry(config.metrics);
  const schemas = config.tables.map((table) => table.schema);
  if (config.refresh === 'never' && config.engine.reads !== 'manifests')
    throw alwaysFresh(config.engine.name);
  const opened = config.engine.open(schemas, config.refresh);
  const guard = new QueryGuard(opened, schemas, config);
  const session = guardedSession(opened, guard);
  const db: LakeInternals['db'] = new Kysely({ dialect: session.dialect });
  const shared: LakeInternals = { session, guard, db, metrics };
  const tables = config.tables.map((definition) => [definition.name, createTable(definition, shared)]);
  const lake = {
    ...Object.fromEntries(tables),
    [internals]: shared,
    [Symbol.asyncDispose]: () => close(shared),
  };
  // The names are those of `Tables`; an object made from entries does not keep them.
  return lake as unknown as Lake<Tables>;
}

/** How a lake is closed. */
export interface CloseOptions {
  /** Seconds to wait for queries that run; those that still run then fail with `LAKE_CLOSED`. Defaults to 30, at most 86400. */
  readonly timeoutSeconds?: number | undefined;
}

/** The metrics of a lake by name: those that ship, and its own. */
export const metricsOf = (lake: Pick<Lake, typeof internals>): MetricRegistry => lake[internals].metrics;

/**
 * Closes a lake: no query begins any more, those that run may end, and then the engine stops. A query on a closed lake fails
 * with `LAKE_CLOSED`. Closing twice does nothing more.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example await closeLake(lake, { timeoutSeconds: 5 });
 */
export async function closeLake(lake: Pick<Lake, typeof internals>, options?: CloseOptions): Promise<void> {
  await close(lake[internals], options);
}

async function close(
  { guard, session }: LakeInternals,
  { timeoutSeconds = 30 }: CloseOptions = {},
): Promise<void> {
  if (!(timeoutSeconds >= 0 && timeoutSeconds <= 86_400)) {
    const expected = 'seconds, from 0 to 86400';
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'timeoutSeconds',
      value: String(timeoutSeconds),
      expected,
    });
  }
  await guard.queries.close(timeoutSeconds);
  await session.close();
}

const alwaysFresh = (engine: string): HeadwaterError =>
  new HeadwaterError('OPTION_INVALID', {
    option: 'refresh',
    value: 'never',
    expected: `query: ${engine} always reads the newest rows`,
  });

/**
 * The table of this name, for callers that know tables by name only.
 * @throws HeadwaterError `TABLE_UNKNOWN`
 */
export function tableOf(lake: object, name: string): LakeTable {
  const known = Object.keys(lake);
  if (!known.includes(name)) throw new HeadwaterError('TABLE_UNKNOWN', { table: name, known });
  return (lake as Readonly<Record<string, LakeTable>>)[name] as LakeTable;
}

const { ref } = expressionBuilder<Record<string, Record<string, Date>>, string>();

/** A select over `name` with the literal predicates of a range in place. */
export function boundedSelect(
  shared: LakeInternals,
  definition: EventsTable,
  range: TimeRange,
  { maxScan }: BoundedOptions = {},
) {
  const [first, last] = daysOf(range);
  const { time } = definition.schema.partitioning;
  const { name } = definition;
  const db = maxScan === undefined ? shared.db : shared.db.withPlugin(scanLimitPlugin(maxScan));
  const days = db
    .selectFrom(sourceOf(shared, definition))
    .where(`${name}.dt`, '>=', partitionDay(first))
    .where(`${name}.dt`, '<=', partitionDay(last));
  return conditionsInDays(range, ref(`${name}.${time}`)).reduce(
    (query, condition) => query.where(condition),
    days,
  );
}

/** The relation that a table is read from, under the table's name: itself, or the view over its renamed columns. */
function sourceOf({ session }: LakeInternals, { name, schema }: EventsTable): string {
  const source = session.readsView ? readName(schema, session.permissionClass) : name;
  return source === name ? name : `${source} as ${name}`;
}

function createTable(definition: EventsTable, shared: LakeInternals): LakeTable {
  return {
    definition,
    [internals]: shared,
    between: (from, to, options) =>
      boundedSelect(
        shared,
        definition,
        timeRangeBetween(from, to, definition.schema.zone),
        options,
      ) as unknown as TableSelect<EventsTable, readonly EventsTable[]>,
    unboundedScan: () => {
      const query = shared.db.selectFrom(sourceOf(shared, definition));
      declareUnbounded(query.toOperationNode());
      return query as unknown as TableSelect<EventsTable, readonly EventsTable[]>;
    },
  };
}
