import type { StreamFigures } from '../../src/index.ts';

/** Figures of a stream, as a test needs them. */
export const streamFigures = (of: Partial<StreamFigures> = {}): StreamFigures => ({
  newest: { time: '2024-03-17T12:00:00.000Z', arrived: '2026-01-01T00:00:00.000Z' },
  isEnded: false,
  speed: null,
  visitors: 12,
  sessions: 30,
  openCarts: 3,
  openCartValue: '120.50',
  recentMinutes: 60,
  topSellers: [{ item: '1004856', sold: 4, revenue: '523.04' }],
  funnel: [{ step: 'Began', sessions: 9 }],
  alerts: [],
  alertCount: 0,
  records: null,
  countedFrom: null,
  hours: [],
  ...of,
});
