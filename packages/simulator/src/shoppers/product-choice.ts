import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Random } from '../random/random.ts';
import type { SessionSlots } from '../session-slots.ts';
import { stateNames } from './intents.ts';

const [cart, remove, purchase] = [
  stateNames.indexOf('cart'),
  stateNames.indexOf('remove'),
  stateNames.indexOf('purchase'),
];

/** Which product a person's event is about: what is bought or taken out was put in before. */
export class ProductChoice {
  private readonly catalogue: Catalogue;
  private readonly slots: SessionSlots;
  private readonly random: Random;

  constructor(catalogue: Catalogue, slots: SessionSlots, random: Random) {
    this.catalogue = catalogue;
    this.slots = slots;
    this.random = random;
  }

  /** Gives a session that begins the category it looks into. */
  begin(slot: number, buys: boolean): void {
    this.slots.category[slot] = this.drawCategory(buys);
  }

  /** The product of the row that a session in `state`, a number of `stateNames`, writes now. */
  choose(slot: number, state: number, buys: boolean): number {
    const { slots, random } = this;
    const shown = slots.product[slot] ?? -1;
    const carted = slots.carted[slot] ?? -1;
    if (state === remove && carted >= 0) return carted;
    if (state === purchase) {
      slots.carted[slot] = -1;
      if (carted >= 0) return carted;
      if (shown >= 0 && slots.left[slot] !== shown) {
        // `left` is free in people's sessions: it holds what was bought last, so that nothing is bought twice in a row.
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
    // Three views in ten look at the same product again; of the others one in four leaves the category.
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
