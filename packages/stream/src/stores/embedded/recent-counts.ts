import { minuteOf } from '../../sessions/count-sink.ts';
import { CountTotals } from '../../sessions/minute-totals.ts';

/** Minutes of sales that can be asked for. */
const salesMinutes = 60;

/** Counts of recent minutes. Older ones are forgotten. */
export class RecentCounts extends CountTotals {
  private readonly retention: number;

  /** @param retention milliseconds for which the counts of a minute are kept */
  constructor(retention: number) {
    super();
    this.retention = retention;
  }

  /** Forgets what is older than the retention. */
  forget(now: number): void {
    const minute = minuteOf(now);
    const oldest = minuteOf(now - this.retention);
    for (const one of this.minutes.keys()) if (one < oldest) this.minutes.delete(one);
    for (const one of this.sales.keys()) if (one < minute - salesMinutes) this.sales.delete(one);
  }
}
