import { expect, test } from 'vitest';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { membersOf, row, shoppers, watch } from './watch.ts';

const background = [...shoppers(0, 40_000)];

/** Accounts that buy three things each, one account after the other. */
function tests(
  from: number,
  accounts: number,
  { views = 0, price = 2, pause = 60, name = 'card' } = {},
): ShopEvent[] {
  const rows: ShopEvent[] = [];
  let second = from;
  for (let account = 0; account < accounts; account++) {
    const actor = `${name} ${account}`;
    for (let view = 0; view < views; view++, second += 5 + ((account * 7 + view * 5) % 23))
      rows.push(row(second, actor, `popular ${(account + view) % 100}`, { price }));
    for (let purchase = 0; purchase < 3; purchase++, second += 10) {
      const item = `cheap ${(account * 3 + purchase) % 20}`;
      rows.push(row(second, actor, item, { action: 'purchase', price }));
    }
    second += pause;
  }
  return rows;
}

test('new accounts that buy something cheap at once, one after the other, are one campaign', () => {
  const found = watch([...background, ...tests(30_000, 12)]);
  expect(membersOf(found)).toEqual({
    'carding:card 0': Array.from({ length: 11 }, (_, account) => `card ${account}`),
  });
  expect(found[0]).toMatchObject({ kind: 'carding', subjectType: 'campaign', severity: 'critical' });
});

test('buyers who look around first, buy what is not cheap, or come at any time are left alone', () => {
  const business = tests(30_000, 12, { views: 8 });
  const sale = tests(30_000, 12, { price: 120 });
  const apart = tests(5000, 12, { pause: 2500 });
  for (const rows of [business, sale, apart]) expect(watch([...background, ...rows])).toEqual([]);
});
