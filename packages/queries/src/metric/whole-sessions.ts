import type { Margin, MetricContext } from './metric.ts';

/**
 * Days read beside the range by a metric of sessions. More is read where a session may last longer than a day, or where its
 * beginning depends on earlier events.
 */
export const wholeSessions: Margin = { before: 1, after: 1 };

/**
 * Days read beside the range by a metric that counts sessions or orders in the period of their first event. By category, brand,
 * product or a column, one counts for what it is about after the range as well.
 */
export const firstOfSessions = ({ breakdown }: Pick<MetricContext<unknown, 'time'>, 'breakdown'>): Margin =>
  breakdown?.column === undefined ? { before: 1 } : wholeSessions;
