import type { DayRange } from '../chart/chart-answer.ts';
import { addDays } from '../chart/days.ts';

/** Ranges that people ask for often, by their name: each ends with the last day of the lake. */
export const rangePresets = {
  'Last day': ({ to }) => ({ from: to, to }),
  'Last 7 days': ({ to }) => ({ from: addDays(to, -6), to }),
  'Last 28 days': ({ to }) => ({ from: addDays(to, -27), to }),
  'This month': ({ to }) => ({ from: `${to.slice(0, 7)}-01`, to }),
  'All days': (days) => days,
} as const satisfies Readonly<Record<string, (days: DayRange) => DayRange>>;

/** The name of a preset. */
export type PresetName = keyof typeof rangePresets;

/** The preset that a range is; undefined for days that were chosen. */
export const presetOf = (range: DayRange, days: DayRange): PresetName | undefined =>
  (Object.keys(rangePresets) as PresetName[]).find((name) => {
    const { from, to } = rangePresets[name](days);
    return from === range.from && to === range.to;
  });
