import { afterAll, beforeAll } from 'vitest';
import { type ShopLake, shopLake } from './shop-lake.ts';

let shop: ShopLake | undefined;

// A lake takes seconds to simulate and to load, so the files of cases that this run has together share one. Nothing writes to it.
beforeAll(async () => {
  shop = await shopLake();
});
afterAll(() => shop?.close());

/** The lake of this run; there once its hooks have run. */
export function sharedLake(): ShopLake {
  if (!shop) throw new Error('The lake is not there yet: ask for it in a hook or in a test.');
  return shop;
}
