import { defineActorKind } from '../actor-kind.ts';

/** Gaps that are averaged. */
const averaged = 16;

/**
 * Views at regular gaps for hours. A tab that reloads itself is as regular, but a browser or its owner ends that: so hours are needed, not gaps
 * alone.
 */
export const priceMonitor = defineActorKind('price-monitor', {
  severity: 'info',
  words: {
    seen: 'hours of views at regular times',
    expected: 'the longest time that a forgotten tab reloads itself',
    why: 'a shopper does not come at the same distance again and again for hours',
  },
  sizes: { meanGap: 1, regular: 1, span: 1 },
  observe(fields, { action, gap }, { gaps, hours, deviation, shortest, longest }) {
    // Rows of one page come at once, and say nothing of the pace.
    if (gap < shortest * 1000) return 0;
    const seconds = gap / 1000;
    const mean = fields.meanGap / 1000;
    if (seconds > longest) {
      fields.regular = 0;
    } else if (action === 'view' && fields.regular > 0 && Math.abs(seconds - mean) <= deviation * mean) {
      fields.regular += 1;
      fields.span += seconds;
      fields.meanGap = Math.round(1000 * (mean + (seconds - mean) / Math.min(fields.regular, averaged)));
    } else {
      // One gap that does not fit may be a request that failed: half of what was seen still counts.
      fields.regular >>= 1;
      fields.span /= 2;
    }
    if (fields.regular === 0) {
      fields.regular = seconds > longest ? 0 : 1;
      fields.span = 0;
      fields.meanGap = Math.min(gap, longest * 1000);
    }
    return Math.min(fields.regular / gaps, fields.span / 3600 / hours);
  },
  sign: (fields, { time }, { hours }) => ({
    seen: Math.round(fields.span / 36) / 100,
    expected: hours,
    start: time - fields.span * 1000,
  }),
});
