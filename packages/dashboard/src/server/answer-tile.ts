import type { TileAnswer } from '../api/api.ts';
import { figureTiles } from '../ask/tiles.ts';
import { headlineOf } from '../report/headline.ts';
import { boardCharts, courseId } from './board.ts';
import { answerChart } from './chart-tile.ts';
import { answerFigure } from './figure-tile.ts';
import type { OpenView } from './open-view.ts';
import { answerRanking } from './ranking-tile.ts';

/** The ids of all tiles of a board. */
export const tileIds: ReadonlySet<string> = new Set([
  'headline',
  courseId,
  ...figureTiles.map(({ id }) => id),
  ...boardCharts.map(({ id }) => id),
]);

/** How a tile is answered. */
export interface TileOptions {
  /** Of a drawing, in CSS pixels. */
  readonly width: number;
  /** Whether changes are judged by earlier periods. */
  readonly isJudged: boolean;
}

/**
 * The answer of one tile of a view. A headline tells judgements, so it has them in any case.
 *
 * @throws HeadwaterError what queries throw; the reason of the signal, where the view was cancelled
 */
export async function answerTile(
  view: OpenView,
  id: string,
  { width, isJudged }: TileOptions,
): Promise<TileAnswer> {
  if (id === 'headline')
    return {
      kind: 'headline',
      ...headlineOf(await view.figures(), view.state.range, view.compared),
    };
  const answer = figureTiles.some((tile) => tile.id === id)
    ? await answerFigure(view, id, isJudged)
    : boardCharts.some((tile) => tile.id === id && tile.mark === 'bar')
      ? await answerRanking(view, id)
      : await answerChart(view, id, width);
  return answer ?? { kind: 'lacking', id };
}
