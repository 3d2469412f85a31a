import type { ChartTileAnswer } from '../api/api.ts';
import type { Asked } from '../ask/asker.ts';
import { figureTiles, grainOf } from '../ask/tiles.ts';
import { chartOfAnswer } from '../chart/chart-of-answer.ts';
import { daysIn } from '../chart/days.ts';
import { hasFigures } from '../chart/drawn-measures.ts';
import type { Compared } from '../compare/compared.ts';
import { keyOf, noteOf, unitOf } from '../report/chart-card.ts';
import { sentenceOf } from '../sentence/sentence-of.ts';
import { figureTable } from '../table/figure-table.ts';
import { pageColors } from '../vega/color-tokens.ts';
import { drawChart } from '../vega/draw-chart.ts';
import { type DrawnSpec, vegaLiteOf } from '../vega/vega-lite-of.ts';
import { boardCharts, courseId } from './board.ts';
import { chartPoints } from './chart-points.ts';
import { tileDefinition } from './figure-tile.ts';
import type { OpenView } from './open-view.ts';

/** What a chart of a view asks, and how it is drawn. */
interface ChartQuestion {
  readonly metric: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mark: DrawnSpec['mark'];
  readonly measures: readonly string[];
  readonly title: string;
  /** The measures that are asked for; all of the metric by default. */
  readonly asks?: readonly string[];
}

/** A chart with its points and its table. */
export interface AskedChart {
  readonly asked: Asked;
  readonly spec: DrawnSpec;
  readonly compared: Compared;
}

function questionOf({ state }: OpenView, id: string): ChartQuestion | undefined {
  const { grain } = state;
  if (id === courseId) {
    const figure = figureTiles.find((one) => one.id === state.tile);
    return (
      figure && {
        metric: figure.metric,
        parameters: { grain },
        mark: 'line',
        measures: [figure.measure],
        ...(figure.asks ? { asks: figure.asks } : {}),
        title: `${figure.title.replace(/ a day$/, '')} by ${grain}`,
      }
    );
  }
  const tile = boardCharts.find((one) => one.id === id);
  if (!tile) return undefined;
  const isLine = tile.mark === 'line';
  return {
    ...tile,
    parameters: { ...grainOf(tile, grain, daysIn(state.range)), ...tile.parameters },
    title: isLine ? `${tile.title} by ${grain}` : tile.title,
  };
}

/** Asks a chart of a view; undefined where the table cannot answer. */
export async function askChart(view: OpenView, id: string): Promise<AskedChart | undefined> {
  const question = questionOf(view, id);
  if (!question) return undefined;
  const { asker, compared: range } = view;
  const { metric, parameters, asks: measures } = question;
  const ranges = range ? [view.state.range, range] : [view.state.range];
  const [asked, before] = await asker.askOver({ metric, parameters, measures }, ranges);
  const has = (measure: string) => asked?.answer.columns.some(({ name }) => name === measure) === true;
  if (!asked || !question.measures.every(has)) return undefined;
  const spec = chartOfAnswer(asked.answer, question) as DrawnSpec;
  return { asked, spec, compared: { now: asked.answer, before: before?.answer } };
}

/**
 * A chart of a view with its drawing, the places of its points, its table and its sentence.
 *
 * @param width of the drawing, in CSS pixels
 */
export async function answerChart(
  view: OpenView,
  id: string,
  width: number,
): Promise<ChartTileAnswer | undefined> {
  const found = await askChart(view, id);
  if (!found) return undefined;
  const { asked, spec, compared } = found;
  const isEmpty = !hasFigures(spec, compared.now);
  // The main chart is as wide as the page, so it is higher as well.
  const height = width < 480 ? 190 : id === courseId && width > 900 ? 300 : 230;
  const drawing = isEmpty
    ? undefined
    : await drawChart(vegaLiteOf(spec, compared, { width, height, colors: pageColors }));
  const [key, note] = isEmpty ? [] : [keyOf(spec, compared)?.text, noteOf(spec, compared)?.text];
  return {
    kind: 'chart',
    id,
    title: `${spec.title}${unitOf(spec)}`,
    sentence: sentenceOf(spec, compared),
    svg: drawing?.svg ?? '',
    width: drawing?.width ?? width,
    height: drawing?.height ?? 0,
    points: drawing ? chartPoints(spec, compared, drawing) : [],
    ...(key === undefined ? {} : { key }),
    ...(note === undefined ? {} : { note }),
    table: figureTable(spec, compared),
    definition: tileDefinition(asked),
  };
}
