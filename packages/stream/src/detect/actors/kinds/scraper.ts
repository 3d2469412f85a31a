import { defineActorKind } from '../actor-kind.ts';
import type { ActorRow } from '../actor-row.ts';
import type { WordList } from '../memory/words.ts';

const bitmapWords = 8;
const bits = bitmapWords * 32;
/** With more views the bitmap is too full to tell new products: the count begins again. */
const longestStreak = bits;

/**
 * Breadth: nearly every product is a new one, over many views, and no cart or purchase among them. Fast or slow does not matter.
 *
 * Which products were seen is a bitmap, whose bits estimate their number (linear counting, Whang and others 1990).
 */
export const scraper = defineActorKind('scraper', {
  severity: 'warning',
  words: {
    seen: 'different products that the actor looked at, one after the other, without a cart or a purchase',
    expected: 'the most different products that a shopper looks at so',
    why: 'a shopper comes back to products, and puts one of so many into the cart',
  },
  sizes: { views: 1, since: 1, bitsSet: 1, bitmap: bitmapWords },
  observe(fields, { action, item, gap, time }, { products, share, pause }) {
    if (action === 'cart' || action === 'purchase') fields.views = 0;
    if (action !== 'view' || item === 0) return 0;
    if (fields.views === 0 || fields.views >= longestStreak || gap > pause * 1000) {
      fields.views = 0;
      fields.bitsSet = 0;
      fields.bitmap.clear();
      fields.since = Math.floor(time / 1000);
    }
    fields.views += 1;
    if (setBit(fields.bitmap, item)) fields.bitsSet += 1;
    const different = differentProducts(fields.bitsSet);
    return different >= share * fields.views ? different / products : 0;
  },
  sign: (fields, _row: ActorRow, { products }) => ({
    seen: Math.min(fields.views, Math.round(differentProducts(fields.bitsSet))),
    expected: products,
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

const differentProducts = (bitsSet: number): number =>
  -bits * Math.log(1 - Math.min(bitsSet, bits - 1) / bits);
