import type { BoardInfo, ChartTileAnswer, RankingTileAnswer } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { rangeWords } from '../chart/period-words.ts';
import { comparedRange } from '../compare/compared-range.ts';
import { filterText } from './filters.ts';
import { rankingSvg } from './ranking-svg.ts';

/** What stands for something in a picture, with its words. */
export interface PictureKey {
  readonly shape: 'line' | 'line-before' | 'bar' | 'bar-before' | 'square';
  /** The name of a variable of the page. */
  readonly color: string;
  readonly text: string;
}

/** A chart as a picture that stands by itself: without its page, it still says what it is of. */
export interface Picture {
  readonly id: string;
  readonly title: string;
  /** The days, what they are compared with, and the filters. */
  readonly subject: string;
  readonly sentence: string;
  readonly keys: readonly PictureKey[];
  /** A drawing whose colours are variables of the page. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly notes: readonly string[];
  /** Where the figures come from. */
  readonly source: string;
}

/** The days of a view, what they are compared with, and its filters, in words. */
export function subjectOf({ range, comparison, filters }: ViewState, board: BoardInfo): string {
  const compared = comparison && comparedRange(range, comparison);
  const isOneYear = compared?.to.slice(0, 4) === range.to.slice(0, 4);
  const days = compared
    ? `${rangeWords(range, !isOneYear)} against ${rangeWords(compared)}`
    : rangeWords(range);
  const chosen = board.filters.flatMap(({ column, title }) => {
    const values = filters[column] ?? [];
    return values.length === 0 ? [] : [`${title}: ${values.map(filterText).join(' or ')}`];
  });
  return [days, ...chosen].join(' · ');
}

/** The picture of a card. What the page has as HTML beside a drawing is read as text, and never put into the page. */
export function pictureOf(
  answer: ChartTileAnswer | RankingTileAnswer,
  state: ViewState,
  board: BoardInfo,
): Picture {
  const { id, title, sentence } = answer;
  const base = {
    id,
    title,
    subject: subjectOf(state, board),
    sentence,
    source: `${board.table}, ${board.source}. Days are ${board.zone}.`,
  };
  if (answer.kind === 'ranking') return { ...base, ...rankingSvg(answer), keys: [], notes: [] };
  const { svg, width, height, key = '', note = '' } = answer;
  const beside = new DOMParser().parseFromString(`${key}${note}`, 'text/html');
  const all = (selector: string): readonly Element[] => [...beside.querySelectorAll(selector)];
  const text = ({ textContent }: Element): string => (textContent ?? '').trim();
  return {
    ...base,
    svg,
    width,
    height,
    keys: [
      // On a wide drawing, lines have their names at their ends.
      ...all(width < 480 ? '.k' : '.k:not([class*=line])').map((one): PictureKey => {
        const shape = (['line-before', 'bar-before', 'bar'] as const).find((name) =>
          one.classList.contains(name),
        );
        const color = { line: 'accent', bar: 'accent', 'line-before': 'prev', 'bar-before': 'text' } as const;
        return { shape: shape ?? 'line', color: color[shape ?? 'line'], text: text(one) };
      }),
      ...all('.leg li').map(
        (one, index): PictureKey => ({ shape: 'square', color: `heat${index}`, text: text(one) }),
      ),
    ],
    notes: [
      all('.also > div')
        .map((one) => [...one.children].map(text).join(' '))
        .join(', '),
      ...all('.note').map(text),
    ].filter((line) => line !== ''),
  };
}
