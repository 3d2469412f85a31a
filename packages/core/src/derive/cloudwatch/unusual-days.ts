import type { DayRange } from '../../catalog/alarms-config.ts';
import { fixedOffset } from '../../time-zone/fixed-offset.ts';
import { localDayStart } from '../../time-zone/local-day.ts';
import type { AnomalyDetector } from './metric-alarm.ts';

const dayMilliseconds = 86_400_000;

/**
 * What a detector leaves out, and the zone whose clock its metric follows. A range ends where the day after its last one begins, so
 * a day on which the clock changes has 23 or 25 hours. CloudWatch knows no offsets such as `+08:00`; where the clock never changes, it needs none.
 *
 * @param zone the zone of the table
 * @example detectorConfiguration([{ from: '2026-03-29', to: '2026-03-29' }], 'Europe/Berlin')
 * // { ExcludedTimeRanges: [{ StartTime: 2026-03-28T23:00:00Z, EndTime: 2026-03-29T22:00:00Z }], MetricTimezone: 'Europe/Berlin' }
 */
export const detectorConfiguration = (
  days: readonly DayRange[],
  zone: string,
): AnomalyDetector['Configuration'] => ({
  ExcludedTimeRanges: days.map(({ from, to }) => ({
    StartTime: localDayStart(zone, new Date(from)).first,
    EndTime: localDayStart(zone, new Date(new Date(to).getTime() + dayMilliseconds)).first,
  })),
  ...(fixedOffset(zone) === undefined ? { MetricTimezone: zone } : {}),
});
