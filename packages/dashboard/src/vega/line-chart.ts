import type { AnswerRow, ChartAnswer } from '../chart/chart-answer.ts';
import type { LineSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { axisText, figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import { periodPlace, rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { periodsOf } from '../compare/periods-of.ts';
import { type ChartFrame, drawingOf, isNarrow, type VegaLiteSpec } from './chart-frame.ts';
import { endLabels } from './end-labels.ts';
import { niceTicks } from './nice-ticks.ts';
import { periodTicks } from './period-ticks.ts';
import { pointLabels } from './point-labels.ts';
import { wordsOfTicks } from './words-of-ticks.ts';

/** One line: a name, a colour, and a value or a gap for each period. */
export interface Line {
  readonly name: string;
  readonly color: string;
  readonly isBefore: boolean;
  readonly values: readonly (number | null)[];
}

/** The lines of a chart, with the periods that they share. */
export interface LinePlot {
  readonly periods: readonly string[];
  readonly lines: readonly Line[];
}

/** How many series have a colour of their own. */
const mostSeries = 4;

/** The lines of an answer: the compared range first, so that it lies below. */
export function linesOf(spec: LineSpec, { now, before }: Compared, { colors }: ChartFrame): LinePlot {
  const periods = periodsOf(now.range, now.grain ?? 'day', now.rows, spec.x);
  const palette = [colors.accent, colors.series2, colors.series3, colors.series4];
  const color = (index: number) => palette[index] ?? colors.muted;
  const of = (answer: ChartAnswer, rows: readonly AnswerRow[], column: string) =>
    valuesAt(spec, answer, rows, column, places(periods, now));
  const main = spec.y[0].column;
  if (spec.series) {
    const { series } = spec;
    const groups = [...Map.groupBy(now.rows, (row) => dimensionText(row[series.column], series, now.grain))];
    const lines = groups.slice(0, mostSeries).map(([name, rows], index) => ({
      name,
      color: color(index),
      isBefore: false,
      values: of(now, rows, main),
    }));
    return { periods, lines };
  }
  const isShort = before?.range.to.slice(0, 4) === now.range.to.slice(0, 4);
  const name = spec.y.length === 1 ? rangeWords(now.range, !isShort) : undefined;
  const own = spec.y.map(({ column, title }, index) => ({
    name: name ?? title,
    color: color(index),
    isBefore: false,
    values: of(now, now.rows, column),
  }));
  if (!before || spec.y.length > 1) return { periods, lines: own };
  const values = of(before, before.rows, main);
  return {
    periods,
    lines: [{ name: rangeWords(before.range, !isShort), color: colors.prev, isBefore: true, values }, ...own],
  };
}

/** The place of each period in its range; an hour that a clock has twice has its first place once more. */
const places = (periods: readonly string[], { range, grain = 'day' }: ChartAnswer): string[] =>
  unique(periods.map((period) => (grain === 'all' ? 'all' : periodPlace(period, grain, range))));

function unique(keys: readonly string[]): string[] {
  const seen = new Set<string>();
  return keys.map((key) => {
    const own = seen.has(key) ? `${key}#2` : key;
    seen.add(own);
    return own;
  });
}

function valuesAt(
  { x }: LineSpec,
  answer: ChartAnswer,
  rows: readonly AnswerRow[],
  column: string,
  wanted: readonly string[],
): (number | null)[] {
  const own = places(
    rows.map((row) => String(row[x.column])),
    answer,
  );
  const byPlace = new Map(own.map((place, index) => [place, rows[index]]));
  return wanted.map((place) => figureOf(byPlace.get(place), column));
}

/** Where the axis of a line chart begins, and its grid lines. */
export const lineTicks = ({ lines }: LinePlot) => {
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const ticks = niceTicks(known.length > 0 ? known : [0]);
  const [first = 0, second = 0] = ticks.values;
  // The label of the lowest point stands below it, where an axis that does not begin at 0 has to leave room.
  const isTight = first > 0 && Math.min(...known) - first < (ticks.to - first) * 0.12;
  if (!isTight) return ticks;
  const from = Number(Math.max(0, 2 * first - second).toPrecision(12));
  return { ...ticks, from, values: [from, ...ticks.values] };
};

/** Lines over periods: this range solid, the compared one dashed, gaps left open, names at the ends of the lines. */
export function lineChart(spec: LineSpec, compared: Compared, frame: ChartFrame): VegaLiteSpec {
  const plot = linesOf(spec, compared, frame);
  const { colors } = frame;
  const ticks = lineTicks(plot);
  const values = plot.lines.flatMap((line) => line.values);
  const format = formatFor(spec.y[0].format, values);
  const text = (value: number | null) => figureText(value, format);
  const x = {
    field: 'index',
    type: 'quantitative',
    scale: { domain: [-0.5, plot.periods.length - 0.5], nice: false, zero: false },
    axis: xAxis(plot, compared.now, frame),
  } as const;
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: [ticks.from, ticks.to], nice: false, zero: false },
    axis: {
      values: [...ticks.values],
      labelExpr: wordsOfTicks(ticks.values.map((value) => [value, axisText(value, format, ticks.to)])),
      labelPadding: 8,
    },
  } as const;
  return drawingOf(frame, {
    height: frame.height,
    encoding: { x, y },
    layer: [
      ...plot.lines.map((line, number) => ({
        name: `line${number}`,
        data: { values: points(line) },
        mark: {
          type: 'line' as const,
          color: line.color,
          strokeWidth: line.isBefore ? 1.5 : 2.25,
          strokeJoin: 'round' as const,
          ...(line.isBefore ? { strokeDash: [4, 3] } : {}),
        },
      })),
      ...plot.lines
        .filter(({ isBefore }) => !isBefore)
        .map((line, number) => ({
          name: `points${number}`,
          data: {
            values: points(line).filter(
              ({ value, isAlone }) => value !== null && (plot.periods.length <= 31 || isAlone),
            ),
          },
          mark: { type: 'point' as const, filled: true, size: 42, opacity: 1, color: line.color },
        })),
      ...pointLabels(plot, text, frame, ticks),
      ...(isNarrow(frame) ? [] : endLabels(plot, frame, ticks)),
    ],
  });
  function points({ values: own }: Line) {
    return own.map((value, index) => ({
      index,
      value,
      text: text(value),
      // Between two gaps there is no line to see.
      isAlone: (own[index - 1] ?? null) === null && (own[index + 1] ?? null) === null,
    }));
  }
  function xAxis({ periods }: LinePlot, { grain = 'day' }: ChartAnswer, { width }: ChartFrame) {
    const chosen = periodTicks(periods, grain, width - 140);
    return {
      values: chosen.map(([index]) => index),
      labelExpr: wordsOfTicks(chosen),
      labelPadding: 8,
      labelLineHeight: 15,
      labelFlush: false,
      labelOverlap: false,
      grid: false,
      domain: true,
      domainColor: colors.axis,
    };
  }
}
