import type { ChartPoint } from '../api/api.ts';
import type { HeatmapSpec, LineSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { type FigureFormat, figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import { pairRows } from '../compare/pair-rows.ts';
import { funnelRows } from '../table/funnel-figures.ts';
import { barsOf } from '../vega/bar-chart.ts';
import { pageColors } from '../vega/color-tokens.ts';
import type { Drawing, DrawnMark } from '../vega/draw-chart.ts';
import { gridOf } from '../vega/heatmap-chart.ts';
import { linesOf } from '../vega/line-chart.ts';
import type { DrawnSpec } from '../vega/vega-lite-of.ts';

/** The points of a drawing that a cursor goes through, in the order of the chart, with what each says. */
export function chartPoints(spec: DrawnSpec, compared: Compared, drawing: Drawing): readonly ChartPoint[] {
  switch (spec.mark) {
    case 'line':
      return linePoints(spec, compared, drawing);
    case 'bar':
      return barPoints(
        barsOf(spec, compared).map(({ name, value, before }) => ({ name, value, before })),
        spec.y.format,
        drawing,
      );
    case 'funnel':
      return barPoints(funnelRows(spec, compared), { kind: 'count', digits: 0 }, drawing);
    case 'heatmap':
      return cellPoints(spec, compared, drawing);
    case 'kpi':
      return [];
  }
}

/** `22,086; before 21,873, +1.0%` */
function valueText(value: number | null, before: number | null | undefined, format: FigureFormat): string {
  if (value === null) return 'no figure';
  if (before === undefined) return figureText(value, format);
  const delta = deltaOf(value, before, format);
  const was = before === null ? 'no figure before' : `before ${figureText(before, format)}`;
  return `${figureText(value, format)}; ${was}${delta ? `, ${delta.text}` : ''}`;
}

/** A point for each period, also for one without a figure. Several measures are told one after the other. */
function linePoints(spec: LineSpec, compared: Compared, drawing: Drawing): ChartPoint[] {
  const { periods, lines } = linesOf(spec, compared, { width: 0, height: 0, colors: pageColors });
  const own = lines.flatMap((line, number) => (line.isBefore ? [] : [{ line, number }]));
  const earlier = lines.find(({ isBefore }) => isBefore);
  const format = formatFor(
    spec.y[0].format,
    lines.flatMap(({ values }) => values),
  );
  const places = own.map(({ number }) => byIndex(drawing.marks.get(`line${number}`)));
  return periods.map((period, index): ChartPoint => {
    const parts = own.map(({ line }) => {
      const text = valueText(line.values[index] ?? null, earlier && (earlier.values[index] ?? null), format);
      return own.length > 1 ? `${line.name} ${text}` : text;
    });
    const place = places[0]?.get(index);
    const isThere = (own[0]?.line.values[index] ?? null) !== null;
    return {
      x: place?.x ?? 0,
      ...(place && isThere ? { y: place.y } : {}),
      width: 0,
      height: 0,
      row: 0,
      column: index,
      text: `${dimensionText(period, spec.x, compared.now.grain)}: ${parts.join('; ')}`,
    };
  });
}

const byIndex = (marks: readonly DrawnMark[] = []): ReadonlyMap<number, DrawnMark> =>
  new Map(marks.map((mark) => [Number(mark.datum['index']), mark]));

interface PlacedBar {
  readonly name: string;
  readonly value: number | null;
  readonly before: number | null;
  readonly share?: number | null;
}

function barPoints(bars: readonly PlacedBar[], format: FigureFormat, drawing: Drawing): ChartPoint[] {
  const places = byIndex(drawing.marks.get('bars'));
  return bars.flatMap(({ name, value, before, share }, index): ChartPoint[] => {
    const place = places.get(index);
    if (!place) return [];
    const part =
      share === undefined || index === 0
        ? ''
        : `, ${figureText(share, formatFor({ kind: 'share', digits: 1 }, [share]))} of the first`;
    const { x, y, width, height } = place;
    const text = `${name}: ${valueText(value, before, format)}${part}`;
    return [{ x, y, width, height, row: index, column: 0, text }];
  });
}

function cellPoints(spec: HeatmapSpec, compared: Compared, drawing: Drawing): ChartPoint[] {
  const { columns, rows, cells } = gridOf(spec, compared);
  const format = formatFor(
    spec.value.format,
    cells.map(({ value }) => value),
  );
  const { grain } = compared.now;
  const was = valuesBefore(spec, compared);
  const places = new Map(
    (drawing.marks.get('cells') ?? []).map((mark) => [`${mark.datum['row']} ${mark.datum['column']}`, mark]),
  );
  return cells.flatMap(({ row, column, value }): ChartPoint[] => {
    const place = places.get(`${row} ${column}`);
    if (!place) return [];
    const { x, y, width, height } = place;
    const at =
      spec.x.kind === 'offset'
        ? `${String(columns[column])} ${grain ?? 'period'}s later`
        : dimensionText(columns[column], spec.x, grain);
    const text = `${dimensionText(rows[row], spec.y, grain)}, ${at}: ${valueText(value, was?.(rows[row], columns[column]), format)}`;
    return [{ x, y, width, height, row, column, text }];
  });
}

/** The compared figure of a cell, which is that of the same weekday and hour, or of the cohort of the same place; undefined where nothing is compared. */
function valuesBefore(
  { x, y, value }: HeatmapSpec,
  { now, before }: Compared,
): ((row: unknown, column: unknown) => number | null) | undefined {
  if (!before) return undefined;
  const keyOf = (...parts: readonly unknown[]) => JSON.stringify(parts.map(String));
  const known = new Map(
    pairRows(now, before).flatMap((pair) =>
      pair.now
        ? [[keyOf(pair.now[y.column], pair.now[x.column]), figureOf(pair.before, value.column)] as const]
        : [],
    ),
  );
  return (row, column) => known.get(keyOf(row, column)) ?? null;
}
