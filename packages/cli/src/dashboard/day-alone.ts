import type { DayRange } from '@headwater/dashboard';

/** The day of an instant (UTC), as the days of a lake that holds nothing yet. */
export function dayAlone(instant: Date): DayRange {
  const day = instant.toISOString().slice(0, 10);
  return { from: day, to: day };
}
