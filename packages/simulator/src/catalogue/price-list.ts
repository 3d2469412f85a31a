import { mix32 } from '../random/random.ts';
import type { Catalogue } from './catalogue.ts';

/** Prices as they stand on one day, in cents. */
export class PriceList {
  readonly cents: Int32Array;
  /** Grows by one whenever any price changes. */
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
   * Turns the list to a day: one product in 32 is repriced within 5 % of its first price, and a sale cuts all.
   *
   * @param day number of the day in the run
   * @param kept what a sale leaves of a price, per hundred; 100 on ordinary days
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
