import { expect, test } from 'vitest';
import { beginning, findIn, kindsIn, numbersBelow, type Row, spaced, times } from './rows.ts';

/** Ids in no order. */
const scattered = (place: number): number => 1000 + ((place * 61_813) % 100_003);
const view = (item: number | string) => ['view', item] as const;

test('a fast scraper looks at new products alone, and puts none into the cart', () => {
  const [first, ...more] = findIn(
    spaced(
      times(120, (place) => view(scattered(place))),
      () => 2,
    ),
  );
  const row = ((first?.end ?? 0) - 1 - beginning) / 2000;
  expect(first).toMatchObject({
    ...{ kind: 'scraper', subjectType: 'actor', subject: 'visitor', start: beginning },
    rows: times(5, (place) => expect.objectContaining({ item: scattered(row + place - 4) })),
  });
  expect(first?.seen).toBeGreaterThanOrEqual(first?.expected ?? 0);
  expect(first?.expected).toBeGreaterThanOrEqual(70);
  expect(more).toEqual([]);
});

test('a scraper that puts a product into the cart now and then', () => {
  const steps = times(160, (place) => [place % 70 === 69 ? 'cart' : 'view', scattered(place)] as const);
  expect(kindsIn(spaced(steps, () => 3))).toEqual(['scraper']);
});

test('a slow scraper does so over hours, in uneven gaps', () => {
  const below = numbersBelow(1);
  const rows = spaced(
    times(160, (place) => view(scattered(place))),
    () => 60 + below(360),
  );
  expect(kindsIn(rows)).toEqual(['scraper']);
});

test.each([
  ['up', (place: number) => 5000 + place * 3],
  ['down', (place: number) => 50_000 - place],
  ['of ids with letters', (place: number) => `SKU-${String(place).padStart(5, '0')}`],
  [
    'with a page that is loaded twice, and one out of turn',
    (place: number) => 700 + place - (place === 12 ? 8 : 0),
  ],
])('a catalogue walk: ids in order, %s', (_name, idAt) => {
  const below = numbersBelow(2);
  const [found] = findIn(
    spaced(
      times(90, (place) => view(idAt(place))),
      () => 5 + below(40),
    ),
  );
  expect(found).toMatchObject({ kind: 'catalogue-walk', expected: 60, start: expect.any(Number) });
});

test('a fast catalogue walk needs fewer', () => {
  const rows = times(40, (place): Row => [place * 2, 'view', 500 + place]);
  expect(findIn(rows)).toMatchObject([{ kind: 'catalogue-walk', expected: 30, seen: 30 }]);
});

test('a scraper that loads each third page twice', () => {
  const steps = times(200, (place) => times(place % 3 === 0 ? 2 : 1, () => view(scattered(place)))).flat();
  expect(kindsIn(spaced(steps, () => 4))).toEqual(['scraper']);
});

test('a scraper that takes out again what it puts into the cart', () => {
  const steps = times(200, (place) =>
    place % 25 === 24
      ? [
          view(scattered(place)),
          ['cart', scattered(place)] as const,
          ['removeFromCart', scattered(place)] as const,
        ]
      : [view(scattered(place))],
  ).flat();
  expect(kindsIn(spaced(steps, () => 4))).toEqual(['scraper']);
});

test('a slow scraper of a night looks at nothing quickly', () => {
  const below = numbersBelow(11);
  const rows = spaced(
    times(58, (place) => view(scattered(place))),
    () => 120 + below(300),
  );
  expect(findIn(rows)[0]).toMatchObject({ kind: 'scraper', expected: 50 });
});

test('a price monitor of one product has a session for each view', () => {
  const rows = times(30, (place): Row => [place * 600, 'view', 4, 'visitor', `session ${place}`]);
  expect(kindsIn(rows)).toEqual(['price-monitor']);
  const tab = rows.map(([second, action, item]): Row => [second, action, item, 'visitor', 'one session']);
  expect(kindsIn(tab)).toEqual([]);
});

test('a price monitor asks for the same products at regular times, and one request that fails hides nothing', () => {
  const below = numbersBelow(3);
  const rows = spaced(
    times(60, (place) => view(scattered(place % 8))),
    (place) => (place === 15 ? 1800 : 850 + below(100)),
  );
  const found = findIn(rows);
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['price-monitor']));
  expect(found[0]).toMatchObject({ expected: 2.5 });
});

test('a price monitor reads its list at once, and again half an hour later', () => {
  const below = numbersBelow(8);
  const rows = spaced(
    times(10 * 40, (place) => view(scattered(place % 10))),
    (place) => (place % 10 === 0 ? 1750 + below(100) : 2 + below(9)),
  );
  expect(kindsIn(rows)).toEqual(['price-monitor']);
});

