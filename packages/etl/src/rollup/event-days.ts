import { type DataFile, dayAfter, isUtc } from '@headwater/core/internal';

/** The days of a table's zone that may have events. */
export interface EventDays {
  /** In order. */
  readonly all: readonly string[];
  /** The events of a day, by the folder of its UTC day: what its answer is compared with. */
  events(day: string): number;
}

/**
 * The days that may have events, by the folders of the committed files. A day of a zone other than UTC may be in the folders beside
 * its own.
 */
export function daysWithEvents(files: readonly DataFile[], zone: string | undefined): EventDays {
  const rows = new Map<string, number>();
  for (const file of files) rows.set(file.day, (rows.get(file.day) ?? 0) + file.rows);
  const beside = isUtc(zone) ? [0] : [-1, 0, 1];
  const days = new Set([...rows.keys()].flatMap((day) => beside.map((distance) => dayAfter(day, distance))));
  return { all: [...days].toSorted(), events: (day) => rows.get(day) ?? 0 };
}
