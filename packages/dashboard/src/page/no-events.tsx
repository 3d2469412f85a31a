import type { BoardInfo } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { rangeWords } from '../chart/period-words.ts';
import type { View } from './use-view.ts';

/** Says why every card is empty, and leads out: days that the lake does not have, or filters that match nothing. */
export function NoEvents({ view, board, state }: { view: View; board: BoardInfo; state: ViewState }) {
  const { range, filters } = state;
  const { days } = board;
  const { answer, isBusy } = view.tile('course');
  const isOutside = range.to < days.from || range.from > days.to;
  const isEmpty = !isBusy && answer?.kind === 'chart' && answer.table.rows.length === 0;
  if (!isOutside && !isEmpty) return null;
  const isFiltered = Object.keys(filters).length > 0 && !isOutside;
  return (
    <div class="alert info" role="status">
      <p>
        <strong>
          {isFiltered
            ? `No events of ${rangeWords(range)} match the filters.`
            : `The lake has no events of ${rangeWords(range)}.`}
        </strong>{' '}
        {!isFiltered && `It has ${rangeWords(days)}.`}
      </p>
      {isFiltered ? (
        <button type="button" class="btn" onClick={() => view.show({ filters: {} })}>
          Clear the filters
        </button>
      ) : (
        <button
          type="button"
          class="btn"
          onClick={() => view.show({ range: board.usual.range, grain: board.usual.grain })}
        >
          Show {rangeWords(board.usual.range)}
        </button>
      )}
    </div>
  );
}
