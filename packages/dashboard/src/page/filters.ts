import type { ViewFilters } from '../api/view-state.ts';

/** What an event without a value is called. */
export const noneText = '(none)';

/** A value of a filter in words. */
export const filterText = (value: string | null): string => value ?? noneText;

/** Filters with a value more, or without it where they have it. */
export function toggled(filters: ViewFilters, column: string, value: string | null): ViewFilters {
  const own = filters[column] ?? [];
  const values = own.includes(value) ? own.filter((one) => one !== value) : [...own, value];
  const { [column]: _, ...others } = filters;
  return values.length === 0 ? others : { ...others, [column]: values };
}
