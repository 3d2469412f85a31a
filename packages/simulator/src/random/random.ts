/** Integer-only randomness: the same seed gives the same numbers in every JavaScript engine. */
export interface Random {
  /** The next integer, uniform in [0, 2^32). */
  next(): number;
  /** The next integer, uniform in [0, bound); `bound` at most 2^32. */
  below(bound: number): number;
}

/**
 * Hashes integers to one 32-bit integer, so that neighbouring seeds and indexes give unrelated results.
 * The finaliser is MurmurHash3's (https://github.com/aappleby/smhasher/wiki/MurmurHash3).
 */
export function mix32(a: number, b: number, c = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13) ^ c, 0x27d4eb2f);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

class Sfc32 implements Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, stream: number) {
    // A seed may have more than 32 bits, so use both halves.
    const high = Math.floor(seed / 0x1_0000_0000);
    this.a = mix32(seed | 0, stream, 1) | 0;
    this.b = mix32(high, stream, 2) | 0;
    this.c = mix32(seed | 0, high, stream ^ 3) | 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  next(): number {
    const result = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  below(bound: number): number {
    // A product below 2^53 is exact only for bounds up to 2^21. Dividing first is exact for every bound.
    return Math.floor((this.next() / 0x1_0000_0000) * bound);
  }
}

/**
 * Creates the small fast counter generator sfc32 of PractRand (https://pracrand.sourceforge.net/).
 *
 * @param seed a safe integer
 * @param stream a small integer. Generators with one seed and different streams are independent
 */
export function createRandom(seed: number, stream: number): Random {
  return new Sfc32(seed, stream);
}
