import { defineActorKind } from '../actor-kind.ts';
import type { WordList } from '../memory/words.ts';

const bitmapWords = 8;
const bits = bitmapWords * 32;
/** With more views the bitmap is too full to tell new products: the count begins again. */
const longestStreak = bits;

/**
 * Breadth: nearly every product is a new one, over many views, and hardly a cart among them. Fast or slow does not matter. For each
 * view of a product that was seen before, and for each cart, more products are expected, so the limit of a shopper moves away.
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
  sizes: { views: 1, charged: 1, since: 1, bitsSet: 1, bitmap: bitmapWords },
  observe(fields, { action, item, gap, time }, parameters) {
    if (action === 'purchase') fields.views = 0;
    if (action === 'cart') fields.charged += parameters.perCart;
    if (action !== 'view' || item === 0) return 0;
    if (fields.views === 0 || fields.views >= longestStreak || gap > parameters.pause * 1000) {
      fields.views = 0;
      fields.charged = 0;
      fields.bitsSet = 0;
      fields.bitmap.clear();
      fields.since = Math.floor(time / 1000);
    }
    fields.views += 1;
    if (setBit(fields.bitmap, item)) fields.bitsSet += 1;
    return differentOf(fields) / expectedOf(fields, parameters);
  },
  sign: (fields, _row, parameters) => ({
    seen: Math.round(differentOf(fields)),
    expected: Math.round(expectedOf(fields, parameters)),
    start: fields.since * 1000,
  }),
});

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
