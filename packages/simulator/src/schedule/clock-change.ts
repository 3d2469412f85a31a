/** A change of the shop's clocks. */
export interface ClockChange {
  /** Seconds since the start of the run. */
  readonly second: number;
  /** The hours by which people come later in UTC than before. -1 in spring, 1 in autumn. */
  readonly hours: number;
}

/** The months of the changes, from 0, with the hours by which people come later. */
const changes = [
  { month: 2, hours: -1 },
  { month: 9, hours: 1 },
] as const;

/**
 * The changes of the clocks during a run: 01:00 UTC on the last Sundays of March and October, as in the European Union
 * (https://eur-lex.europa.eu/eli/dir/2000/84/oj).
 *
 * @param startSecond seconds since 1970
 * @param seconds the duration of the run
 */
export function clockChangesOf(startSecond: number, seconds: number): ClockChange[] {
  const first = new Date(startSecond * 1000).getUTCFullYear();
  const last = new Date((startSecond + seconds) * 1000).getUTCFullYear();
  const found: ClockChange[] = [];
  for (let year = first; year <= last; year++)
    for (const { month, hours } of changes) {
      // Both months have 31 days.
      const sunday = 31 - new Date(Date.UTC(year, month, 31)).getUTCDay();
      const second = Date.UTC(year, month, sunday, 1) / 1000 - startSecond;
      if (second >= 0 && second < seconds) found.push({ second, hours });
    }
  return found;
}
