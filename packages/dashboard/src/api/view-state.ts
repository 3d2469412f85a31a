import type { DayRange } from '../chart/chart-answer.ts';
import type { Comparison } from '../compare/compared-range.ts';

/** What a view is filtered by: the values of columns of the table. An event without a value is `null`. */
export type ViewFilters = Readonly<Record<string, readonly (string | null)[]>>;

/** The length of the periods of a view. */
export type ViewGrain = 'hour' | 'day' | 'week' | 'month';

/** Everything that decides what a page shows. The theme is the reader's, and no part of it. */
export interface ViewState {
  readonly range: DayRange;
  readonly grain: ViewGrain;
  /** Undefined where nothing is compared. */
  readonly comparison: Comparison | undefined;
  /** The figure whose course the main chart shows, by its tile. */
  readonly tile: string;
  readonly filters: ViewFilters;
}

/** How an event without a value is written; a text of that kind is written with another tilde before it. */
export const missing = '~';

/**
 * A state as the query string of a link: `from=2026-11-16&to=2026-11-22&grain=day&compare=period&tile=revenue&brand=acme&brand=~`.
 *
 * - `from`, `to`: the first and the last day.
 * - `grain`: `hour`, `day`, `week` or `month`.
 * - `compare`: `period`, `weekdays`, `year` or `none`.
 * - `tile`: the figure in the main chart.
 * - `where.<column>`: a value of a filter, once for each. `~` is an event without a value; a value that begins with a tilde has another one before it.
 *
 * Reading what this writes gives the same state.
 */
export function stateToQuery({ range, grain, comparison, tile, filters }: ViewState): string {
  const query = new URLSearchParams({
    from: range.from,
    to: range.to,
    grain,
    compare: comparison ?? 'none',
    tile,
  });
  for (const [column, values] of Object.entries(filters))
    for (const value of values) query.append(`where.${column}`, written(value));
  return query.toString();
}

const written = (value: string | null): string =>
  value === null ? missing : value.startsWith(missing) ? `${missing}${value}` : value;
