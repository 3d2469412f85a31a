import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Random } from '../random/random.ts';
import type { SessionSlots } from '../session-slots.ts';
import { stateNames } from './intents.ts';

const [cart, remove, purchase] = [
  stateNames.indexOf('cart'),
  stateNames.indexOf('remove'),
  stateNames.indexOf('purchase'),
];

/** Chooses the product of a person's event. A product that is bought or removed was put into the cart before. */
export class ProductChoice {
  private readonly catalogue: Catalogue;
  private readonly slots: SessionSlots;
  private readonly random: Random;

  constructor(catalogue: Catalogue, slots: SessionSlots, random: Random) {
    this.catalogue = catalogue;
    this.slots = slots;
    this.random = random;
  }

  /** Chooses the category of a new session. */
  begin(slot: number, buys: boolean): void {
    this.slots.category[slot] = this.drawCategory(buys);
  }

  /** The product of a session's current row. `state` is an index of `stateNames`. */
  choose(slot: number, state: number, buys: boolean): number {
    const { slots, random } = this;
    const shown = slots.product[slot] ?? -1;
    const carted = slots.carted[slot] ?? -1;
    if (state === remove && carted >= 0) return carted;
    if (state === purchase) {
      slots.carted[slot] = -1;
      if (carted >= 0) return carted;
      if (shown >= 0 && slots.left[slot] !== shown) {
        // People's sessions do not use `left`, so it stores the last purchase. Nothing is bought twice in a row.
        slots.left[slot] = shown;
        return shown;
      }
    }
    if (state === cart) {
      const product = shown >= 0 && shown !== carted ? shown : this.drawProduct(slot);
      slots.carted[slot] = product;
      slots.product[slot] = product;
      return product;
    }
    const draw = random.next();
    // Three views in ten are of the same product. Of the others, one in four is in another category.
    if (shown >= 0 && draw < 0x4ccc_cccc) return shown;
    if (draw > 0xd333_3333) slots.category[slot] = this.drawCategory(buys);
    const product = this.drawProduct(slot);
    slots.product[slot] = product;
    return product;
  }

  private drawCategory(buys: boolean): number {
    const { catalogue, random } = this;
    return (buys ? catalogue.bought : catalogue.viewed).at(random.next(), random.next());
  }

  private drawProduct(slot: number): number {
    const { random } = this;
    return this.catalogue.drawProduct(this.slots.category[slot] ?? 0, random.next(), random.next());
  }
}
