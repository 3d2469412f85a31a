import type { ChartMark, ChartSpec } from '../chart/chart-spec.ts';
import type { Compared } from '../compare/compared.ts';
import { barChart } from './bar-chart.ts';
import type { ChartFrame, VegaLiteSpec } from './chart-frame.ts';
import { funnelChart } from './funnel-chart.ts';
import { heatmapChart } from './heatmap-chart.ts';
import { kpiChart } from './kpi-chart.ts';
import { lineChart } from './line-chart.ts';

/** The marks that are drawn: a table is written. */
export type DrawnMark = Exclude<ChartMark, 'table'>;
/** A chart that is drawn. */
export type DrawnSpec = Extract<ChartSpec, { mark: DrawnMark }>;

type Compiler<Mark extends DrawnMark> = (
  spec: Extract<ChartSpec, { mark: Mark }>,
  compared: Compared,
  frame: ChartFrame,
) => VegaLiteSpec;

const compilers: { readonly [Mark in DrawnMark]: Compiler<Mark> } = {
  kpi: kpiChart,
  line: lineChart,
  bar: barChart,
  funnel: funnelChart,
  heatmap: heatmapChart,
};

/**
 * The Vega-Lite specification of a chart with its figures: the values of its marks are those of the answer, not rounded.
 *
 * @param compared the answer, and the compared one, which is drawn dashed
 */
export const vegaLiteOf = (spec: DrawnSpec, compared: Compared, frame: ChartFrame): VegaLiteSpec =>
  (compilers[spec.mark] as Compiler<DrawnMark>)(spec, compared, frame);
