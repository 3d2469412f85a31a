import { type FlinkQuestionAsked, HeadwaterError, type RoleName } from '@headwater/core';
import { flinkQuestionNames } from '@headwater/core/internal';
import type { Compilable } from 'kysely';
import type { z } from 'zod';
import { type BreakdownName, type breakdowns, roleOfBreakdown } from './breakdown.ts';
import type { Chart } from './chart.ts';
import { columnsOf } from './declared-columns.ts';
import type { Dimension, DimensionValue } from './dimension.ts';
import type { Grain } from './grain.ts';
import { type Measure, type MeasureValue, partsOf } from './measure.ts';
import type { Metric, MetricContext } from './metric.ts';
import { type Need, type NeedsOf, needsOf } from './needs.ts';
import { once } from './once.ts';
import {
  type ParameterParts,
  type ParameterShape,
  type ParametersIn,
  type ParametersOut,
  parametersOf,
} from './parameters.ts';
import { rowCodec } from './row-codec.ts';

type DimensionMap = Readonly<Record<string, Dimension>>;
type MeasureMap = Readonly<Record<string, Measure>>;

/** Measures that are columns of the answer. */
type Shown<Measures extends MeasureMap> = {
  [Name in keyof Measures]: Measures[Name] extends { readonly isHidden: true } ? never : Name;
}[keyof Measures];

/** The rows that follow from declared columns. */
type RowOf<Dimensions extends DimensionMap, Measures extends MeasureMap, By extends BreakdownName> = Flat<
  {
    [Name in keyof Dimensions]: DimensionValue<Dimensions[Name]>;
  } & {
    [Name in Shown<Measures>]: MeasureValue<Measures[Name]>;
  } & {
    [Name in By]?: DimensionValue<(typeof breakdowns)[Name]['dimension']> | undefined;
  }
>;

/** The same type, written out where people see it. */
type Flat<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What the author of a metric writes. */
export interface MetricConfig<
  Name extends string,
  Required extends RoleName,
  Optional extends RoleName,
  Shape extends ParameterShape,
  OneGrain extends Grain,
  By extends BreakdownName,
  Dimensions extends DimensionMap,
  Measures extends MeasureMap,
  Action extends string = string,
  Lacking extends RoleName = never,
> extends ParameterParts<Shape, OneGrain, By> {
  /** Kebab-case. */
  readonly name: Name;
  /** The definition in words, exact enough to compute it by hand. */
  readonly definition: string;
  /** What happens to events without a session. */
  readonly nullSessions: string;
  /**
   * What happens to events without an actor. The rule of all metrics: they count in counts and amounts, are never among distinct
   * actors, belong to no cohort, and are no row of a list of actors. Defaults to that in words.
   */
  readonly nullActors?: string;
  /** The roles that it reads: its query sees their columns, and no other. */
  readonly roles: readonly Required[];
  /**
   * Those of `roles` that a table may lack: their column is then null in every event. The measures that make no sense without
   * one say so with `measure.needing`, and such an answer leaves them out.
   */
  readonly mayLack?: readonly Lacking[];
  /**
   * Whether a break-down by category, brand or product asks what was put in and not bought: a purchase that names no product would
   * then count as none. Such a question is refused where an item may be null and the definition has no `purchases`.
   */
  readonly needsPurchaseItems?: boolean;
  /** Roles that only some parameters ask for: `asks` says when. */
  readonly mayAsk?: readonly Optional[];
  /** What a question needs besides `roles` and `actions`, by its parameters. */
  asks?(parameters: ParametersOut<Shape, OneGrain, By>): readonly Need[];
  /** The actions without which the whole answer has no meaning, such as `purchase`. */
  readonly actions?: readonly Action[];
  /** Roles that it uses where a table has them; the query asks `context.has(role)`. */
  readonly optionalRoles?: readonly Optional[];
  /**
   * Whether the rows of a day are the same whichever range is asked, by the grains `hour` and `day`. Its answers can then be stored by day,
   * as rollups. A metric whose periods depend on where the range begins, as one that looks for the first visit of the range, is not.
   */
  readonly incremental?: boolean;
  /** The question of Flink that asks the same of a stream, with the parameters that follow from this definition. */
  readonly streaming?: FlinkQuestionAsked;
  /** Columns that say what a row is about. */
  readonly dimensions: Dimensions;
  /** Columns that say how much. A ratio names two other measures of the metric. */
  readonly measures: Measures & { readonly [Name in keyof Measures]: Measure<keyof Measures & string> };
  /** How an answer is drawn, with columns of that answer. */
  chart(
    parameters: ParametersOut<Shape, OneGrain, By>,
  ): Chart<NoInfer<(keyof Dimensions & string) | (Shown<Measures> & string) | By>>;
  /** Builds the query: one Kysely expression over `context.events()`. */
  query(context: MetricContext<ParametersOut<Shape, OneGrain, By>, Required | Optional>): Compilable;
}

