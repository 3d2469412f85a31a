import { HeadwaterError } from '@headwater/core';
import { grainsFor, viewGrains } from '../api/view-grains.ts';
import { missing, type ViewState } from '../api/view-state.ts';
import { daysIn } from '../chart/days.ts';
import { comparisons } from '../compare/compared-range.ts';

/** What a state is checked by. */
export interface StateRules {
  /** What a link leaves out. */
  readonly fallback: ViewState;
  readonly tiles: readonly string[];
  /** Columns that events may be filtered by. */
  readonly columns: readonly string[];
}

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
  const possible = grainsFor(daysIn(range));
  if (possible.length === 0) invalid('from', range.from, 'a range of 12,000 days or fewer');
  const usual = possible.includes(fallback.grain) ? fallback.grain : (possible[0] ?? 'month');
  const grain = choose('grain', viewGrains, usual);
  if (!possible.includes(grain))
    invalid(
      'grain',
      grain,
      `one of ${possible.join(', ')} for ${daysIn(range)} days, so that a chart has few enough periods`,
    );
  const comparison = choose('compare', [...comparisons, 'none'] as const, fallback.comparison ?? 'none');
  const names = [...new Set([...query.keys()].filter((name) => name.startsWith('where.')))];
  const filters = names.map((name) => {
    const column = name.slice('where.'.length);
    if (!columns.includes(column)) invalid(name, column, `a column of ${columns.join(', ')}`);
    return [column, [...new Set(query.getAll(name).map(read))]] as const;
  });
  return {
    range,
    grain,
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
