import { defineActorKind } from '../actor-kind.ts';
import type { WordList } from '../memory/words.ts';

/** Rows that are remembered: a recording of that many is the longest that is noticed. */
const ringLength = 23;
const longestGap = 0xffff;

/**
 * The same run of products with the same gaps between them, again: a recorded session that is played.
 *
 * The last rows are kept as 16 bits of the product and 16 of the gap. `lag` is how many rows ago the run was seen before; while rows go
 * on as they did then, those are counted that differ from the row before in product and gap. A product that is loaded again and again is
 * no run, and even gaps are those of a monitor.
 */
export const replay = defineActorKind('replay', {
  severity: 'warning',
  words: {
    seen: 'rows with the product and the gap of an earlier run of rows, less those with another gap',
    expected: 'the most rows that agree so by chance',
    why: 'a shopper who looks at the same products again takes other times for it',
  },
  sizes: { ring: ringLength, rows: 1, lag: 1, repeated: 1, since: 1 },
  observe(fields, { item, itemBefore, gap, time }, { rows, tolerance, shortest }) {
    if (item === 0) return 0;
    const seconds = Math.min(longestGap, Math.floor(gap / 1000));
    const product = item & 0xffff;
    const known = Math.min(fields.rows, ringLength);
    const { ring } = fields;
    if (fields.lag > 0 && productAt(ring, fields.rows - fields.lag) !== product) {
      fields.lag = 0;
      fields.repeated >>= 1;
    }
    if (fields.lag === 0) {
      fields.lag = lagOf(ring, fields.rows, known, product, seconds, tolerance);
      if (fields.lag > 0 && fields.repeated === 0) fields.since = Math.floor(time / 1000);
    }
    const isUneven = Math.abs(gapAt(ring, fields.rows - 1) - seconds) > tolerance;
    if (fields.lag > 0 && item !== itemBefore && isUneven && seconds >= shortest) {
      const agrees = Math.abs(gapAt(ring, fields.rows - fields.lag) - seconds) <= tolerance;
      fields.repeated = Math.max(0, fields.repeated + (agrees ? 1 : -1));
    }
    ring.set(placeOf(fields.rows), ((product << 16) | seconds) >>> 0);
    fields.rows += 1;
    return fields.repeated / rows;
  },
  sign: (fields, _row, { rows }) => ({
    seen: fields.repeated,
    expected: rows,
    start: fields.since * 1000,
  }),
});

const placeOf = (row: number): number => (row + ringLength) % ringLength;
const productAt = (ring: WordList, row: number): number => ring.get(placeOf(row)) >>> 16;
const gapAt = (ring: WordList, row: number): number => ring.get(placeOf(row)) & 0xffff;

/** How many rows ago the product was seen with this gap; 0 if it was not. */
function lagOf(
  ring: WordList,
  rows: number,
  known: number,
  product: number,
  seconds: number,
  tolerance: number,
): number {
  for (let lag = 2; lag <= known; lag++)
    if (productAt(ring, rows - lag) === product && Math.abs(gapAt(ring, rows - lag) - seconds) <= tolerance)
      return lag;
  return 0;
}
