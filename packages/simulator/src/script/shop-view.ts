import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Random } from '../random/random.ts';
import { hourWeights } from '../schedule/arrivals.ts';
import { visitorProfile } from '../schedule/hour-profile.ts';

/** The share of a run's rows that ordinary shoppers write, roughly. It scales floods, spikes and the number of attackers. */
const ordinaryShare = 0.8;

/** What a case sees of the shop: its products and its traffic over time. */
export class ShopView {
  readonly catalogue: Catalogue;
  readonly startSecond: number;
  /** The duration of the run. */
  readonly seconds: number;
  /** The rows of ordinary shoppers, roughly. */
  readonly ordinaryRows: number;
  private readonly rowsPerWeight: number;
  private readonly weights: Float64Array;
  private readonly order: Int32Array;

  constructor(
    catalogue: Catalogue,
    events: number,
    startSecond: number,
    days: number,
    saleDays?: readonly string[],
  ) {
    this.catalogue = catalogue;
    this.startSecond = startSecond;
    this.seconds = days * 86_400;
    this.weights = hourWeights(visitorProfile, startSecond, days, saleDays);
    const rows = events * ordinaryShare;
    this.ordinaryRows = rows;
    this.rowsPerWeight = rows / (3600 * this.weights.reduce((sum, weight) => sum + weight, 0));
    const { productIds } = catalogue;
    this.order = Int32Array.from(productIds, (_, product) => product).sort(
      (one, other) => (productIds[one] ?? 0) - (productIds[other] ?? 0),
    );
  }

  /** The shop's ordinary rows per second at a second of the run. */
  rateAt(second: number): number {
    return (this.weights[Math.floor(second / 3600)] ?? 0) * this.rowsPerWeight;
  }

  /** The product at a place of the catalogue in the order of the ids. */
  productInOrder(place: number): number {
    return this.order[place % this.order.length] ?? 0;
  }

  /** Any product, each with the same probability: most are rare. */
  drawRareProduct(random: Random): number {
    return random.below(this.catalogue.size);
  }

  /** A product by the choices of visitors: most are popular. */
  drawProduct(random: Random): number {
    return this.drawProductOf(this.drawCategory(random), random);
  }

  drawCategory(random: Random): number {
    return this.catalogue.viewed.at(random.next(), random.next());
  }

  drawProductOf(category: number, random: Random): number {
    return this.catalogue.drawProduct(category, random.next(), random.next());
  }

  /** A product that costs little, but not nothing. */
  drawCheapProduct(random: Random): number {
    const { prices } = this.catalogue;
    let product = this.drawRareProduct(random);
    for (let tries = 0; tries < 20; tries++) {
      const other = this.drawRareProduct(random);
      const price = prices[other] ?? 0;
      if (price > 0 && price < (prices[product] ?? 0)) product = other;
    }
    return product;
  }
}
