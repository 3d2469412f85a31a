import type { RoleName } from '@headwater/core';
import { describeOptions, type OptionDescription } from '@headwater/core/internal';
import { type AnswerColumn, type AnswerOptions, answerColumns, withAnyRange } from './answer-columns.ts';
import { answerZone, type ZoneSource, zoneWords } from './answer-zone.ts';
import { type BreakdownName, breakdowns, roleOfBreakdown } from './breakdown.ts';
import type { Chart } from './chart.ts';
import type { Metric } from './metric.ts';
import { needText } from './needs.ts';
import { readQuestion } from './question.ts';

/** A metric as plain data: for a help text, a form, a page of documentation. */
export interface MetricDescription {
  readonly name: string;
  readonly definition: string;
  readonly nullSessions: string;
  readonly nullActors: string;
  readonly roles: readonly RoleName[];
  /** The actions that it needs. */
  readonly actions: readonly string[];
  /** What single measures need besides, in words: an answer leaves out those whose needs a table lacks. */
  readonly measureNeeds: readonly MeasureNeed[];
  /** Roles that change the answer where a table has them. */
  readonly optionalRoles: readonly RoleName[];
  /** Roles that only some parameters ask for. */
  readonly askedRoles: readonly RoleName[];
  /** The values of `by`, with the role that each needs. */
  readonly breakdowns: readonly BreakdownDescription[];
  readonly parameters: readonly ParameterDescription[];
}

/** What measures need, such as `the role session or order`. */
export interface MeasureNeed {
  readonly need: string;
  readonly measures: readonly string[];
}

/** One value of the parameter `by`. */
export interface BreakdownDescription {
  readonly name: BreakdownName;
  readonly description: string;
  readonly role?: RoleName;
}

/** One parameter of a metric. */
export type ParameterDescription = OptionDescription;

/**
 * What a metric is, as plain data, read from its own declaration.
 *
 * @param source the table that is asked, or a zone: the words then name its zone in place of UTC
 */
export function describeMetric(metric: Metric, source: ZoneSource = {}): MetricDescription {
  const { name, nullActors, roles, actions, optionalRoles } = metric;
  const zone = answerZone(source);
  return {
    name,
    definition: zoneWords(metric.definition, zone),
    nullSessions: zoneWords(metric.nullSessions, zone),
    nullActors,
    roles,
    actions,
    measureNeeds: measureNeeds(metric),
    optionalRoles,
    askedRoles: metric.mayAsk ?? [],
    breakdowns: metric.breakdowns.map((one) => {
      const role = roleOfBreakdown(one);
      const description = zoneWords(breakdowns[one].dimension.description, zone);
      return { name: one, description, ...(role === undefined ? {} : { role }) };
    }),
    parameters: describeOptions(metric.parameters),
  };
}

/** Needs in words, each with the shown measures that have it. */
function measureNeeds({ needs, measures }: Metric): MeasureNeed[] {
  const shown = Object.entries(needs).filter(([name]) => measures[name]?.isHidden !== true);
  const pairs = shown.flatMap(([name, lists]) =>
    [...new Set(lists.map(needText))].map((need) => ({ need, name })),
  );
  return [...Map.groupBy(pairs, ({ need }) => need)].map(([need, own]) => ({
    need,
    measures: own.map(({ name }) => name),
  }));
}

/** The answer to one question, as plain data. */
export interface AnswerDescription {
  readonly metric: string;
  readonly columns: readonly AnswerColumn[];
  readonly chart: Chart;
}

/**
 * What the answer to these parameters looks like: its columns in order, and how it is drawn.
 *
 * @param parameters as for `runMetric`; the range may be left out
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`
 */
export function describeAnswer(
  metric: Metric,
  parameters: object = {},
  options: AnswerOptions = {},
): AnswerDescription {
  const columns = answerColumns(metric, parameters, options);
  const { parameters: read } = readQuestion(metric, withAnyRange(parameters), options.schema);
  const chart = metric.chart(read);
  return { metric: metric.name, columns, chart: drawnOf(chart, columns) };
}

/** A chart of the columns that the answer has. When none of its measures is left, it draws the first measure of the answer. */
function drawnOf(chart: Chart, columns: readonly AnswerColumn[]): Chart {
  const measures = columns.filter(({ role }) => role === 'measure').map(({ name }) => name);
  const drawn = chart.y.filter((name) => measures.includes(name));
  return { ...chart, y: drawn.length > 0 ? drawn : measures.slice(0, 1) };
}
