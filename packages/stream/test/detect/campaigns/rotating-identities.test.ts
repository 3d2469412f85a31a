import { expect, test } from 'vitest';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { membersOf, row, shoppers, watch } from './watch.ts';

const background = [...shoppers(0, 50_000)];

/** Accounts that each view rare products, one after the other. */
function chain(from: number, accounts: number, { rows = 8, gap = 4, pause = 4 } = {}): ShopEvent[] {
  return Array.from({ length: accounts * rows }, (_, number) => {
    const account = Math.floor(number / rows);
    return row(from + number * gap + account * (pause - gap), `robot ${account}`, `rare ${number}`);
  });
}

test('one scraper that changes its account is one campaign with its accounts, told every 10 minutes at most', () => {
  const found = watch([...background, ...chain(40_000, 30)]);
  // Of the last account it is not known whether another one would have followed.
  expect(membersOf(found)).toEqual({
    'rotating-identities:robot 0': Array.from({ length: 29 }, (_, account) => `robot ${account}`),
  });
  const [first] = found;
  expect(first).toMatchObject({
    kind: 'rotating-identities',
    subjectType: 'campaign',
    seen: 5,
    score: 1,
    severity: 'warning',
  });
  expect(first?.expected).toBeLessThan(2.5);
  // Sixteen minutes of rows.
  expect(found.length).toBeLessThanOrEqual(3);
});

test('shoppers, accounts that put something into the cart, and accounts at any time are left alone', () => {
  const carting = chain(40_000, 30).map((event, number) =>
    number % 8 === 2 ? { ...event, action: 'cart' as const } : event,
  );
  const popular = chain(40_000, 30).map((event, number) => ({ ...event, item: `popular ${number % 100}` }));
  const apart = chain(10_000, 30, { pause: 900 });
  for (const rows of [[], carting, popular, apart]) expect(watch([...background, ...rows])).toEqual([]);
});

test('in a crowd that looks at rare products, accounts that follow each other are chance', () => {
  // Somebody comes every four seconds, and all view what nobody else views.
  const crowd = Array.from({ length: 500 }, (_, person) =>
    Array.from({ length: 6 }, (_, view) =>
      row(40_000 + person * 4 + view * 7, `reader ${person}`, `archive ${person * 6 + view}`),
    ),
  ).flat();
  expect(watch([...background, ...crowd])).toEqual([]);
});