test('a price monitor polls one product every few seconds, for hours', () => {
  expect(kindsIn(times(1200, (place): Row => [place * 10, 'view', 4]))).toEqual(['price-monitor']);
});

test('a price monitor with uneven gaps does not sleep', () => {
  const below = numbersBelow(9);
  const rows = spaced(
    times(200, (place) => view(scattered(place % 7))),
    () => 30 + below(1700),
  );
  expect(findIn(rows)[0]).toMatchObject({ kind: 'price-monitor', expected: 36 });
});

test('a replay has the products and the gaps of an earlier run', () => {
  const below = numbersBelow(4);
  const gaps = times(9, () => 4 + below(120));
  const steps = times(9 * 5, (place) => [place % 9 === 4 ? 'cart' : 'view', scattered(place % 9)] as const);
  const rows = spaced(steps, (place) =>
    place % 9 === 0 ? 2000 + below(3000) : (gaps[place % 9] ?? 0) + below(2),
  );
  expect(kindsIn(rows)).toEqual(['replay']);
});

test('a cart bomber fills carts without a look at the products', () => {
  const below = numbersBelow(5);
  const steps = times(40, (place) => [below(10) < 3 ? 'view' : 'cart', scattered(place >> 2)] as const);
  expect(kindsIn(spaced(steps, () => 3 + below(8)))).toEqual(['cart-bombing']);
});

test('a cart bomber is faster than a person, though it loads each product', () => {
  const steps = times(60, (place) => [place % 2 === 0 ? 'view' : 'cart', scattered(place >> 1)] as const);
  expect(kindsIn(spaced(steps, (place) => (place % 2 === 0 ? 1 : 0)))).toEqual(['cart-bombing']);
});

test('a hoarder puts the same product in again and again', () => {
  const below = numbersBelow(6);
  const rows: Row[] = times(8, (cycle) => {
    const begin = cycle * 1000 + below(90);
    return [
      [begin, 'cart', 77],
      [begin + 1, 'cart', 77],
      [begin + 850, 'removeFromCart', 77],
      [begin + 851, 'removeFromCart', 77],
    ] as const satisfies readonly Row[];
  }).flat();
  expect(kindsIn(rows)).toEqual(['hoarding']);
});

test('a hoarder puts a product in again when the cart has expired', () => {
  expect(kindsIn(times(8, (cycle): Row => [cycle * 1200, 'cart', 77]))).toEqual(['hoarding']);
});

test('a hoarder puts several products in again when the cart has expired', () => {
  const rows = times(8, (cycle) => [1, 2, 3].map((item): Row => [cycle * 900 + item, 'cart', item])).flat();
  expect(kindsIn(rows)).toEqual(['hoarding']);
});

test('a cart bomber is told when no purchase has come after minutes, or at once when it goes far', () => {
  const bomber = (carts: number): Row[] =>
    times(carts, (place) => [place * 4, 'cart', scattered(place >> 1)]);
  const [late] = findIn(bomber(20));
  const [soon] = findIn(bomber(200));
  expect(late).toMatchObject({ kind: 'cart-bombing', end: beginning + 19 * 4000 + 1 });
  expect(soon).toMatchObject({ kind: 'cart-bombing', score: expect.closeTo(10, 0) });
  expect((soon?.end ?? 0) - beginning).toBeLessThan(600_000);
});

test('a hoarder of several products', () => {
  const rows: Row[] = times(8, (cycle) => [
    ...[1, 2, 3].map((item): Row => [cycle * 1000 + item, 'cart', item]),
    ...[1, 2, 3].map((item): Row => [cycle * 1000 + 900 + item, 'removeFromCart', item]),
  ]).flat();
  expect(kindsIn(rows)).toEqual(['hoarding']);
});

test('a sniper polls a product and buys it within seconds, more than once', () => {
  const drop = (begin: number, item: number): Row[] => [
    ...times(40, (poll): Row => [begin + poll * 20, 'view', item]),
    [begin + 800, 'cart', item],
    [begin + 802, 'purchase', item],
  ];
  expect(kindsIn(drop(0, 5))).toEqual([]);
  // Rows of one second have no order.
  const atOnce = (begin: number, item: number): Row[] => [
    ...drop(begin, item).slice(0, 40),
    [begin + 800, 'purchase', item],
    [begin + 800, 'cart', item],
  ];
  expect(findIn([...drop(0, 5), ...atOnce(200_000, 9)])).toMatchObject([
    { kind: 'sniping', seen: 2, expected: 1, rows: expect.any(Array) },
  ]);
});
