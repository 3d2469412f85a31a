import { defineActorKind } from '../actor-kind.ts';
import { bitsOf } from '../memory/words.ts';
import type { ActorParameters } from '../parameters.ts';

/** Gaps that are averaged. */
const averaged = 16;

/** Bits of different products that are few: 14 of 32 are about 18 products. */
const fewBits = 14;
/** Times that the session changes between two rows that follow each other so soon that a browser keeps it. */
const keptSession = 1500;

/**
 * Views at regular gaps for hours, or for longer than people are awake. A tab that reloads itself is as regular, and may be forgotten for
 * a day: but it has one product, one session, and a pace that does not hurry. Who has several products, a new session each time, or
 * loads a page every few seconds for hours is a program. Two people in shifts may be awake for two days, and look at many products.
 */
export const priceMonitor = defineActorKind('price-monitor', {
  severity: 'info',
  words: {
    seen: 'hours of views at regular times, or without a pause to sleep',
    expected: 'the longest time that a forgotten tab reloads itself, or that a shopper is awake',
    why: 'a shopper does not come at the same distance again and again for hours, and sleeps',
  },
  sizes: {
    ...{ meanGap: 1, regular: 1, span: 1, products: 1, sessions: 1 },
    ...{ awakeSince: 1, awakeViews: 1, awakeProducts: 1 },
  },
  observe(fields, { action, gap, time, item, isNewSession }, parameters) {
    const { gaps, deviation, shortest, pause, awakeViews } = parameters;
    const second = Math.floor(time / 1000);
    const seconds = Math.round(gap / 1000);
    if (action !== 'view' || seconds > pause) {
      fields.awakeSince = second;
      fields.awakeViews = 0;
      fields.awakeProducts = 0;
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
      fields.products = 0;
      fields.sessions = 0;
    } else if (seconds >= shortest || action !== 'view') {
      // One gap that does not fit may be a request that failed: half of what was seen still counts.
      fields.regular >>= 1;
      fields.span /= 2;
    }
    const bit = (1 << (item & 31)) >>> 0;
    fields.products |= bit;
    fields.awakeProducts |= bit;
    if (isNewSession && seconds < keptSession) fields.sessions += 1;
    return Math.max(
      Math.min(fields.regular / gaps, fields.span / 3600 / regularHours(fields, parameters)),
      Math.min(
        fields.awakeViews / awakeViews,
        (second - fields.awakeSince) / 3600 / sleeplessHours(fields, parameters),
      ),
    );
  },
  sign(fields, { time }, parameters) {
    const hours = regularHours(fields, parameters);
    const isRegular = fields.regular >= parameters.gaps && fields.span / 3600 >= hours;
    const start = isRegular ? time - fields.span * 1000 : fields.awakeSince * 1000;
    const seen = Math.round((time - start) / 36_000) / 100;
    return { seen, expected: isRegular ? hours : sleeplessHours(fields, parameters), start };
  },
});

/** The hours of regular views that are too many: those of a forgotten tab, unless it is none. */
function regularHours(
  { products, sessions, meanGap }: { products: number; sessions: number; meanGap: number },
  { hours, tabHours, tabProducts, tabGap }: ActorParameters['price-monitor'],
): number {
  const isTab = bitsOf(products) <= tabProducts && sessions <= tabProducts && meanGap > tabGap * 1000;
  return isTab ? tabHours : hours;
}

const sleeplessHours = (
  { awakeProducts }: { awakeProducts: number },
  { awakeHours, shiftHours }: ActorParameters['price-monitor'],
): number => (bitsOf(awakeProducts) <= fewBits ? awakeHours : shiftHours);
