import type { AnswerRow } from '../chart/chart-answer.ts';
import type { DimensionChannel, HeatmapSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { type FigureFormat, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import type { Compared } from '../compare/compared.ts';
import { type ChartFrame, drawingOf, type VegaLiteSpec } from './chart-frame.ts';
import { wordsOfTicks } from './words-of-ticks.ts';

/** A cell of a heat map. */
export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly value: number;
  /** One of five ranges, 0 to 4. */
  readonly level: number;
}

/** A heat map as a grid: the values of both dimensions in order, the cells that have a figure, and the ends of the five ranges. */
export interface Grid {
  readonly columns: readonly unknown[];
  readonly rows: readonly unknown[];
  readonly cells: readonly Cell[];
  /** Five ranges from `ends[i]` to `ends[i + 1]`. */
  readonly ends: readonly number[];
}

/** How many ranges a reader can tell apart. */
const levels = 5;

/**
 * The grid of an answer. Hours and weekdays are all there; other values are those that rows have, in their order. A pair without a row
 * is an empty cell, not zero. A cohort is whole in its own period, so offset 0 is left out of the ranges and of the grid.
 */
export function gridOf({ x, y, value }: HeatmapSpec, { now }: Compared): Grid {
  const rows = now.rows.filter((row) => x.kind !== 'offset' || row[x.column] !== 0);
  const [columns, lines] = [valuesOf(rows, x), valuesOf(rows, y)];
  const figures = rows.flatMap((row) => figureOf(row, value.column) ?? []);
  const step = rangeStep(Math.max(...figures, 0), value.format);
  const ends = Array.from({ length: levels + 1 }, (_, index) => index * step);
  const cells = rows.flatMap((row): Cell[] => {
    const figure = figureOf(row, value.column);
    if (figure === null) return [];
    // A figure at an end is of the range above it, also where a part such as 0.3 is a little less than three tenths.
    const level = Math.min(levels - 1, Math.floor(Number((figure / step).toPrecision(12))));
    return [
      { column: columns.indexOf(row[x.column]), row: lines.indexOf(row[y.column]), value: figure, level },
    ];
  });
  return { columns, rows: lines, cells, ends };
}

/** What a range of five may begin with, so that its ends are round: `80`, `160`, `240`. */
const roundSteps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10];

/** The width of five ranges from 0 that hold the largest figure: round, and whole for counts. */
function rangeStep(most: number, { kind }: FigureFormat): number {
  const raw = most / levels;
  if (raw === 0) return kind === 'share' ? 0.01 : 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = roundSteps.find((one) => raw <= one * power * (1 + 1e-9)) ?? 10;
  const step = Number((factor * power).toPrecision(3));
  return kind === 'count' ? Math.ceil(step) : step;
}

const whole: Readonly<Record<string, readonly number[]>> = {
  hour: Array.from({ length: 24 }, (_, hour) => hour),
  weekday: [1, 2, 3, 4, 5, 6, 7],
};

const valuesOf = (rows: readonly AnswerRow[], { column, kind }: DimensionChannel): readonly unknown[] => {
  const own = [...new Set(rows.map((row) => row[column]))];
  if (kind === 'offset') return own.toSorted((one, other) => Number(one) - Number(other));
  return whole[kind] ?? own;
};

/** Cells in five named ranges of one hue, with their figures where there is room. */
export function heatmapChart(spec: HeatmapSpec, compared: Compared, frame: ChartFrame): VegaLiteSpec {
  const { colors, width } = frame;
  const { columns, rows, cells } = gridOf(spec, compared);
  const format = formatFor(
    spec.value.format,
    cells.map(({ value }) => value),
  );
  const { grain } = compared.now;
  const cellWidth = (width - 70) / Math.max(1, columns.length);
  const hasText = cellWidth >= 26;
  const cellHeight = 30;
  const gap = 1.5 / cellWidth;
  const place = cells.map((cell) => ({
    ...cell,
    left: cell.column - 0.5 + gap / 2,
    right: cell.column + 0.5 - gap / 2,
    top: cell.row - 0.5 + 1 / cellHeight,
    bottom: cell.row + 0.5 - 1 / cellHeight,
    text: cellText(cell.value, format),
  }));
  const every = Math.ceil(columns.length / Math.max(1, Math.floor((width - 70) / 44)));
  const marked = columns.map((one, index) => [index, columnText(one, spec.x, grain)] as const);
  const x = {
    type: 'quantitative',
    scale: { domain: [-0.5, columns.length - 0.5], nice: false, zero: false },
    axis: axisOf(marked.filter(([index]) => index % every === 0)),
  } as const;
  const y = {
    type: 'quantitative',
    scale: { domain: [-0.5, rows.length - 0.5], nice: false, zero: false, reverse: true },
    axis: axisOf(rows.map((one, index) => [index, dimensionText(one, spec.y, grain)] as const)),
  } as const;
  const range = [colors.heat0, colors.heat1, colors.heat2, colors.heat3, colors.heat4];
  const inks = [colors.heatText0, colors.heatText1, colors.heatText2, colors.heatText3, colors.heatText4];
  const domain = [0, 1, 2, 3, 4];
  return drawingOf(frame, {
    height: rows.length * cellHeight,
    layer: [
      {
        name: 'cells',
        data: { values: place },
        mark: { type: 'rect' },
        encoding: {
          x: { ...x, field: 'left' },
          x2: { field: 'right' },
          y: { ...y, field: 'top' },
          y2: { field: 'bottom' },
          fill: { field: 'level', type: 'nominal', scale: { domain, range }, legend: null },
        },
      },
      ...(hasText
        ? [
            {
              name: 'figures',
              data: { values: place },
              mark: { type: 'text' as const, fontSize: 10.5, baseline: 'middle' as const },
              encoding: {
                x: { ...x, field: 'column' },
                y: { ...y, field: 'row' },
                text: { field: 'text' },
                color: {
                  field: 'level',
                  type: 'nominal' as const,
                  scale: { domain, range: inks },
                  legend: null,
                },
              },
            },
          ]
        : []),
    ],
    resolve: { scale: { color: 'independent', fill: 'independent' } },
  });
}

const axisOf = (marked: readonly (readonly [number, string])[]) => ({
  values: marked.map(([index]) => index),
  labelExpr: wordsOfTicks(marked),
  labelPadding: 6,
  labelOverlap: false,
  grid: false,
});

/** An hour is its number, since 24 of them have little room. */
const columnText = (value: unknown, channel: DimensionChannel, grain: string | undefined): string =>
  channel.kind === 'hour' ? String(value).padStart(2, '0') : dimensionText(value, channel, grain);

/** A figure as short as a cell: `1.2k`, `25` of a hundred. */
function cellText(value: number, { kind }: FigureFormat): string {
  if (kind === 'share') return String(Math.round(value * 100));
  return value >= 1000 ? `${(value / 1000).toFixed(value < 9950 ? 1 : 0)}k` : String(Math.round(value));
}
