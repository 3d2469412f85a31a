import type { KpiSpec } from '../chart/chart-spec.ts';
import type { Compared } from '../compare/compared.ts';
import { type ChartFrame, drawingOf, type VegaLiteSpec } from './chart-frame.ts';
import { linesOf } from './line-chart.ts';

/** The course of a figure without axes: it is shown beside the figure, and the line chart has the numbers. */
export function kpiChart(spec: KpiSpec, compared: Compared, frame: ChartFrame): VegaLiteSpec {
  const { mark: _, value, period, ...base } = spec;
  const plot = linesOf({ ...base, mark: 'line', x: period, y: [value] }, compared, frame);
  const known = plot.lines.flatMap(({ values }) => values.filter((one) => one !== null));
  const [least, most] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const x = {
    field: 'index',
    type: 'quantitative',
    scale: { domain: [0, Math.max(1, plot.periods.length - 1)], nice: false, zero: false },
    axis: null,
  } as const;
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: [least, most === least ? least + 1 : most], nice: false, zero: false },
    axis: null,
  } as const;
  return drawingOf(frame, {
    padding: { top: 3, bottom: 3, left: 0, right: 3 },
    height: frame.height,
    encoding: { x, y },
    layer: [
      ...plot.lines.map((line, number) => ({
        name: `line${number}`,
        data: { values: line.values.map((one, index) => ({ index, value: one })) },
        mark: {
          type: 'line' as const,
          color: line.color,
          strokeWidth: line.isBefore ? 1 : 1.75,
          strokeJoin: 'round' as const,
          ...(line.isBefore ? { strokeDash: [4, 3] } : {}),
        },
      })),
      // Where the course ends now, and all that there is of a single period.
      ...plot.lines
        .filter(({ isBefore }) => !isBefore)
        .map(({ color, values }) => ({
          name: 'end',
          data: {
            values: values
              .map((one, index) => ({ index, value: one }))
              .filter(({ value: one }) => one !== null)
              .slice(-1),
          },
          mark: { type: 'point' as const, filled: true, size: 26, opacity: 1, color },
        })),
    ],
  });
}
