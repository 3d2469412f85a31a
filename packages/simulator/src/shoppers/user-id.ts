import { mix32 } from '../random/random.ts';

/** One user in 256 has an id of 19 digits, more than a double can represent. The public data has some too. */
const longIn256 = 1;

/** Converts user numbers to opaque ids, which are unique, and stable for a seed and a size of the run. */
export class UserIds {
  private readonly mask: number;
  private readonly seed: number;

  /** @param users the number of users */
  constructor(seed: number, users: number) {
    let bits = 20;
    while (2 ** bits < users && bits < 31) bits++;
    this.mask = 2 ** bits - 1;
    this.seed = seed | 0;
  }

  /** The id as decimal digits. */
  textOf(user: number): string {
    // An odd factor permutes the numbers below a power of two.
    const id = 512_000_000 + ((Math.imul(user, 0x2c1b3c6d) & this.mask) >>> 0);
    if (mix32(this.seed, user, 41) % 256 >= longIn256) return String(id);
    return String(1_515_915_625_000_000_000n + BigInt(id));
  }
}
