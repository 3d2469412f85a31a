import type { HeadwaterError } from '@headwater/core';
import { expect, it } from 'vitest';
import { type SessionOptions, sessionRules } from '../../src/sessions/session-rules.ts';
import type { LiveStore } from '../../src/sessions/session-store.ts';
import { createEmbeddedStore } from '../../src/stores/embedded/embedded-store.ts';
import { clicks, derived, orders, pages, type ShopName, shops } from './shops.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as HeadwaterError).code;
  }
  return undefined;
};

it.each([
  ['clicks', 'carts', undefined],
  ['derived', 'carts', undefined],
  ['pages', 'sessions', undefined],
  ['pages', 'sales', 'ROLE_MISSING'],
  ['pages', 'revenue', 'ROLE_MISSING'],
  ['orders', 'revenue', undefined],
  ['orders', 'sessions', 'ROLE_MISSING'],
  ['orders', 'carts', 'ROLE_MISSING'],
] as const)('a table %s that needs %s: %s', (shop, need, code) => {
  expect(codeOf(() => sessionRules(shops[shop], { needs: [need] } as never))).toBe(code);
});

it('refuses a question that a table cannot answer, in plain JavaScript too', async () => {
  const store = createEmbeddedStore(sessionRules(orders)) as unknown as LiveStore;
  await expect(store.openCarts(new Date())).rejects.toMatchObject({ code: 'ROLE_MISSING' });
  await expect(store.activeSessions(new Date())).rejects.toMatchObject({ code: 'ROLE_MISSING' });
});

it.each<[ShopName, SessionOptions]>([
  ['derived', { endsAfterSeconds: 60 }],
  ['clicks', { endsAfterSeconds: 0 }],
  ['clicks', { endsAfterSeconds: 86_401 }],
  ['clicks', { retentionSeconds: 86_400 }],
  ['clicks', { mostEvents: 5000 }],
  ['clicks', { countsSeconds: 1.5 }],
])('refuses options of %s: %o', (shop, options) => {
  expect(codeOf(() => sessionRules(shops[shop], options as never))).toBe('OPTION_INVALID');
});

it('takes the end of a session from the definition, and else for 30 minutes without an event', () => {
  expect(sessionRules(clicks).endsAfter).toBe(1_800_000);
  expect(sessionRules(derived).endsAfter).toBe(1_800_000);
  expect(sessionRules(pages).endsAfter).toBe(1_200_000);
});

it('needs to know the order of rows that differ, and of rows that are all kept', () => {
  const row = { nr: 1, at: new Date(), revision: 1, action: 'look', shopper: 's' };
  expect(codeOf(() => sessionRules(derived).read({ event: row, sequenceNumber: 'x' }))).toBe(
    'OPTION_INVALID',
  );
});
