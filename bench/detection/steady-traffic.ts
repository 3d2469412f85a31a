import type { Event } from './run-watcher.ts';

/** Milliseconds between two rows. */
const between = 100;
const products = 500;

/** A hash of a small number, uniform in [0, 2^32). */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Rows of a shop with so many actors, ten a second: visits of one or two rows, mostly views of popular products. In each round every actor
 * comes once, at another time of the round than before. So the rows are alike whatever the number of actors.
 */
export function* steadyTraffic(actors: number, events: number): Generator<Event, void, undefined> {
  const start = Date.UTC(2019, 9, 1);
  let visit = -1;
  let actor = 0n;
  for (let event = 0; event < events; event++) {
    // Two of three rows begin a visit.
    if (event % 3 !== 2) {
      visit += 1;
      const shift = mixed(Math.floor(visit / actors));
      actor = BigInt(((visit % actors) * 7919 + shift) % actors);
    }
    const draw = mixed(event);
    const action = draw % 100;
    yield {
      event_time: new Date(start + event * between),
      event_type: action < 93 ? 'view' : action < 97 ? 'cart' : action < 98 ? 'remove_from_cart' : 'purchase',
      // The smaller of two draws, so that some are popular.
      product_id: BigInt(Math.min((draw >>> 8) % products, (draw >>> 18) % products)),
      category_id: null,
      category_code: null,
      brand: null,
      price: 1 + (draw % 5000) / 100,
      user_id: actor,
      user_session: null,
    };
  }
}
