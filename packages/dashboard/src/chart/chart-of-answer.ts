import { HeadwaterError } from '@headwater/core';
import type { AnswerColumn } from '@headwater/queries';
import type { AnswerShape } from './chart-answer.ts';
import type {
  BarSpec,
  ChartMark,
  ChartSpec,
  DimensionChannel,
  FunnelSpec,
  HeatmapSpec,
  KpiSpec,
  LineSpec,
  MeasureChannel,
  TableSpec,
} from './chart-spec.ts';
import { columnTitle, metricTitle } from './column-words.ts';
import { figureFormat } from './figure-format.ts';

/** What may be chosen about a chart. Without a choice, the metric's own chart decides. */
export interface ChartChoice<Mark extends ChartMark = ChartMark> {
  readonly mark?: Mark | undefined;
  /** The measures, the main one first. */
  readonly measures?: readonly string[] | undefined;
  readonly title?: string | undefined;
}

/** The chart of a mark. */
export type SpecOf<Mark extends ChartMark> = Extract<ChartSpec, { mark: Mark }>;

/**
 * The chart of an answer: the metric's own, or the mark that is asked for, with the declared columns of the answer on its channels.
 * A bar of several counts over the whole range is a funnel. Measures of another unit than the first one are in the table alone.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` when the answer has no columns for the mark
 * @example
 * ```ts
 * chartOfAnswer({ metric: 'revenue', ...describeAnswer(revenue, { by: 'none' }), range, grain: 'day' });
 * // { mark: 'line', x: { column: 'period', ... }, y: [{ column: 'revenue', format: { kind: 'money', ... } }], ... }
 * ```
 */
export function chartOfAnswer<const Mark extends ChartMark = ChartMark>(
  answer: AnswerShape,
  choice: ChartChoice<Mark> = {},
): SpecOf<Mark> {
  const mark = choice.mark ?? ownMark(answer);
  const specs: { readonly [One in ChartMark]: (parts: Parts) => SpecOf<One> } = {
    kpi: kpiSpec,
    line: lineSpec,
    bar: barSpec,
    funnel: funnelSpec,
    heatmap: heatmapSpec,
    table: tableSpec,
  };
  return specs[mark](partsOf(answer, mark, choice)) as SpecOf<Mark>;
}

/** What all charts of an answer are made of. */
interface Parts {
  readonly answer: AnswerShape;
  readonly base: { metric: string; title: string; table: (DimensionChannel | MeasureChannel)[] };
  readonly measures: readonly MeasureChannel[];
  dimension(column: string | undefined, channel: string): DimensionChannel;
  fail(problem: string): never;
}

/** The chart that the metric says, by our names. */
function ownMark({ chart, columns, grain }: AnswerShape): ChartMark {
  const x = columns.find(({ name }) => name === chart.x);
  const isWhole = x?.kind === 'time' && grain === 'all' && chart.series === undefined;
  const isStepped = columns.some(({ name }) => name === 'step') && x?.kind === 'text' && chart.mark === 'bar';
  if (chart.mark === 'bar' && isWhole && chart.y.length > 1) return 'funnel';
  return isStepped && chart.series === undefined ? 'funnel' : chart.mark;
}

function partsOf(answer: AnswerShape, mark: ChartMark, { measures, title }: ChartChoice): Parts {
  const { metric, columns, chart } = answer;
  const fail = (problem: string): never => {
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric, problem: `as a ${mark}: ${problem}` });
  };
  const shown = columns.filter(({ isHidden }) => isHidden !== true);
  const measureChannels = shown
    .filter(({ role }) => role === 'measure')
    .map((one) => measureOf(one, columns));
  const named = (measures ?? chart.y).map(
    (name) =>
      measureChannels.find(({ column }) => column === name) ??
      fail(
        `${name} is no measure of the answer, which has ${measureChannels.map((one) => one.column).join(', ')}`,
      ),
  );
  return {
    answer,
    base: {
      metric,
      title: title ?? `${named[0]?.title ?? metricTitle(metric)}${titleOf(answer)}`,
      table: shown.map((one) => (one.role === 'measure' ? measureOf(one, columns) : dimensionOf(one))),
    },
    measures: named,
    dimension: (name, channel) => {
      const one = shown.find((column) => column.name === name && column.role === 'dimension');
      return one ? dimensionOf(one) : fail(`the answer has no column for its ${channel}`);
    },
    fail,
  };
}

