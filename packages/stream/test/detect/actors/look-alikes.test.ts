import { expect, test } from 'vitest';
import { kindsIn, numbersBelow, type Row, spaced, times } from './rows.ts';

const view = (item: number | string) => ['view', item] as const;
/** The pause of a person: short ones are frequent, long ones are not. */
const pauses = (below: (most: number) => number) => () => 3 + Math.floor(2 ** (below(800) / 100));

test('a power user spends hours in the shop, and comes back to products', () => {
  const below = numbersBelow(1);
  const steps = times(600, () => [below(10) === 0 ? 'cart' : 'view', below(200)] as const);
  expect(kindsIn(spaced(steps, pauses(below)))).toEqual([]);
});

test('a shared account has sessions of several people at the same time', () => {
  const people = times(5, (person) => {
    const below = numbersBelow(10 + person);
    return spaced(
      times(40, () => [below(12) === 0 ? 'cart' : 'view', person * 1000 + below(60)] as const),
      pauses(below),
    );
  });
  expect(kindsIn(people.flat().sort(([one], [other]) => one - other))).toEqual([]);
});

test('a price comparer looks at many products quickly, comes back to the best, and takes one', () => {
  const below = numbersBelow(2);
  const seen = times(60, (place) => view((place * 31) % 67));
  const best = times(45, (place) => view(((place % 15) * 31) % 67));
  expect(kindsIn(spaced([...seen, ...best, ['cart', 31]], () => 2 + below(10)))).toEqual([]);
});

test('a list in the order of ids is short', () => {
  const below = numbersBelow(3);
  expect(
    kindsIn(
      spaced(
        times(20, (place) => view(500 + place)),
        pauses(below),
      ),
    ),
  ).toEqual([]);
});

test('a list of 20 is followed twice, and once more', () => {
  const steps = times(60, (place) => view(500 + (place % 20)));
  expect(kindsIn(spaced(steps, pauses(numbersBelow(8))))).toEqual([]);
});

test('a wish list is many carts, each after a view', () => {
  const below = numbersBelow(4);
  const steps = times(60, (place) => [view((place * 7) % 61), ['cart', (place * 7) % 61] as const]).flat();
  expect(kindsIn(spaced(steps, () => 1 + below(20)))).toEqual([]);
});

test('a basket is filled from a list, which has a button for each product', () => {
  const below = numbersBelow(7);
  const steps = [...times(40, () => ['cart', below(500)] as const), ['purchase', 1] as const];
  expect(kindsIn(spaced(steps, () => 3 + below(20)))).toEqual([]);
});

test('a business buyer looks around, and buys many things', () => {
  const below = numbersBelow(5);
  const steps = [
    ...times(30, () => view(below(500))),
    ...times(40, () => ['cart', below(500)] as const).flatMap((cart, place) =>
      place % 4 === 3 ? [cart, ['purchase', cart[1]] as const] : [cart],
    ),
  ];
  expect(kindsIn(spaced(steps, () => 10 + below(40)))).toEqual([]);
});

test('many tabs are opened within seconds, and then read', () => {
  const below = numbersBelow(6);
  const steps = times(6, () => [...times(18, () => view(below(60))), ['cart', below(60)] as const]).flat();
  expect(kindsIn(spaced(steps, (place) => (place % 19 === 0 ? 400 : below(3))))).toEqual([]);
});

test.each([60, 120, 300, 600])('a tab that reloads every %i s for a day', (gap) => {
  expect(kindsIn(times(86_400 / gap, (place): Row => [place * gap, 'view', 8, 'visitor', 'tab']))).toEqual(
    [],
  );
});

test('a couple on shifts with one account', () => {
  const below = numbersBelow(9);
  const rows = spaced(
    times(130, () => view(below(300))),
    (place) => (place % 3 === 0 ? 1800 + below(3600) : 5 + below(40)),
  );
  expect(kindsIn(rows)).toEqual([]);
});

