import { defineActorKind } from '../actor-kind.ts';
import type { WordList } from '../memory/words.ts';

const bitmapWords = 8;
const bits = bitmapWords * 32;
/** With more views the bitmap is too full to tell new products: the count begins again. */
const longestStreak = bits;

/**
 * Breadth: nearly every product is a new one, over many views, and hardly a cart among them. For each view of a product that was seen
 * before, for each cart, and for each tab of many that are opened at once, more products are expected, so the limit of a shopper moves
 * away. Fewer are enough when none is looked at quickly: a person glances at some pages, and stays on others.
 *
 * Which products were seen is a bitmap, whose bits estimate their number (linear counting, Whang and others 1990).
 */
export const scraper = defineActorKind('scraper', {
  severity: 'warning',
  words: {
    seen: 'different products that the actor looked at, one after the other, without a purchase',
    expected:
      'the most that a shopper looks at so: more with each view of a product seen before, and with each cart',
    why: 'a shopper comes back to products, and puts some of so many into the cart',
  },
  sizes: { views: 1, charged: 1, tabs: 1, slow: 1, since: 1, bitsSet: 1, bitmap: bitmapWords },
  observe(fields, { action, item, itemBefore, gap, time }, parameters) {
    if (action === 'purchase') fields.views = 0;
    // What is removed again may be a pretence.
    if (action === 'removeFromCart') fields.charged = Math.max(0, fields.charged - parameters.perCart);
    if (action === 'cart') {
      fields.charged += parameters.perCart;
      fields.slow = 0;
    }
    if (action !== 'view' || item === 0) return 0;
    if (fields.views === 0 || fields.views >= longestStreak || gap > parameters.pause * 1000) {
      fields.views = 0;
      fields.charged = 0;
      fields.tabs = 0;
      fields.slow = 0;
      fields.bitsSet = 0;
      fields.bitmap.clear();
      fields.since = Math.floor(time / 1000);
    }
    // A page that is loaded again says less than a return to one that was left.
    else if (item === itemBefore) {
      fields.charged += parameters.perReload;
      return 0;
    }
    if (gap < atOnce && fields.tabs < parameters.tabs) {
      fields.tabs += 1;
      fields.charged += 1;
    }
    fields.slow = gap >= parameters.slowGap * 1000 ? fields.slow + 1 : 0;
    fields.views += 1;
    if (setBit(fields.bitmap, item)) fields.bitsSet += 1;
    return Math.max(differentOf(fields) / expectedOf(fields, parameters), slowShare(fields, parameters));
  },
  sign: (fields, _row, parameters) => ({
    seen: Math.round(differentOf(fields)),
    expected: Math.round(
      slowShare(fields, parameters) >= 1 ? parameters.slowProducts : expectedOf(fields, parameters),
    ),
    start: fields.since * 1000,
  }),
});

/** Milliseconds between two tabs that are opened at once. */
const atOnce = 1000;

/** How far the actor is on the way to the limit of those who look at nothing quickly. */
const slowShare = (
  fields: { bitsSet: number; views: number; slow: number },
  { slowProducts }: { readonly slowProducts: number },
): number => Math.min(fields.slow, differentOf(fields)) / slowProducts;

/** @returns whether the bit was not set */
function setBit(bitmap: WordList, item: number): boolean {
  const place = (item >>> 5) % bitmapWords;
  const bit = 1 << (item & 31);
  const word = bitmap.get(place);
  if ((word & bit) !== 0) return false;
  bitmap.set(place, word | bit);
  return true;
}

/** The estimate for each number of bits that are set. */
const differentByBits = Float64Array.from({ length: bits + 1 }, (_, set) =>
  set === bits ? 2 * longestStreak : -bits * Math.log(1 - set / bits),
);

const differentOf = ({ bitsSet, views }: { bitsSet: number; views: number }): number =>
  Math.min(views, differentByBits[bitsSet] ?? views);

const expectedOf = (
  fields: { bitsSet: number; views: number; charged: number },
  { products, perReturn }: { readonly products: number; readonly perReturn: number },
): number => products + fields.charged + perReturn * (fields.views - differentOf(fields));