/** `by day`, `by brand`. */
function titleOf({ chart, grain, columns }: AnswerShape): string {
  const x = columns.find(({ name }) => name === chart.x);
  const by =
    x?.kind === 'time' && grain !== undefined && grain !== 'all' ? grain : x?.kind === 'time' ? '' : chart.x;
  return by === '' ? '' : ` by ${columnTitle({ name: by, kind: 'text' }).toLowerCase()}`;
}

const measureOf = (column: AnswerColumn, columns: readonly AnswerColumn[]): MeasureChannel => ({
  column: column.name,
  title: columnTitle(column),
  format: figureFormat(column, columns),
  addsUp: column.additive === 'all' || column.additive === 'time',
});

const dimensionOf = ({ name, kind, zone }: AnswerColumn): DimensionChannel => ({
  column: name,
  title: columnTitle({ name, kind }),
  kind: kind as DimensionChannel['kind'],
  ...(zone === undefined ? {} : { zone }),
});

/** Measures that one axis can hold: those of the unit of the first. */
function ofOneUnit({ measures, fail }: Parts): [MeasureChannel, ...MeasureChannel[]] {
  const [first, ...rest] = measures;
  if (!first) return fail('the answer has no measure');
  const { kind, unit } = first.format;
  return [first, ...rest.filter(({ format }) => format.kind === kind && format.unit === unit)];
}

/** The dimension of the answer's periods. */
function periodOf({ answer, dimension, fail }: Parts): DimensionChannel {
  const period = answer.columns.find(({ role, kind }) => role === 'dimension' && kind === 'time');
  return period ? dimension(period.name, 'periods') : fail('the answer has no periods');
}

function kpiSpec(parts: Parts): KpiSpec {
  const period = periodOf(parts);
  if (parts.answer.chart.series !== undefined) return parts.fail('the answer has a row for each part');
  return { mark: 'kpi', ...parts.base, value: ofOneUnit(parts)[0], period };
}

function lineSpec(parts: Parts): LineSpec {
  const y = ofOneUnit(parts);
  const { series } = parts.answer.chart;
  if (series === undefined) return { mark: 'line', ...parts.base, x: periodOf(parts), y };
  return {
    mark: 'line',
    ...parts.base,
    x: periodOf(parts),
    y: [y[0]],
    series: parts.dimension(series, 'series'),
  };
}

function barSpec(parts: Parts): BarSpec {
  const { x, series } = parts.answer.chart;
  const [y] = ofOneUnit(parts);
  const drawn: BarSpec = { mark: 'bar', ...parts.base, x: parts.dimension(x, 'bars'), y };
  return series === undefined ? drawn : { ...drawn, series: parts.dimension(series, 'series') };
}

function heatmapSpec(parts: Parts): HeatmapSpec {
  const { x, series } = parts.answer.chart;
  const [value] = ofOneUnit(parts);
  return {
    mark: 'heatmap',
    ...parts.base,
    x: parts.dimension(x, 'columns'),
    y: parts.dimension(series, 'rows'),
    value,
  };
}

const tableSpec = ({ base }: Parts): TableSpec => ({ mark: 'table', ...base });

function funnelSpec(parts: Parts): FunnelSpec {
  const { answer, base, fail, dimension } = parts;
  const { columns, chart, grain } = answer;
  const steps = ofOneUnit(parts);
  const x = columns.find(({ name }) => name === chart.x);
  if (x?.kind === 'text') {
    if (chart.series !== undefined) return fail('the answer has several rows for each step');
    return {
      mark: 'funnel',
      ...base,
      steps: { kind: 'rows', step: dimension(x.name, 'steps'), value: steps[0] },
    };
  }
  if (grain !== 'all') return fail('the answer has several periods; ask it with the grain all');
  const whole = wholeOf(steps, columns);
  const all = whole === undefined ? steps : [measureOf(whole, columns), ...steps];
  if (all.length < 2) return fail('the answer has fewer than two steps');
  return { mark: 'funnel', ...base, steps: { kind: 'columns', columns: all } };
}

/** What all steps are of: the count that a share divides the last step by. */
function wholeOf(
  steps: readonly MeasureChannel[],
  columns: readonly AnswerColumn[],
): AnswerColumn | undefined {
  const last = steps.at(-1)?.column;
  const share = columns.find(({ isShare, numerator }) => isShare === true && numerator === last);
  const whole = columns.find(({ name }) => name === share?.denominator);
  return steps.some(({ column }) => column === whole?.name) ? undefined : whole;
}
