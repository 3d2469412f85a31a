import { type ChartFrame, drawingOf, type VegaLiteSpec } from './chart-frame.ts';

/** A bar that lies: its name and its figure stand above it. */
export interface ChartRow {
  readonly name: string;
  readonly value: number | null;
  /** The compared figure, drawn as a mark across the bar. */
  readonly before: number | null;
  /** Figure, part and change: each in a column of its own at the right end, so that they stand under each other. */
  readonly texts: readonly string[];
}

const rowHeight = 40;
const barHeight = 9;
/** The width of a digit of a figure, in pixels. */
const figureWidth = 7.7;
/** Between two columns of figures, in pixels. */
const columnGap = 12;
/** The width of a letter of a name. Vega would cut names by a wider one, as it cannot measure text here. */
const letterWidth = 7.6;

/**
 * Lying bars from 0, in the order that they are given, each under its name. Under a bar lies a track as long as the longest, or as the
 * whole of which all are parts.
 */
export function rowChart(rows: readonly ChartRow[], frame: ChartFrame): VegaLiteSpec {
  const { colors, width } = frame;
  const figures = rows.flatMap(({ value, before }) => [value ?? 0, before ?? 0]);
  const [least, most] = [Math.min(0, ...figures), Math.max(0, ...figures) || 1];
  const columns = columnsOf(rows);
  const figuresWidth = columns.reduce((sum, one) => sum + one + columnGap, 0);
  const letters = Math.max(8, Math.floor((width - figuresWidth) / letterWidth));
  const place = rows.map((row, index) => ({
    ...row,
    index,
    short: row.name.length > letters ? `${row.name.slice(0, letters - 1)}…` : row.name,
    top: index * rowHeight + 20,
    bottom: index * rowHeight + 20 + barHeight,
    middle: index * rowHeight + 9,
  }));
  const y = (field: string) =>
    ({
      field,
      type: 'quantitative',
      scale: {
        domain: [0, rows.length * rowHeight],
        range: [0, rows.length * rowHeight],
        nice: false,
        zero: false,
      },
      axis: null,
    }) as const;
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: [least, most], nice: false },
    axis: null,
  } as const;
  const bars = place.filter(({ value }) => value !== null);
  const compared = place.filter(({ before }) => before !== null);
  return drawingOf(frame, {
    height: rows.length * rowHeight,
    layer: [
      {
        name: 'tracks',
        data: { values: place.map((row) => ({ ...row, start: least, end: most })) },
        mark: { type: 'rect', color: colors.track },
        encoding: { x: { ...x, field: 'start' }, x2: { field: 'end' }, y: y('top'), y2: { field: 'bottom' } },
      },
      {
        name: 'bars',
        data: { values: bars.map((row) => ({ ...row, start: 0 })) },
        mark: { type: 'rect', color: colors.accent },
        encoding: {
          x: { ...x, field: 'start' },
          x2: { field: 'value' },
          y: y('top'),
          y2: { field: 'bottom' },
        },
      },
      {
        name: 'before',
        data: { values: compared.map((row) => ({ ...row, over: row.top - 3, under: row.bottom + 3 })) },
        mark: { type: 'rule', color: colors.text, strokeWidth: 2, strokeDash: [3, 2] },
        encoding: { x: { ...x, field: 'before' }, y: y('over'), y2: { field: 'under' } },
      },
      {
        name: 'names',
        data: { values: place },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'middle',
          color: colors.text,
          fontSize: 13.5,
        },
        encoding: { x: { value: 0 }, y: y('middle'), text: { field: 'short' } },
      },
      ...columns.map((_, column) => ({
        name: column === 0 ? 'figures' : `figures${column}`,
        data: { values: place.map((row) => ({ ...row, text: row.texts[column] ?? '' })) },
        mark: {
          type: 'text' as const,
          align: 'right' as const,
          baseline: 'middle' as const,
          color: column === 0 ? colors.text : colors.muted,
          fontSize: 13.5,
          dx: -columns.slice(column + 1).reduce((sum, one) => sum + one + columnGap, 0),
        },
        encoding: { x: { value: 'width' as const }, y: y('middle'), text: { field: 'text' } },
      })),
    ],
  });
}

/** How wide each column of figures is, in pixels. */
function columnsOf(rows: readonly ChartRow[]): readonly number[] {
  const count = Math.max(0, ...rows.map(({ texts }) => texts.length));
  return Array.from(
    { length: count },
    (_, column) => figureWidth * Math.max(0, ...rows.map(({ texts }) => texts[column]?.length ?? 0)),
  );
}
