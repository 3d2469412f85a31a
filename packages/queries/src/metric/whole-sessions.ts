import type { Margin, MetricContext } from './metric.ts';

/**
 * Days read beside the range by a metric of sessions. Where a session may last longer than a day, or has to be told from others
 * by what came before, as much more is read.
 */
export const wholeSessions: Margin = { before: 1, after: 1 };

/**
 * Days read beside the range by a metric that counts sessions or orders in the period of their first event. By category, brand or
 * product, one counts for what it is about after the range as well.
 */
export const firstOfSessions = ({ breakdown }: Pick<MetricContext<unknown, 'time'>, 'breakdown'>): Margin =>
  breakdown?.role === undefined ? { before: 1 } : wholeSessions;
