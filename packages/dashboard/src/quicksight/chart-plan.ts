import { type EventsTable, HeadwaterError } from '@headwater/core';
import { type AnswerColumn, describeAnswer, type Metric, metricStatement, piiOf } from '@headwater/queries';
import type { PeriodLength } from '../chart/chart-answer.ts';
import { chartOfAnswer } from '../chart/chart-of-answer.ts';
import type { ChartSpec } from '../chart/chart-spec.ts';
import { drawnMeasures } from '../chart/drawn-measures.ts';
import { type Aggregation, aggregationOf, type GroupKind, quotientOf } from './aggregation.ts';
import type { BoardChart } from './board-charts.ts';
import {
  type DataSetPlan,
  dataSetSql,
  longerPeriods,
  plannedRoleColumns,
  type SelectedColumn,
  selectedColumn,
  stepColumns,
} from './data-set-plan.ts';
import {
  chosenGrains,
  dayOf,
  everything,
  type FilterName,
  type ParameterName,
  placeholder,
} from './parameters.ts';
import type { RowRoles } from './row-roles.ts';

/** What a statement may have at most (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CustomSql.html). */
const mostSql = 168_000;

/** What the plans of all charts follow from. */
export interface PlanContext {
  readonly table: EventsTable;
  readonly metrics: Readonly<Partial<Record<string, Metric>>>;
  readonly mode: 'direct' | 'spice';
  readonly roles: RowRoles | undefined;
  /** The columns that a reader may filter by. */
  readonly filters: Readonly<Partial<Record<FilterName, string>>>;
  /** Whether somebody may see a class of personal data. */
  readonly isVisible: (pii: AnswerColumn['pii']) => boolean;
  /** The days that SPICE stores. */
  readonly storedDays: { readonly from: string; readonly to: string };
  /** The table as Athena names it. */
  readonly source: string;
  /** Whose SQL is written; QuickSight reads that of Trino from Athena. */
  readonly engine: 'trino' | 'duckdb';
}

/** A chart with all that its visual is made of. */
export interface ChartPlan {
  readonly chart: BoardChart;
  readonly spec: ChartSpec;
  readonly columns: readonly AnswerColumn[];
  readonly dataSet: DataSetPlan;
  /** How each measure of the visual is aggregated, by its column in the answer. */
  readonly aggregations: ReadonlyMap<string, Exclude<Aggregation, { kind: 'refused' }>>;
  /** Whether periods are put together by the calculated field that follows the grain, in SPICE. */
  readonly regroups: boolean;
}

/** A chart that is left out, with the reason in words. */
export interface ChartRefused {
  readonly chart: BoardChart;
  readonly reason: string;
}

/** Plans a chart: the description that the page draws as well, and the data set whose rows it is of; or why there is none. */
export function planChart(chart: BoardChart, context: PlanContext): ChartPlan | ChartRefused {
  try {
    return planned(chart, context);
  } catch (error) {
    if (error instanceof HeadwaterError) return { chart, reason: error.message };
    throw error;
  }
}

/** The columns of an answer are the same for any days. */
const anyRange = { from: '2000-01-01', to: '2000-01-02' } as const;

function planned(chart: BoardChart, context: PlanContext): ChartPlan | ChartRefused {
  const { table, metrics, mode } = context;
  const refuse = (reason: string): ChartRefused => ({ chart, reason });
  const metric = metrics[chart.metric];
  if (!metric) return refuse(`there is no metric ${chart.metric}`);
  const grain = mode === 'spice' || chart.hasGrain ? 'day' : chart.parameters['grain'];
  const asked = { ...chart.parameters, ...(grain === undefined ? {} : { grain }) };
  const options = { schema: table.schema, withHidden: true };
  // A ranking is incremental by the groups of each day, and has no answer by day that could be stored.
  const hasDays =
    metric.incremental === true && metric.parameters.safeParse({ ...anyRange, ...asked }).success;
  // As the page asks it: a chart of the whole range is one, even where its rows are stored by day.
  const described = describeAnswer(metric, chart.hasGrain ? asked : chart.parameters, options);
  const stored = mode === 'spice' && hasDays ? describeAnswer(metric, asked, options) : described;
  // A brand or an item may be a person, and the id of a visitor an address: the class is that of the table's own column.
  const columns = stored.columns.map((one) => ({ ...one, pii: piiOf(one, table.schema) }));
  const lacking = chart.measures?.find((name) => !columns.some((one) => one.name === name));
  if (lacking !== undefined) return refuse(`the table has no columns for ${lacking}`);
  const hidden = columns.find(({ pii }) => !context.isVisible(pii));
  if (hidden)
    return refuse(
      `its column ${hidden.name} is personal data (${hidden.pii}), and quicksight.personalData names nobody who may see it`,
    );
  const shape = { ...described, range: anyRange, grain: grainOf(metric, chart, asked) };
  const { mark, measures, title } = chart;
  const spec = chartOfAnswer(shape, { mark, measures, title });
  if (mode === 'spice' && !hasDays)
    return refuse(
      `SPICE stores the rows of each day, and an answer of ${metric.name} does not follow from those: it ranks the range, or looks at the days before it`,
    );
  const group: GroupKind = spec.mark === 'kpi' ? 'mean-of-days' : isOfDays(spec, mode) ? 'days' : 'row';
  const aggregations = new Map<string, Exclude<Aggregation, { kind: 'refused' }>>();
  for (const { column } of drawnMeasures(spec)) {
    const own = columns.find((one) => one.name === column);
    const found = own && aggregationOf(own, columns, group);
    if (!found || found.kind === 'refused')
      return refuse(
        `${mode === 'spice' ? 'SPICE stores the rows of each day: ' : ''}${found?.reason ?? `no column ${column}`}`,
      );
    aggregations.set(column, found);
  }
  const regroups =
    mode === 'spice' &&
    chart.hasGrain &&
    [...aggregations.keys()].every((name) => followsDays(columns, name));
  const dataSet = dataSetOf(chart, metric, spec, columns, context);
  if (dataSet.sql.length > mostSql)
    return refuse(
      `its statement has ${dataSet.sql.length} letters, and QuickSight takes ${mostSql}: each role adds a statement, and in a zone with summer time each year does; aws.lastDay says when the days end`,
    );
  return { chart, spec, columns, dataSet, aggregations, regroups };
}

