import { HeadwaterError } from '@headwater/core';
import type { DayRange } from '../chart/chart-answer.ts';
import { type Comparison, comparisons } from '../compare/compared-range.ts';

/** What a view is filtered by: the values of columns of the table. An event without a value is `null`. */
export type ViewFilters = Readonly<Record<string, readonly (string | null)[]>>;

/** Everything that decides what a page shows. The theme is the reader's, and no part of it. */
export interface ViewState {
  readonly range: DayRange;
  readonly grain: 'hour' | 'day' | 'week' | 'month';
  /** Undefined where nothing is compared. */
  readonly comparison: Comparison | undefined;
  /** The figure whose course the main chart shows, by its tile. */
  readonly tile: string;
  readonly filters: ViewFilters;
}

/** What a state is checked by. */
export interface StateRules {
  /** What a link leaves out. */
  readonly fallback: ViewState;
  readonly tiles: readonly string[];
  /** Columns that events may be filtered by. */
  readonly columns: readonly string[];
}

const grains = ['hour', 'day', 'week', 'month'] as const;
/** How an event without a value is written; a text of that kind is written with another tilde before it. */
const missing = '~';

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
const read = (text: string): string | null =>
  text === missing ? null : text.startsWith(missing) ? text.slice(missing.length) : text;

/**
 * The state that a query string has. What it leaves out comes from the fallback; a name that is none of it is ignored, as links
 * of newer versions may have it.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a value that is none, so that a wrong link is not shown as another view
 */
export function stateFromQuery(text: string, { fallback, tiles, columns }: StateRules): ViewState {
  const query = new URLSearchParams(text);
  const choose = <Value extends string>(name: string, values: readonly Value[], instead: Value): Value => {
    const given = query.get(name);
    if (given === null) return instead;
    return values.find((one) => one === given) ?? invalid(name, given, `one of ${values.join(', ')}`);
  };
  const range = {
    from: day(query.get('from') ?? fallback.range.from, 'from'),
    to: day(query.get('to') ?? fallback.range.to, 'to'),
  };
  if (range.from > range.to) invalid('from', range.from, `a day not after ${range.to}`);
  const comparison = choose('compare', [...comparisons, 'none'] as const, fallback.comparison ?? 'none');
  const names = [...new Set([...query.keys()].filter((name) => name.startsWith('where.')))];
  const filters = names.map((name) => {
    const column = name.slice('where.'.length);
    if (!columns.includes(column)) invalid(name, column, `a column of ${columns.join(', ')}`);
    return [column, [...new Set(query.getAll(name).map(read))]] as const;
  });
  return {
    range,
    grain: choose('grain', grains, fallback.grain),
    comparison: comparison === 'none' ? undefined : comparison,
    tile: choose('tile', tiles, fallback.tile),
    filters: Object.fromEntries(filters),
  };
}

function day(text: string, name: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).getTime() >= 0;
  return isDay && new Date(text).toISOString().startsWith(text)
    ? text
    : invalid(name, text, 'a day, as 2026-11-16');
}

function invalid(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value: JSON.stringify(value), expected });
}