/**
 * Declares a metric. Its parameters, the type and the JSON Schema of its rows, its chart's columns and its documentation
 * follow from what is declared here. A query that uses a column of a role that is not named does not compile, nor does a
 * chart that names a column that is not declared.
 *
 * @throws HeadwaterError `METRIC_INVALID` for a name that is not in kebab case, a column that is declared twice, or a ratio of
 *   measures that are not declared
 * @example see `library/daily-visitors.ts`, and `examples/ecommerce` for a metric of one's own
 */
export function defineMetric<
  const Name extends string,
  const Required extends RoleName,
  const Dimensions extends DimensionMap,
  const Measures extends MeasureMap,
  const Optional extends RoleName = never,
  const OneGrain extends Grain = never,
  const By extends BreakdownName = never,
  const Shape extends ParameterShape = Record<never, never>,
  const Action extends string = never,
  const Lacking extends Required = never,
>(
  config: MetricConfig<Name, Required, Optional, Shape, OneGrain, By, Dimensions, Measures, Action, Lacking>,
): Metric<
  Name,
  z.ZodType<ParametersOut<Shape, OneGrain, By>, ParametersIn<Shape, OneGrain, By>>,
  z.ZodType<RowOf<Dimensions, Measures, By>>,
  Exclude<Required, Lacking>,
  By,
  Action,
  NeedsOf<Measures>
> {
  const { parameters: _, grain: _grain, optionalRoles = [], breakdowns = [], ...own } = config;
  const { mayLack = [], mayAsk = [], actions = [] } = config;
  const lacking: ReadonlySet<RoleName> = new Set(mayLack);
  const { dimensions, measures } = config;
  const columns = { dimensions, measures, breakdowns };
  assertMetric(config.name, columns, Object.keys(config.parameters ?? {}), config.streaming);
  // Made when first used: a program that asks one metric loads many.
  const parameters = once(() => parametersOf(config));
  const row = once(() => rowCodec(columns) as z.ZodType<RowOf<Dimensions, Measures, By>>);
  return {
    ...own,
    ...columns,
    nullActors: config.nullActors ?? nullActorsOf(config.roles),
    roles: config.roles.filter((role): role is Exclude<Required, Lacking> => !lacking.has(role)),
    actions,
    mayLack,
    needs: needsOf(measures) as NeedsOf<Measures>,
    optionalRoles: [...mayLack, ...optionalRoles],
    mayRead: [
      ...new Set([
        ...config.roles,
        ...optionalRoles,
        ...mayAsk,
        ...breakdowns.flatMap((one) => roleOfBreakdown(one) ?? []),
      ]),
    ],
    namesActors: Object.values(dimensions).some(({ kind }) => kind === 'actor'),
    additive: Object.keys(measures).filter((name) => isAdditive(measures[name])),
    get parameters() {
      return parameters();
    },
    get row() {
      return row();
    },
  };
}

const nullActorsOf = (roles: readonly RoleName[]): string =>
  roles.includes('actor')
    ? 'They count in counts and amounts, and are not among the distinct actors.'
    : 'Actors play no part: all events count.';

const isAdditive = (one: Measure | undefined): boolean =>
  one !== undefined && one.additive !== 'none' && one.isHidden !== true;

const ownParameters: ReadonlySet<string> = new Set(['from', 'to', 'grain', 'by', 'zone']);

function assertMetric(
  metric: string,
  columns: Pick<Metric, 'dimensions' | 'measures' | 'breakdowns'>,
  parameters: readonly string[],
  streaming: FlinkQuestionAsked | undefined,
): void {
  const fail = (problem: string): never => {
    throw new HeadwaterError('METRIC_INVALID', { metric, problem });
  };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(metric))
    fail('its name is not in kebab case, such as repeat-views');
  const names = columnsOf(columns).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) fail(`two of its columns are called ${twice}`);
  for (const [name, one] of Object.entries(columns.measures)) {
    const missing = partsOf(one).find((part) => !Object.hasOwn(columns.measures, part));
    if (missing !== undefined) fail(`${name} is computed of ${missing}, which is not one of its measures`);
  }
  if (streaming !== undefined && !flinkQuestionNames.includes(streaming.question))
    fail(
      `it asks ${String(streaming.question)} of a stream, which is none of ${flinkQuestionNames.join(', ')}`,
    );
  const taken = parameters.find((name) => ownParameters.has(name));
  if (taken !== undefined)
    fail(`its parameter ${taken} has a meaning already; grain and breakdowns declare grain and by`);
}
