import { type Product, products } from './products.ts';
import { createRandom, type Random } from './random.ts';

/** What visitors do, by the names that metrics have for it, and by two more. */
export type Step = 'view' | 'cart' | 'removeFromCart' | 'checkout' | 'favourite' | 'purchase';

export interface VisitEvent {
  /** Whole seconds. */
  readonly time: Date;
  readonly step: Step;
  readonly product: Product;
  readonly quantity: number;
}

/** One visit: its events as time goes. */
export interface Visit {
  readonly number: number;
  readonly shopper: number;
  readonly events: readonly VisitEvent[];
  /** What was bought, all at once; empty when nothing was. */
  readonly bought: readonly VisitEvent[];
}

export interface VisitsOptions {
  readonly seed: number;
  readonly visits: number;
  readonly shoppers: number;
  /** The first visit begins no earlier, and none later than `hours` after that. */
  readonly from: Date;
  readonly hours: number;
}

/** Seconds to the next event: mostly moments, some just below, at and above the half hour that ends a visit elsewhere. */
const pause = (random: Random): number =>
  random.chance(5) ? random.pick([1799, 1800, 1801, 2700]) : 5 + random.below(600);

/** Visits of a made-up shop. Some go over midnight, some buy without a cart, some take out what they put in. */
export function inventVisits({ seed, visits, shoppers, from, hours }: VisitsOptions): Visit[] {
  const random = createRandom(seed);
  return Array.from({ length: visits }, (_, number) => {
    let seconds = random.below(hours * 3600);
    const events: VisitEvent[] = [];
    const add = (step: Step, product: Product, quantity = 1): VisitEvent => {
      const one = { time: new Date(from.getTime() + seconds * 1000), step, product, quantity };
      events.push(one);
      return one;
    };
    const shopper = random.below(shoppers);
    const cart = new Map<Product, number>();
    for (let steps = 1 + random.below(7); steps > 0; steps--) {
      const product = random.pick(products);
      add('view', product);
      seconds += pause(random);
      if (random.chance(10)) add('favourite', product);
      if (random.chance(35)) {
        const quantity = 1 + random.below(3);
        add('cart', product, quantity);
        cart.set(product, (cart.get(product) ?? 0) + quantity);
        seconds += pause(random);
        if (random.chance(20)) {
          add('removeFromCart', product, quantity);
          cart.delete(product);
        }
      } else if (random.chance(4)) cart.set(product, 1);
    }
    const lines = random.chance(45) ? [...cart] : [];
    if (lines.length > 0 && random.chance(80)) {
      add('checkout', lines[0]?.[0] ?? random.pick(products));
      seconds += pause(random);
    }
    const bought = lines.map(([product, quantity]) => add('purchase', product, quantity));
    return { number, shopper, events, bought };
  });
}

/** The events of all visits as time goes, each with its visit: what a log has. */
export const inTimeOrder = (
  visits: readonly Visit[],
): { readonly visit: Visit; readonly event: VisitEvent }[] =>
  visits
    .flatMap((visit) => visit.events.map((event) => ({ visit, event })))
    .toSorted((one, other) => one.event.time.getTime() - other.event.time.getTime());
