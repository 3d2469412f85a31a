import type { ActionName, FlinkQuestionAsked, RoleName } from '@headwater/core';
import type { Compilable, Expression, QueryCreator, SqlBool } from 'kysely';
import type { z } from 'zod';
import type { BreakdownName, NamedBreakdown } from './breakdown.ts';
import type { Chart } from './chart.ts';
import type { Dimension } from './dimension.ts';
import type { Measure } from './measure.ts';
import type { MeasureNeeds, Need } from './needs.ts';

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
  /** Amount of the event: times its quantity where the table's amount is the price of one unit. */
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

/** What a metric's query is built from. It does not know the engine. */
export interface MetricContext<Parameters, Role extends RoleName> {
  readonly parameters: Parameters;
  /** The values of the action column, by what they mean; for an action that the table lacks, a value that no event has. */
  readonly actions: Readonly<Record<ActionName, string>>;
  /** First instant of the range. */
  readonly start: Date;
  /** The break-down that is asked for with `by`. */
  readonly breakdown: NamedBreakdown | undefined;
  /** Whether the hidden measures are columns of the answer too. */
  readonly withHidden: boolean;
  /** Whether the table has the column of an optional role. */
  has(role: Role): boolean;
  /** A query over `events`: those of the range, and of whole days beside it when a margin is given. */
  events(margin?: Margin): QueryCreator<EventsOf<Role>>;
  /** Whether an instant is in the range itself. */
  inRange(time: Expression<Date>): Expression<SqlBool>;
}

/** One question with one exact answer: parameters, roles, query, columns, words and chart. Made by `defineMetric`. */
export interface Metric<
  Name extends string = string,
  Parameters extends z.ZodType = z.ZodType,
  Row extends z.ZodType = z.ZodType,
  Role extends RoleName = RoleName,
  By extends BreakdownName = BreakdownName,
  Action extends string = string,
  NeedsOfMeasures extends MeasureNeeds = MeasureNeeds,
> {
  /** Kebab-case, as in its file's name. */
  readonly name: Name;
  /** The definition in words, exact enough to compute it by hand. */
  readonly definition: string;
  /** What happens to events without a session. */
  readonly nullSessions: string;
  /** What happens to events without an actor. */
  readonly nullActors: string;
  /** The roles that it needs. */
  readonly roles: readonly Role[];
  /** The actions that it needs. */
  readonly actions: readonly Action[];
  /** What each measure needs besides; the answer leaves out those whose needs the table lacks. */
  readonly needs: NeedsOfMeasures;
  /** Roles that only some parameters ask for. */
  readonly mayAsk?: readonly RoleName[] | undefined;
  /**
   * What a question needs besides, by its parameters: roles, and actions as `action:cart`. The parameter is `never`, as that of
   * {@link query}.
   */
  asks?(parameters: never): readonly Need[];
  /** Whether a break-down by what events are about compares purchases with other events, so that it has to know what each is of. */
  readonly needsPurchaseItems?: boolean;
  /** Roles that its query always reads: null in every event where a table lacks them. */
  readonly mayLack: readonly RoleName[];
  /** Roles that it uses where a table has them; its definition says how the answer differs. */
  readonly optionalRoles: readonly RoleName[];
  /** What it can be broken down by. Each needs its role, when it is asked for. */
  readonly breakdowns: readonly By[];
  /**
   * The question of Flink that asks the same of a stream, with its parameters. `deriveFlinkJob(schema, { metrics: [metric], ... })` has its
   * SQL, and says where its answer is not that of the metric. Absent where a window of a stream has no such meaning.
   */
  readonly streaming?: FlinkQuestionAsked | undefined;
  /**
   * Whether its rows of a day are the same whichever range is asked, so that they can be stored and put together. For a metric without periods:
   * whether what it groups, before it ranks, is.
   */
  readonly incremental?: boolean | undefined;
  /** All roles that it may read where a table has them: those above, and those of break-downs. */
  readonly mayRead: readonly RoleName[];
  readonly parameters: Parameters;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly measures: Readonly<Record<string, Measure>>;
  /** Reads an engine's row into the JSON row. */
  readonly row: Row;
  /** Whether its rows are single actors, by their ids: its answers are not cached by default. */
  readonly namesActors: boolean;
  /** Measures whose sum over the days of a range is their value over the whole range. */
  readonly additive: readonly string[];
  /** How the answer to these parameters is drawn. */
  chart(parameters: z.output<Parameters>): Chart;
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
