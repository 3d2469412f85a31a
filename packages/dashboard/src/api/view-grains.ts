import type { ViewGrain } from './view-state.ts';

/** The lengths of periods that a view can have. */
export const viewGrains = ['hour', 'day', 'week', 'month'] as const satisfies readonly ViewGrain[];

/**
 * The most days that a view shows by each: at most some hundred points fit beside each other, and the statement of a zone with summer time grows with
 * its days.
 */
const mostDays: Readonly<Record<ViewGrain, number>> = { hour: 31, day: 800, week: 5_600, month: 12_000 };

/** The grains that a range of so many days can be shown by. */
export const grainsFor = (days: number): readonly ViewGrain[] =>
  viewGrains.filter((grain) => days <= mostDays[grain]);
