import {
  cartAbandonment,
  frequentVisitors,
  peakHours,
  repeatPurchase,
  revenue,
  runMetric,
  topProducts,
} from '@headwater/queries';
import { describe, expect, test } from 'vitest';
import { type MarketRow, market, marketRows } from '../support/market.ts';
import { withLake } from '../support/with-lake.ts';

const made = withLake(market, marketRows);
const range = { from: '2024-03-03', to: '2024-03-05' };
const dayOf = ({ at }: MarketRow) => at.toISOString().slice(0, 10);

/** What a line costs, in whole cents; nothing where its price or its quantity is not known. */
const cents = ({ unit_price, units }: MarketRow): number =>
  unit_price === null || units === null ? 0 : Math.round(unit_price * 100) * units;
const sum = (rows: readonly MarketRow[]): number => rows.reduce((total, row) => total + cents(row), 0) / 100;
const sales = marketRows.filter(({ kind }) => kind === 'sale');

test('revenue is units x price, and its orders are the order ids, each on the day of its first sale', async () => {
  const firsts = new Map<bigint, string>();
  for (const row of sales.toSorted((one, other) => +one.at - +other.at))
    if (row.receipt !== null && !firsts.has(row.receipt)) firsts.set(row.receipt, dayOf(row));
  const days = ['2024-03-03', '2024-03-04', '2024-03-05'];
  const expected = days.map((period) => {
    const own = sales.filter((row) => dayOf(row) === period);
    const orders = [...firsts.values()].filter((day) => day === period).length;
    const loose = own.filter(({ visit }) => visit === null);
    return {
      period,
      orders,
      buyers: new Set(own.map(({ customer }) => customer)).size,
      revenue: sum(own),
      averageOrderValue: sum(own.filter(({ receipt }) => receipt !== null)) / orders,
      purchasesWithoutSession: loose.length,
      revenueWithoutSession: sum(loose),
    };
  });
  expect(await runMetric(made.lake.market, revenue, range)).toEqual(expected);
  // By hand: 3 x 2.50 + 2 x 4.25 + 19.99 + 4 x 4.25 on the 3rd, in the orders 900, 901 and 902.
  expect(expected[0]).toMatchObject({ orders: 3, revenue: 52.99 });
  expect(expected[1]).toMatchObject({ orders: 1, revenue: 67.48, averageOrderValue: 64.98 });
});

test('repeat buyers have two order ids, in one session or in several', async () => {
  expect(await runMetric(made.lake.market, repeatPurchase, range)).toEqual([
    {
      period: '2024-03-03/2024-03-05',
      buyers: 4,
      repeatBuyers: 1,
      repeatRate: 0.25,
      orders: 5,
      ordersPerBuyer: 1.25,
      purchasesWithoutSession: 1,
    },
  ]);
});

test('an order counts for each category that was bought in it', async () => {
  const rows = await runMetric(made.lake.market, revenue, { ...range, by: 'category' });
  expect(rows.map(({ category, orders, revenue: sold }) => [category, orders, sold])).toEqual([
    ['kitchen', 5, sum(sales.filter(({ department }) => department === 'kitchen'))],
    ['food', 2, sum(sales.filter(({ department }) => department === 'food'))],
    [null, 1, 0],
  ]);
});

describe('everywhere that amounts are summed, they are units x price', () => {
  test('in rankings of products', async () => {
    const rows = await runMetric(made.lake.market, topProducts, range);
    expect(rows.map(({ product, revenue: sold }) => [product, sold])).toEqual([
      ['pot', sum(sales.filter(({ sku }) => sku === 'pot'))],
      ['tea', sum(sales.filter(({ sku }) => sku === 'tea'))],
      ['cup', sum(sales.filter(({ sku }) => sku === 'cup'))],
      ['gift', 0],
    ]);
  });

  test('in abandoned carts', async () => {
    const [row] = await runMetric(made.lake.market, cartAbandonment, { ...range, grain: 'all' });
    // v5 alone: six cups in, two out; a pot of which no quantity is known.
    expect(row).toMatchObject({ cartSessions: 3, abandonedSessions: 1, abandonedValue: 4 * 4.25 });
  });

  test('by hour, and by visitor', async () => {
    const hours = await runMetric(made.lake.market, peakHours, range);
    expect(hours.find(({ hour }) => hour === 10)?.revenue).toBe(3 * 2.5 + 2 * 4.25);
    const [visitor] = await runMetric(made.lake.market, frequentVisitors, { ...range, limit: 1 });
    expect(visitor).toMatchObject({ visitor: 'bob', revenue: 4 * 4.25 + 10 * 2.5 });
  });
});
