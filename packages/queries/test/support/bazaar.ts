import { defineEvents, type InferRow, timestamp } from '@headwater/core';
import { z } from 'zod';

/**
 * A shop whose events have names of their own, some of them several for one action; whose prices are doubles; whose visitors are not
 * all known; and whose purchases name no product: they are of what is in the cart.
 */
export const bazaar = defineEvents('bazaar', {
  columns: {
    at: timestamp(),
    name: z.string(),
    sku: z.string().optional(),
    kind: z.string().optional(),
    maker: z.string().optional(),
    price: z.number().optional(),
    visitor: z.int64().optional(),
    visit: z.string().optional(),
    country: z.enum(['DE', 'FR']).optional(),
  },
  roles: {
    time: 'at',
    action: 'name',
    item: 'sku',
    category: 'kind',
    brand: 'maker',
    amount: 'price',
    actor: 'visitor',
    session: 'visit',
  },
  actions: {
    view: ['page', 'detail'],
    cart: 'put',
    removeFromCart: 'out',
    checkout: 'pay_page',
    purchase: 'paid',
  },
  purchases: { items: 'cart' },
});

export type BazaarRow = InferRow<typeof bazaar>;

const goods = [
  { sku: 'tea', kind: 'food', maker: 'acme', price: 0.1 },
  { sku: 'cup', kind: 'kitchen', maker: 'acme', price: 1e6 / 3 },
  { sku: 'pot', kind: 'kitchen', maker: null, price: 19.99 },
  { sku: 'gift', kind: null, maker: 'bolt', price: null },
] as const;
const nothing = { sku: null, kind: null, maker: null, price: null };

/** A number from 0 below 1 for each step, the same in every run (https://en.wikipedia.org/wiki/Linear_congruential_generator). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/**
 * Sessions over some days of March 2024, a few of them over midnight, with several purchases and events without a session.
 * No two events of a session are at the same instant, so that there is one cart at each purchase.
 */
export function bazaarRows(sessions: number, seed: number): readonly BazaarRow[] {
  const random = numbers(seed);
  const below = (limit: number): number => Math.floor(random.next().value * limit);
  return Array.from({ length: sessions }, (_, index) => {
    const begin = Date.UTC(2024, 2, 3 + below(4), below(24), below(60));
    const visitor = below(4) === 0 ? null : BigInt(below(sessions / 2));
    const visit = below(8) === 0 ? null : `v${index}`;
    const country = ([null, 'DE', 'FR'] as const)[below(3)] ?? null;
    return Array.from({ length: 1 + below(9) }, (__, step): BazaarRow => {
      const name = (['page', 'detail', 'put', 'put', 'out', 'pay_page', 'paid'] as const)[below(7)] ?? 'page';
      const isBare = name === 'paid' || name === 'pay_page';
      const good = isBare ? nothing : (goods[below(4)] ?? nothing);
      const at = new Date(begin + step * 600_000 + below(599) * 1000);
      return { at, name, ...good, visitor, visit, country };
    });
  }).flat();
}
