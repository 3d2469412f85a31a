import type { Margin } from './metric.ts';

/** Days read beside the range so that every session that begins in it is seen whole: it lasts 24 hours at most. */
export const wholeSessions: Margin = { before: 1, after: 1 };
