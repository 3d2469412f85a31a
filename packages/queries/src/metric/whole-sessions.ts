import type { Margin, MetricContext } from './metric.ts';

/** Days read beside the range so that every session that begins in it is seen whole: it lasts 24 hours at most. */
export const wholeSessions: Margin = { before: 1, after: 1 };

/**
 * Days read beside the range by a metric that counts sessions or orders in the period of their first event. By category, brand or
 * product, one counts for what it is about after the range as well.
 */
export const firstOfSessions = ({ breakdown }: Pick<MetricContext<unknown, 'time'>, 'breakdown'>): Margin =>
  breakdown?.role === undefined ? { before: 1 } : wholeSessions;
