import type { TableSchema } from '@headwater/core';
import type { Lake } from '@headwater/queries';
import type { ViewState } from '../api/view-state.ts';
import { type Asker, createAsker } from '../ask/asker.ts';
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
  /** @returns undefined where the table cannot answer */
  figure(id: string): Promise<Figure | undefined>;
  /** Those that the table can answer, in their order. */
  figures(): Promise<readonly Figure[]>;
}

/**
 * Opens a view of a table.
 *
 * @param days the first and the last day of the lake
 * @param signal stops what it asks, in the engine
 */
export function openView(
  { lake, schema }: { readonly lake: Lake; readonly schema: TableSchema },
  state: ViewState,
  days: DayRange,
  signal: AbortSignal,
): OpenView {
  const compared = state.comparison && comparedRange(state.range, state.comparison);
  const asker = createAsker(lake, schema, { signal, filters: state.filters });
  const others = new Map<string, Asker>();
  const askerWithout = (column: string | undefined): Asker => {
    if (column === undefined || !Object.hasOwn(state.filters, column)) return asker;
    const { [column]: _, ...filters } = state.filters;
    const other = others.get(column) ?? createAsker(lake, schema, { signal, filters });
    others.set(column, other);
    return other;
  };
  const asked = new Map<string, Promise<Figure | undefined>>();
  const figure: OpenView['figure'] = (id) => {
    const tile = figureTiles.find((one) => one.id === id);
    if (!tile) return Promise.resolve(undefined);
    const known = asked.get(id) ?? askFigure(asker, tile, state.range, compared, days);
    asked.set(id, known);
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
      const all = await Promise.all(figureTiles.map(({ id }) => figure(id)));
      return all.filter((one) => one !== undefined);
    },
  };
}
