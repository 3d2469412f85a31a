import type { TableSchema } from '@headwater/core';
import type { Lake } from '@headwater/queries';
import type { ViewState } from '../api/view-state.ts';
import type { AnswerStore } from '../ask/answer-store.ts';
import { type Asked, type Asker, createAsker } from '../ask/asker.ts';
import { askFigure, type Figure } from '../ask/figure.ts';
import { figureTiles } from '../ask/tiles.ts';
import type { DayRange } from '../chart/chart-answer.ts';
import { comparedRange } from '../compare/compared-range.ts';

/** A view that tiles ask from: its questions run once, whichever tile asks them first. */
export interface OpenView {
  readonly schema: TableSchema;
  readonly state: ViewState;
  readonly compared: DayRange | undefined;
  readonly asker: Asker;
  /** Asks as if one column had no filter: the ranking of its values shows what else could be chosen. */
  askerWithout(column: string | undefined): Asker;
  /**
   * @param isJudged whether its change is judged by earlier periods
   * @returns undefined where the table cannot answer
   */
  figure(id: string, isJudged: boolean): Promise<Figure | undefined>;
  /** Those that the table can answer, in their order, with judgements. */
  figures(): Promise<readonly Figure[]>;
}

/** What views ask. */
export interface ViewSource {
  readonly lake: Lake;
  /** The table that is asked, which is one of the lake's. */
  readonly schema: TableSchema;
  /** Answers that views share. */
  readonly answers: AnswerStore<Asked>;
}

/**
 * Opens a view of a table.
 *
 * @param days the first and the last day of the lake
 * @param signal stops what it asks, in the engine
 */
export function openView(
  { lake, schema, answers: store }: ViewSource,
  state: ViewState,
  days: DayRange,
  signal: AbortSignal,
): OpenView {
  const compared = state.comparison && comparedRange(state.range, state.comparison);
  const asker = createAsker(lake, schema, { signal, filters: state.filters, store });
  const others = new Map<string, Asker>();
  const askerWithout = (column: string | undefined): Asker => {
    if (column === undefined || !Object.hasOwn(state.filters, column)) return asker;
    const { [column]: _, ...filters } = state.filters;
    const other = others.get(column) ?? createAsker(lake, schema, { signal, filters, store });
    others.set(column, other);
    return other;
  };
  const asked = new Map<string, Promise<Figure | undefined>>();
  const figure: OpenView['figure'] = (id, isJudged) => {
    const tile = figureTiles.find((one) => one.id === id);
    if (!tile) return Promise.resolve(undefined);
    const key = `${id} ${isJudged}`;
    const ranges = { range: state.range, compared, days: isJudged ? days : undefined };
    const known = asked.get(key) ?? askFigure(asker, tile, ranges);
    asked.set(key, known);
    return known;
  };
  return {
    schema,
    state,
    compared,
    asker,
    askerWithout,
    figure,
    async figures() {
      const all = await Promise.all(figureTiles.map(({ id }) => figure(id, true)));
      return all.filter((one) => one !== undefined);
    },
  };
}
