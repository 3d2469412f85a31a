import { defineActorKind } from '../actor-kind.ts';

/** Gaps that are averaged. */
const averaged = 16;

/**
 * Views at regular gaps for hours, or for longer than a person is awake. A tab that reloads itself is as regular, but a browser or its
 * owner ends that: so hours are needed, not gaps alone.
 */
export const priceMonitor = defineActorKind('price-monitor', {
  severity: 'info',
  words: {
    seen: 'hours of views at regular times, or without a pause to sleep',
    expected: 'the longest time that a forgotten tab reloads itself, or that a shopper is awake',
    why: 'a shopper does not come at the same distance again and again for hours, and sleeps',
  },
  sizes: { meanGap: 1, regular: 1, span: 1, awakeSince: 1, awakeViews: 1 },
  observe(
    fields,
    { action, gap, time },
    { gaps, hours, deviation, shortest, pause, awakeHours, awakeViews },
  ) {
    const second = Math.floor(time / 1000);
    const seconds = Math.round(gap / 1000);
    if (action !== 'view' || seconds > pause) {
      fields.awakeSince = second;
      fields.awakeViews = 0;
    }
    fields.awakeViews += 1;
    const mean = fields.meanGap / 1000;
    if (action === 'view' && fields.regular > 0 && Math.abs(seconds - mean) <= deviation * mean) {
      fields.regular += 1;
      fields.span += seconds;
      fields.meanGap = Math.round(1000 * (mean + (seconds - mean) / Math.min(fields.regular, averaged)));
    } else if (fields.regular === 0 || seconds > Math.max(fields.span, 4 * mean)) {
      // What was regular so far is little against this gap: it was inside a page, or a list that is read at once.
      const isGap = seconds <= pause;
      fields.regular = isGap ? 1 : 0;
      fields.span = isGap ? seconds : 0;
      fields.meanGap = isGap ? gap : 0;
    } else if (seconds >= shortest || action !== 'view') {
      // One gap that does not fit may be a request that failed: half of what was seen still counts.
      fields.regular >>= 1;
      fields.span /= 2;
    }
    return Math.max(
      Math.min(fields.regular / gaps, fields.span / 3600 / hours),
      Math.min(fields.awakeViews / awakeViews, (second - fields.awakeSince) / 3600 / awakeHours),
    );
  },
  sign(fields, { time }, { gaps, hours, awakeHours }) {
    const isRegular = fields.regular >= gaps && fields.span / 3600 >= hours;
    const start = isRegular ? time - fields.span * 1000 : fields.awakeSince * 1000;
    const seen = Math.round((time - start) / 36_000) / 100;
    return { seen, expected: isRegular ? hours : awakeHours, start };
  },
});
