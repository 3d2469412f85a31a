import type { RankingTileAnswer } from '../api/api.ts';
import { rankedBefore } from '../ask/tiles.ts';
import { chartOfAnswer } from '../chart/chart-of-answer.ts';
import type { BarSpec } from '../chart/chart-spec.ts';
import type { Compared } from '../compare/compared.ts';
import { sentenceOf } from '../sentence/sentence-of.ts';
import { type FigureTable, figureTable } from '../table/figure-table.ts';
import { boardCharts, filtersOf } from './board.ts';
import { tileDefinition } from './figure-tile.ts';
import type { OpenView } from './open-view.ts';

/** How many values a ranking asks, so that a page can sort them by their change. */
const ranked = { limit: '50' } as const;

/** A ranking with the figures that it draws. */
export interface AskedRanking {
  readonly asked: NonNullable<Awaited<ReturnType<OpenView['asker']['ask']>>>;
  readonly spec: BarSpec;
  readonly compared: Compared;
  readonly table: FigureTable;
}

/**
 * Asks a ranking of a view, as if its own column had no filter, so that a chosen value stands among the others; undefined where
 * the table cannot answer.
 */
export async function askRanking(view: OpenView, id: string): Promise<AskedRanking | undefined> {
  const tile = boardCharts.find((one) => one.id === id && one.mark === 'bar');
  if (!tile) return undefined;
  const of = (limit: typeof ranked | typeof rankedBefore) => ({
    metric: tile.metric,
    parameters: { ...tile.parameters, ...limit },
  });
  const { compared: range } = view;
  const asker = view.askerWithout(columnOf(view, id));
  const [asked, before] = await Promise.all([
    asker.ask(of(ranked), view.state.range),
    range && asker.ask(of(rankedBefore), range),
  ]);
  const has = (measure: string) => asked?.answer.columns.some(({ name }) => name === measure) === true;
  if (!asked || !tile.measures.every(has)) return undefined;
  const spec = chartOfAnswer(asked.answer, { mark: 'bar', measures: tile.measures, title: tile.title });
  const compared = { now: asked.answer, before: before?.answer };
  return { asked, spec, compared, table: rankedTable(spec, compared) };
}

/** The things, what is ranked, what that was, and its change. Other measures are left to the metric itself. */
function rankedTable(spec: BarSpec, compared: Compared): FigureTable {
  const { caption, columns, rows } = figureTable(spec, compared);
  const names = [spec.x.column, spec.y.column, `${spec.y.column}_before`, `${spec.y.column}_change`];
  const kept = columns.flatMap(({ name }, index) => (names.includes(name) ? [index] : []));
  const pick = <Value>(values: readonly Value[]): Value[] =>
    kept.flatMap((index) => (index in values ? [values[index] as Value] : []));
  return { caption, columns: pick(columns), rows: rows.map(pick) };
}

/** The column whose values are ranked, where events can be filtered by it. */
const columnOf = ({ schema }: OpenView, id: string): string | undefined =>
  filtersOf(schema).find((one) => one.ranking === id)?.column;

/** The largest values of a dimension, with what a row of them filters by. */
export async function answerRanking(view: OpenView, id: string): Promise<RankingTileAnswer | undefined> {
  const found = await askRanking(view, id);
  if (!found) return undefined;
  const { asked, spec, compared, table } = found;
  const column = columnOf(view, id);
  return {
    kind: 'ranking',
    id,
    title: spec.title,
    sentence: sentenceOf(spec, compared),
    table,
    ...(column === undefined ? {} : { column }),
    definition: tileDefinition(asked),
  };
}
