import type { BarSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { axisText, type FigureFormat, figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import { pairRows } from '../compare/pair-rows.ts';
import { type ChartFrame, drawingOf, type VegaLiteSpec } from './chart-frame.ts';
import { niceTicks } from './nice-ticks.ts';
import { rowChart } from './row-chart.ts';
import { wordsOfTicks } from './words-of-ticks.ts';

/** A bar of a chart: a thing, its figure, and the compared one. */
export interface Bar {
  readonly name: string;
  readonly value: number | null;
  readonly before: number | null;
}

/** The bars of an answer, in its order. What only the compared answer has is no bar. */
export function barsOf({ x, y, series }: BarSpec, { now, before }: Compared): Bar[] {
  const pairs = before
    ? pairRows(now, before).filter((pair) => pair.now !== undefined)
    : now.rows.map((row) => ({ now: row, before: undefined }));
  return pairs.map((pair) => {
    const name = dimensionText(pair.now?.[x.column], x, now.grain);
    const part = series && dimensionText(pair.now?.[series.column], series, now.grain);
    return {
      name: part === undefined ? name : `${name}, ${part}`,
      value: figureOf(pair.now, y.column),
      before: figureOf(pair.before, y.column),
    };
  });
}

const ordered: ReadonlySet<string> = new Set(['hour', 'weekday', 'time', 'offset']);

/** Columns from 0 where the bars have an order of their own, such as hours; elsewhere lying bars, as they are ranked. */
export function barChart(spec: BarSpec, compared: Compared, frame: ChartFrame): VegaLiteSpec {
  const bars = barsOf(spec, compared);
  const format = formatFor(
    spec.y.format,
    bars.flatMap(({ value, before }) => [value, before]),
  );
  if (ordered.has(spec.x.kind) && !spec.series) return columnChart(bars, format, frame);
  return rowChart(
    bars.map((bar) => ({ ...bar, texts: rowTexts(bar.value, bar.before, format) })),
    frame,
  );
}

/** `3,610,164.20` and `−2.4%`. */
function rowTexts(value: number | null, before: number | null, format: FigureFormat): string[] {
  const delta = deltaOf(value, before, format);
  return before === null && !delta
    ? [figureText(value, format)]
    : [figureText(value, format), delta?.text ?? '–'];
}

function columnChart(bars: readonly Bar[], format: FigureFormat, frame: ChartFrame): VegaLiteSpec {
  const { colors, width, height } = frame;
  const figures = bars.flatMap(({ value, before }) => [value ?? 0, before ?? 0]);
  const ticks = niceTicks(figures.length > 0 ? figures : [0], true);
  const every = Math.ceil(bars.length / Math.max(1, Math.floor((width - 60) / 48)));
  const place = bars.map((bar, index) => ({
    ...bar,
    index,
    left: index - 0.4,
    right: index + 0.4,
    zero: 0,
    text: figureText(bar.value, format),
  }));
  const shown = place.filter(({ index }) => index % every === 0);
  const x = {
    type: 'quantitative',
    scale: { domain: [-0.5, bars.length - 0.5], nice: false, zero: false },
    axis: {
      values: shown.map(({ index }) => index),
      labelExpr: wordsOfTicks(shown.map(({ index, name }) => [index, name])),
      labelPadding: 6,
      labelOverlap: false,
      grid: false,
      domain: true,
      domainColor: colors.axis,
    },
  } as const;
  const y = {
    type: 'quantitative',
    scale: { domain: [ticks.from, ticks.to], nice: false },
    axis: {
      values: [...ticks.values],
      labelExpr: wordsOfTicks(ticks.values.map((value) => [value, axisText(value, format, ticks.to)])),
      labelPadding: 8,
    },
  } as const;
  return drawingOf(frame, {
    height,
    layer: [
      {
        name: 'bars',
        data: { values: place.filter(({ value }) => value !== null) },
        mark: { type: 'rect', color: colors.accent },
        encoding: {
          x: { ...x, field: 'left' },
          x2: { field: 'right' },
          y: { ...y, field: 'zero' },
          y2: { field: 'value' },
        },
      },
      {
        name: 'before',
        data: { values: place.filter(({ before }) => before !== null) },
        mark: { type: 'rule', color: colors.text, strokeWidth: 2, strokeDash: [3, 2] },
        encoding: { x: { ...x, field: 'left' }, x2: { field: 'right' }, y: { ...y, field: 'before' } },
      },
    ],
  });
}
