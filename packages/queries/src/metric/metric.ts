import type { ActionName, RoleName } from '@headwater/core';
import type { Compilable, Expression, QueryCreator, SqlBool } from 'kysely';
import type { z } from 'zod';

/** An id as the lake stores it. */
type Id = string | number | bigint;

/** Events as metrics see them: columns by role. */
export interface MetricEvents {
  time: Date;
  actor: Id;
  session: Id | null;
  action: string;
  item: Id | null;
  category: Id | null;
  brand: string | null;
  amount: number | null;
  quantity: number | null;
  order: Id | null;
}

/** The events a metric may use: the columns of the roles that it names, and no other. */
export type EventsOf<Role extends RoleName> = { events: Pick<MetricEvents, Role | 'time'> };

/** Days read beside the range, because a session may begin before it or end after it. */
export interface Margin {
  readonly before?: number;
  readonly after?: number;
}

/** What a metric's query is built from. */
export interface MetricContext<Parameters, Role extends RoleName> {
  readonly parameters: Parameters;
  /** The values of the action column, by what they mean. */
  readonly actions: Readonly<Record<ActionName, string>>;
  /** First instant of the range. */
  readonly start: Date;
  /** A query over `events`: those of the range, and of whole days beside it when a margin is given. */
  events(margin?: Margin): QueryCreator<EventsOf<Role>>;
  /** Whether an instant is in the range itself. */
  inRange(time: Expression<Date>): Expression<SqlBool>;
}

/** How a metric is drawn, as data for any chart library. */
export interface Chart {
  readonly mark: 'line' | 'bar' | 'heatmap' | 'table';
  /** Column along the axis. */
  readonly x: string;
  /** Columns drawn as values. */
  readonly y: readonly string[];
  /** Column that separates series. */
  readonly series?: string;
}

/** One question with one exact answer: parameters, roles, query, rows, words and chart. */
export interface Metric<
  Name extends string = string,
  Parameters extends z.ZodType = z.ZodType,
  Row extends z.ZodType = z.ZodType,
  Role extends RoleName = RoleName,
> {
  /** Kebab-case, as in its file's name. */
  readonly name: Name;
  /** The definition in words, exact enough to compute it by hand. */
  readonly definition: string;
  /** What happens to events without a session. */
  readonly nullSessions: string;
  /** The columns that it needs. */
  readonly roles: readonly Role[];
  // Methods, here and below, so that a metric of particular parameters is also a metric of any.
  /** Columns that some parameters need besides. */
  rolesFor?(parameters: z.output<Parameters>): readonly Role[];
  readonly parameters: Parameters;
  /** Reads an engine's row into the JSON row. */
  readonly row: Row;
  /** Whether its rows are single actors, by their ids: what is kept for later is not to hold them unasked. */
  readonly namesActors?: boolean;
  /** Row columns whose sum over the days of a range is their value over the whole range. Empty when there are none. */
  readonly additive: readonly string[];
  readonly chart: Chart;
  /**
   * Builds the query, from a {@link MetricContext} of its parameters and roles. The parameter is `never`, so that no caller
   * compares contexts: TypeScript 5.9 finds those of two metrics unrelated, and 6 and 7 need 250,000 instantiations to relate them.
   */
  query(context: never): Compilable;
}

/** The rows of a metric. */
export type MetricRow<M extends Metric> = z.output<M['row']>;
/** What a caller gives; defaults may be left out. */
export type MetricParameters<M extends Metric> = z.input<M['parameters']>;

/**
 * Declares a metric. The query can use the columns of the named roles only; another does not compile.
 *
 * @example see `metrics/daily-visitors.ts`
 */
export function defineMetric<
  const Name extends string,
  Parameters extends z.ZodType,
  Row extends z.ZodType,
  const Required extends RoleName,
  const Optional extends RoleName = never,
>(
  metric: Omit<
    Metric<Name, Parameters, Row, Required | Optional>,
    'roles' | 'rolesFor' | 'additive' | 'query'
  > & {
    readonly roles: readonly Required[];
    rolesFor?(parameters: z.output<Parameters>): readonly Optional[];
    readonly additive: readonly (keyof z.output<Row> & string)[];
    query(context: MetricContext<z.output<Parameters>, Required | Optional>): Compilable;
  },
): Metric<Name, Parameters, Row, Required | Optional> & { readonly roles: readonly Required[] } {
  return metric;
}