/** Whether a value of several days follows from those of the days. */
const followsDays = (columns: readonly AnswerColumn[], name: string): boolean => {
  const column = columns.find((one) => one.name === name);
  return column !== undefined && aggregationOf(column, columns, 'days').kind !== 'refused';
};

/** The length of the periods of the answer that a chart is of. */
function grainOf(metric: Metric, chart: BoardChart, asked: object): PeriodLength | undefined {
  const read = metric.parameters.safeParse({
    from: '2000-01-01',
    to: '2000-01-01',
    ...(chart.hasGrain ? asked : chart.parameters),
  });
  return read.success ? (Object(read.data).grain as PeriodLength | undefined) : undefined;
}

/** Whether a group of the visual is of several rows that SPICE stores. */
const isOfDays = (spec: ChartSpec, mode: 'direct' | 'spice'): boolean =>
  mode === 'spice' &&
  spec.mark !== 'line' &&
  !(spec.mark === 'table' && spec.table.some((one) => !('format' in one) && one.kind === 'time'));

function dataSetOf(
  chart: BoardChart,
  metric: Metric,
  spec: ChartSpec,
  columns: readonly AnswerColumn[],
  context: PlanContext,
): DataSetPlan {
  const { table, mode, roles, storedDays } = context;
  const { grain: fixed, ...others } = chart.parameters;
  const isStored = mode === 'spice';
  const steps =
    spec.mark === 'funnel' && spec.steps.kind === 'columns' ? stepColumns(spec.steps.columns) : undefined;
  // A ratio of sums is a calculated field of the analysis, by its name.
  const selected = columns.filter((one) => quotientOf(one, columns) === undefined).map(selectedColumn);
  const period = selected.find(({ type }) => type === 'DATETIME');
  const own: readonly SelectedColumn[] = steps
    ? [...(isStored && period ? [period] : []), ...steps.columns]
    : [...selected, ...(isStored && period ? longerPeriods(period) : [])];
  const filters = isStored ? [] : (Object.entries(context.filters) as [FilterName, string][]);
  const write = (condition: ((column: string) => string) | undefined): string =>
    metricStatement({
      table,
      metric,
      withHidden: true,
      engine: context.engine,
      source: context.source,
      parameters: {
        ...others,
        ...(isStored ? { grain: 'day' } : fixed === undefined || chart.hasGrain ? {} : { grain: fixed }),
      },
      days: isStored ? storedDays : { fromSql: dayOf('From'), toSql: dayOf('To') },
      ...(!isStored && chart.hasGrain ? { grain: { sql: placeholder('Grain'), of: chosenGrains } } : {}),
      where: conditionsOf(filters, roles?.column, condition),
    });
  const answers = roles
    ? roles.roles.map(({ name, condition }) => ({ role: name, sql: write(condition) }))
    : [{ sql: write(undefined) }];
  const parameters: ParameterName[] = isStored
    ? []
    : ['From', 'To', ...(chart.hasGrain ? (['Grain'] as const) : []), ...filters.map(([name]) => name)];
  const id = [
    metric.name,
    ...Object.entries(others)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}-${value}`.replaceAll(/[^\w-]/g, '-').replaceAll('_', '-')),
    ...(isStored ? ['daily'] : fixed === 'day' && !chart.hasGrain ? ['days'] : []),
    ...(steps ? ['steps'] : []),
  ].join('-');
  return {
    id,
    title: `${table.name}: ${id.replaceAll('-', ' ')}`,
    sql: dataSetSql(answers, own, steps?.from),
    columns: [...(roles ? plannedRoleColumns : []), ...own.map(({ expression: _, ...column }) => column)],
    parameters,
    mode,
  };
}

/** The conditions on columns: that of a filter, whose value for everything is always there, and that of a role. */
function conditionsOf(
  filters: readonly (readonly [FilterName, string])[],
  roleColumn: string | undefined,
  ofRole: ((column: string) => string) | undefined,
): Readonly<Record<string, (column: string) => string>> {
  const conditions = new Map<string, ((column: string) => string)[]>();
  const add = (column: string, condition: (by: string) => string) =>
    conditions.set(column, [...(conditions.get(column) ?? []), condition]);
  for (const [name, column] of filters)
    add(
      column,
      (by) =>
        `('${everything}' in (${placeholder(name)}) or cast(${by} as varchar) in (${placeholder(name)}))`,
    );
  if (roleColumn !== undefined && ofRole) add(roleColumn, ofRole);
  return Object.fromEntries(
    [...conditions].map(([column, list]) => [
      column,
      (by: string) => list.map((one) => one(by)).join(' and '),
    ]),
  );
}
