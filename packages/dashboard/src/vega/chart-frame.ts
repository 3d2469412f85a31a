import type { ColorTokens } from './color-tokens.ts';

/** How large a chart is drawn, and in which colours. */
export interface ChartFrame {
  /** Of the whole drawing, in CSS pixels. */
  readonly width: number;
  /** Of the plot of lines and columns; rows and cells make their own height. */
  readonly height: number;
  readonly colors: ColorTokens;
}

/** A Vega-Lite specification of one drawing. Of the types of Vega-Lite nothing is seen outside: they do not pass a strict check of libraries. */
export interface VegaLiteSpec {
  readonly $schema: string;
  readonly width: number;
  readonly height: number;
  /** Marks, each with its name and the figures that it is drawn of. */
  readonly layer: readonly object[];
  readonly [member: string]: unknown;
}

/** Below this width, names stand above a plot and numbers leave the cells. */
export const isNarrow = ({ width }: ChartFrame): boolean => width < 480;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** What differs between drawings: marks in layers, and the channels that they share. */
interface Drawing {
  readonly height: number;
  readonly layer: readonly object[];
  readonly encoding?: object;
  readonly padding?: object;
  readonly resolve?: object;
}

/** A whole specification. Tests hold every drawing against the JSON Schema of Vega-Lite. */
export const drawingOf = (frame: ChartFrame, drawing: Drawing): VegaLiteSpec => ({
  ...frameOf(frame),
  ...drawing,
});

/** What all charts have: no frame, no background, our font, no descriptions inside: the page names the whole and has its table. */
const frameOf = ({ width, colors }: ChartFrame) =>
  ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    autosize: { type: 'fit-x', contains: 'padding' },
    padding: 0,
    background: 'transparent',
    config: {
      aria: false,
      font,
      view: { stroke: null },
      text: { fontSize: 12.5, fill: colors.text },
      axis: {
        labelFontSize: 12,
        labelColor: colors.muted,
        gridColor: colors.grid,
        domain: false,
        ticks: false,
        title: null,
      },
    },
  }) as const;
