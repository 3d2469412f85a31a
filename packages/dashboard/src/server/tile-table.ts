import { figureTiles } from '../ask/tiles.ts';
import { type FigureTable, figureTable } from '../table/figure-table.ts';
import { boardCharts } from './board.ts';
import { askChart } from './chart-tile.ts';
import type { OpenView } from './open-view.ts';
import { askRanking } from './ranking-tile.ts';

/** The table of a tile, as the page shows it: for a figure, its days. Undefined where the table of the lake lacks what it needs. */
export async function tileTable(view: OpenView, id: string): Promise<FigureTable | undefined> {
  if (figureTiles.some((tile) => tile.id === id)) {
    const figure = await view.figure(id, false);
    return figure && figureTable(figure.spec, { now: figure.asked.answer, before: figure.before });
  }
  if (boardCharts.some((tile) => tile.id === id && tile.mark === 'bar'))
    return (await askRanking(view, id))?.table;
  const chart = await askChart(view, id);
  return chart && figureTable(chart.spec, chart.compared);
}
