import { UsageError } from '../command-line/usage-error.ts';

/** A calendar month, UTC. */
export interface Month {
  /** `YYYY-MM`. */
  readonly name: string;
  readonly from: Date;
  /** Its end, or the present where the month goes on. */
  readonly to: Date;
  /** Hours of the whole month. */
  readonly hours: number;
  /** Whether it has ended. */
  readonly isOver: boolean;
}

/**
 * A month by its name; the last full one where none is given.
 * @throws UsageError for no month, or one that has not begun
 */
export function monthOf(name: string | undefined, now: Date): Month {
  const given = name ?? monthName(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)));
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(given))
    throw new UsageError(`--month: expected YYYY-MM, got ${given}.`);
  const [year = 0, month = 0] = given.split('-').map(Number);
  const from = new Date(Date.UTC(year, month - 1, 1));
  const end = new Date(Date.UTC(year, month, 1));
  if (from > now) throw new UsageError(`--month: ${given} has not begun.`);
  const isOver = end <= now;
  return {
    name: given,
    from,
    to: isOver ? end : now,
    hours: (end.getTime() - from.getTime()) / 3_600_000,
    isOver,
  };
}

const monthName = (date: Date): string => date.toISOString().slice(0, 7);