test('a browser opens 80 tabs at once when it starts, and some are read', () => {
  const tabs = times(80, (place): Row => [place * 0.2, 'view', (place * 7919) % 1009]);
  const read = times(10, (place): Row => [100 + place * 40, 'view', ((place + 90) * 7919) % 1009]);
  expect(kindsIn([...tabs, ...read])).toEqual([]);
});

test('new arrivals are read in the order of ids, at the pace of a person', () => {
  expect(kindsIn(times(45, (place): Row => [place * 15, 'view', 900 + place]))).toEqual([]);
});

test.each([
  ['a form', () => 0.02],
  ['a list of the last order', () => 0.1],
  ['a list, at the pace of a person', (place: number) => 3 + (place % 9)],
])('60 lines are put into the cart by %s, and bought minutes later', (_name, gapBefore) => {
  const lines = spaced(
    times(60, (place) => ['cart', 500 + place] as const),
    gapBefore,
  );
  const end = lines.at(-1)?.[0] ?? 0;
  const bought = times(60, (place): Row => [end + 300, 'purchase', 500 + place]);
  expect(kindsIn([...lines, ...bought])).toEqual([]);
});

test('a business buyer corrects quantities of a long order, and buys it', () => {
  const lines = times(25, (line): Row[] => [
    [line * 15, 'cart', line],
    [line * 15 + 6, 'cart', line],
    [line * 15 + 10, 'cart', line],
  ]).flat();
  expect(kindsIn(lines)).toEqual(['cart-bombing']);
  expect(kindsIn([...lines, [900, 'purchase', 1]])).toEqual([]);
});

test('a list of the last order is put into the cart, and left', () => {
  expect(kindsIn(times(25, (place): Row => [place * 0.05, 'cart', 500 + place]))).toEqual([]);
});

test('a client tries a cart again, each time later', () => {
  const waits = [0, 1, 2, 4, 8, 16, 32, 64, 64, 64, 64];
  let second = 0;
  const rows = waits.map((wait): Row => {
    second += wait;
    return [second, 'cart', 6];
  });
  expect(kindsIn([[0, 'view', 6], ...rows])).toEqual([]);
});

test.each([130, 320])('a shopper tries six coupons, %i s each, and buys', (hold) => {
  const tries = times(6, (place): Row[] => [
    [place * (hold + 30), 'cart', 6],
    [place * (hold + 30) + hold, 'removeFromCart', 6],
  ]).flat();
  const end = 6 * (hold + 30);
  expect(kindsIn([...tries, [end, 'cart', 6], [end + 60, 'purchase', 6]])).toEqual([]);
});

test('a client sends an event again and again, because it gets no answer', () => {
  const copies = (begin: number, item: number): Row[] =>
    times(30, (copy): Row => [begin + Math.floor(copy / 4), 'cart', item]);
  expect(kindsIn([...copies(0, 1), ...copies(100, 2), ...copies(300, 3)])).toEqual([]);
});

test('a shopper who changes quantities and hesitates', () => {
  const rows: Row[] = times(20, (step): Row => [step * 4, step % 2 === 0 ? 'cart' : 'removeFromCart', 6]);
  const hesitates: Row[] = times(
    6,
    (step): Row => [200 + step * 300, step % 2 === 0 ? 'cart' : 'removeFromCart', 6],
  );
  expect(kindsIn([...rows, ...hesitates, [2200, 'purchase', 6]])).toEqual([]);
});

test('a shopper who waits for a product, and takes time for the checkout', () => {
  const wait = (begin: number): Row[] => [
    ...times(30, (poll): Row => [begin + poll * 20, 'view', 6]),
    [begin + 600, 'cart', 6],
    [begin + 660, 'purchase', 6],
  ];
  expect(kindsIn([...wait(0), ...wait(90_000)])).toEqual([]);
});

test('a regular customer comes at the same hour each day', () => {
  expect(kindsIn(times(60, (day): Row => [day * 86_400, 'view', day % 3]))).toEqual([]);
});
