import { mix32 } from '../random/random.ts';
import type { Catalogue } from './catalogue.ts';

/** The prices of one day, in cents. */
export class PriceList {
  readonly cents: Int32Array;
  /** A counter that increases whenever a price changes. */
  edition = 0;
  private readonly ordinary: Int32Array;
  private readonly catalogue: Catalogue;
  private readonly seed: number;

  constructor(catalogue: Catalogue, seed: number) {
    this.catalogue = catalogue;
    this.seed = seed | 0;
    this.ordinary = catalogue.prices.slice();
    this.cents = catalogue.prices.slice();
  }

  /**
   * Sets the prices of a day. One product in 32 gets a new price within 5 % of its first price, and a sale reduces all prices.
   *
   * @param day number of the day in the run
   * @param kept the percentage of a price during a sale; 100 on ordinary days
   */
  turnTo(day: number, kept: number): void {
    for (let product = 0; product < this.ordinary.length; product++) {
      const draw = mix32(this.seed, product, 90_000 + day);
      if (day > 0 && (draw & 31) === 0) {
        const first = this.catalogue.prices[product] ?? 0;
        this.ordinary[product] = Math.floor((first * (95 + ((draw >>> 5) % 11))) / 100);
      }
      this.cents[product] = Math.floor(((this.ordinary[product] ?? 0) * kept) / 100);
    }
    this.edition++;
  }
}
