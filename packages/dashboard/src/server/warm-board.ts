import type { DayRange } from '../chart/chart-answer.ts';
import { answerTile, tileIds } from './answer-tile.ts';
import { courseId, stateRules } from './board.ts';
import { openView, type ViewSource } from './open-view.ts';

/** The width of a drawing on a wide screen. Compiled views of charts are kept for all widths. */
const usualWidth = 616;

/**
 * Answers the usual view of a board, the main chart first and then one tile after the other, so that the first page finds the engine open,
 * its charts compiled, and its answers there. It gives up where something fails: the page that asks it says why.
 *
 * @param days the first and the last day of the lake
 * @param signal stops what it asks, unless a page waits for it as well
 */
export async function warmBoard(source: ViewSource, days: DayRange, signal: AbortSignal): Promise<void> {
  const view = openView(source, stateRules(source.schema, days).fallback, days, signal);
  const ids = [courseId, ...[...tileIds].filter((id) => id !== courseId)];
  try {
    for (const id of ids) await answerTile(view, id, { width: usualWidth, isJudged: true });
  } catch {
    // Whatever it is, the page gets it too.
  }
}
