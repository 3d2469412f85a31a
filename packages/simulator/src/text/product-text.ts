import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PriceList } from '../catalogue/price-list.ts';
import type { TextFormat } from './text-format.ts';

/** Room for the largest price, 21474836.47. */
const priceRoom = 11;

/** The rendered text of every product, with room for its price. New prices are written in place. */
export class ProductText {
  readonly bytes: Buffer;
  /** Product `p` has the bytes from `starts[p]` up to, but excluding, `ends[p]`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private readonly priceStarts: Int32Array;
  private readonly shown: Int32Array;
  private readonly prices: PriceList;
  private edition = -1;

  constructor(format: TextFormat, catalogue: Catalogue, prices: PriceList) {
    this.prices = prices;
    this.starts = new Int32Array(catalogue.size);
    this.ends = new Int32Array(catalogue.size);
    this.priceStarts = new Int32Array(catalogue.size);
    this.shown = new Int32Array(catalogue.size).fill(-1);
    const parts: Buffer[] = [];
    let at = 0;
    for (let product = 0; product < catalogue.size; product++) {
      const category = catalogue.categories[catalogue.categoryOf[product] ?? 0];
      const part = Buffer.from(
        format.product(
          catalogue.productIds[product] ?? 0,
          category?.id ?? 0n,
          category?.code ?? '',
          catalogue.brands[product] ?? '',
        ),
      );
      parts.push(part, Buffer.alloc(priceRoom));
      this.starts[product] = at;
      this.priceStarts[product] = at + part.length;
      at += part.length + priceRoom;
    }
    this.bytes = Buffer.concat(parts);
  }

  /** Updates the prices if they changed. */
  refresh(): void {
    if (this.edition === this.prices.edition) return;
    this.edition = this.prices.edition;
    for (const [product, cents] of this.prices.cents.entries())
      if (this.shown[product] !== cents) this.render(product, cents);
  }

  private render(product: number, cents: number): void {
    this.shown[product] = cents;
    let digits = 3;
    for (let left = Math.floor(cents / 1000); left > 0; left = Math.floor(left / 10)) digits++;
    const start = this.priceStarts[product] ?? 0;
    let at = start + digits;
    let left = cents;
    for (let digit = 0; digit < digits; digit++) {
      if (digit === 2) this.bytes[at--] = 46;
      this.bytes[at--] = 48 + (left % 10);
      left = Math.floor(left / 10);
    }
    this.ends[product] = start + digits + 1;
  }
}
