import type { ChartAnswer, DayRange } from '../chart/chart-answer.ts';
import { chartOfAnswer } from '../chart/chart-of-answer.ts';
import type { KpiSpec } from '../chart/chart-spec.ts';
import { addDays, daysIn } from '../chart/days.ts';
import { type FigureFormat, formatFor } from '../chart/figure-format.ts';
import { type Delta, deltaOf } from '../compare/delta.ts';
import { type Total, totalOf } from '../compare/total-of.ts';
import { type Judgement, judge, usualChange } from '../compare/usual-change.ts';
import type { Asked, Asker, Question } from './asker.ts';
import type { FigureTile } from './tiles.ts';

/** A figure of a range, with its change, and whether such a change is usual. */
export interface Figure {
  readonly tile: FigureTile;
  readonly spec: KpiSpec;
  readonly asked: Asked;
  readonly before: ChartAnswer | undefined;
  readonly total: Total;
  readonly totalBefore: Total | undefined;
  readonly format: FigureFormat;
  readonly delta: Delta | undefined;
  readonly judgement: Judgement;
}

/** How many earlier periods a usual change is found from. */
const mostHistory = 9;

/** The fewest of which a rate is told; below, its counts are. */
export const fewestForRate = 30;

/** What a figure is asked over. */
export interface FigureRanges {
  readonly range: DayRange;
  readonly compared: DayRange | undefined;
  /** The first and the last day of the lake, for the periods before that a change is judged by; left out, a change is not judged. */
  readonly days?: DayRange | undefined;
}

/**
 * Asks a figure of a range, of the compared range, and of as many periods before as the lake has, up to nine.
 *
 * @returns undefined where the table cannot answer
 */
export async function askFigure(
  asker: Asker,
  tile: FigureTile,
  { range, compared, days }: FigureRanges,
): Promise<Figure | undefined> {
  const question = { metric: tile.metric, parameters: { grain: 'day' }, measures: tile.asks };
  const [asked, askedBefore] = await asker.askOver(question, compared ? [range, compared] : [range]);
  if (!asked?.answer.columns.some(({ name }) => name === tile.measure)) return undefined;
  const before = askedBefore?.answer;
  const of = ({ metric, rows, columns }: ChartAnswer) => totalOf(metric, rows, tile.measure, columns);
  const [total, totalBefore] = [of(asked.answer), before && of(before)];
  const spec = chartOfAnswer(asked.answer, { mark: 'kpi', measures: [tile.measure], title: tile.title });
  const format = formatFor(spec.value.format, [total.value, totalBefore?.value ?? null]);
  const isFew = [total, totalBefore].some(
    (one) => one?.parts && format.kind === 'share' && one.parts.denominator < fewestForRate,
  );
  const delta = isFew ? undefined : deltaOf(total.value, totalBefore?.value ?? null, format);
  const history = delta && days ? await askHistory(asker, question, range, { before, days }) : undefined;
  const figures = history?.map((answer) => of(answer).value) ?? [];
  return {
    tile,
    spec,
    asked,
    before,
    total,
    totalBefore,
    format,
    delta,
    judgement: delta ? judge(delta, usualChange(figures, format)) : 'unknown',
  };
}

/**
 * The answers of the periods right before a range, as long as it, the oldest first: those that lie wholly in the lake.
 *
 * @param known `before`: an answer that may be one of them
 */
async function askHistory(
  asker: Asker,
  question: Question,
  range: DayRange,
  { before, days: lakeDays }: { readonly before: ChartAnswer | undefined; readonly days: DayRange },
): Promise<ChartAnswer[]> {
  const days = daysIn(range);
  const count = Math.min(
    mostHistory,
    Math.floor((daysIn({ from: lakeDays.from, to: range.from }) - 1) / days),
  );
  const periods = Array.from({ length: Math.max(0, count) }, (_, index): DayRange => {
    const from = addDays(range.from, (index - count) * days);
    return { from, to: addDays(from, days - 1) };
  });
  const isKnown = before !== undefined && before.range.from === periods.at(-1)?.from;
  const others = isKnown ? periods.slice(0, -1) : periods;
  const asked = others.length > 0 ? await asker.askOver(question, others) : [];
  return [...asked.flatMap((one) => one?.answer ?? []), ...(isKnown ? [before] : [])];
}
