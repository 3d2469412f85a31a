import type { InferRow } from '@headwater/core';
import { simulateRows } from '@headwater/simulator';
import type { events } from '../src/marketplace.ts';

/** One event as a row. */
export type MadeEvent = InferRow<typeof events>;

/** What is made. */
export interface MadeEventsOptions {
  readonly merchant: string;
  readonly seed: number;
  readonly count: number;
  readonly start: string;
  readonly days: number;
}

const countries = ['AT', 'CH', 'DE', 'FR'] as const;

/** Rows of one merchant's shop: those of simulated shoppers, some of whom shop at other merchants under the same id. */
export function* madeEvents({ merchant, seed, count, start, days }: MadeEventsOptions): Generator<MadeEvent> {
  let place = 0;
  for (const one of simulateRows({ events: count, days, start, seed })) {
    place += 1;
    const shopper = one.user_id % 97n;
    yield {
      merchant,
      event_time: one.event_time,
      // More carts and purchases than shoppers make, so that few rows have some of each.
      event_type: place % 9 === 0 ? 'purchase' : place % 7 === 0 ? 'cart' : one.event_type,
      product_id: BigInt(one.product_id),
      category: one.category_code,
      brand: one.brand,
      country: countries[Number(shopper % 4n)] ?? 'DE',
      price: one.price,
      // Ids that several merchants have: a question that mixed merchants up would count other shoppers and other visits.
      shopper: `s${shopper}`,
      visit: one.user_session === null ? null : `v${one.user_session.slice(0, 2)}`,
    };
  }
}
