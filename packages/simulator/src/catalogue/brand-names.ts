import { mix32 } from '../random/random.ts';

const starts = [
  'al',
  'bre',
  'cor',
  'del',
  'eno',
  'fra',
  'gol',
  'hal',
  'ino',
  'jun',
  'kel',
  'lum',
  'mar',
  'nor',
  'ost',
  'pel',
];
const middles = [
  'a',
  'be',
  'di',
  'fo',
  'go',
  'li',
  'ma',
  'ni',
  'po',
  'ra',
  'se',
  'ti',
  'va',
  'we',
  'xi',
  'zo',
];
const ends = ['ck', 'do', 'ex', 'fa', 'ko', 'la', 'mi', 'nt', 'on', 'ra', 'st', 'ta', 'us', 'vo', 'x', 'zen'];

/** The number of different brands. */
export const brandCount = starts.length * middles.length * ends.length;

/** The invented name of brand `index`. It has lower-case letters only, and does not depend on the seed. */
export function brandName(index: number): string {
  return `${starts[index % 16]}${middles[(index >> 4) % 16]}${ends[(index >> 8) % 16]}`;
}

/** The brand of one of a category's products. A few brands have many products of a category, the others have few. */
export function brandIndexOf(seed: number, category: number, product: number): number {
  const draw = mix32(seed, product, 71);
  const own = 4 + (mix32(seed, category, 72) % 40);
  // The smaller of two draws favours the category's first brands.
  const place = Math.min(draw % own, (draw >>> 12) % own);
  return mix32(seed, category, 1000 + place) % brandCount;
}
