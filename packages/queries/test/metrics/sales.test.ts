import {
  brandAttention,
  peakHours,
  repeatPurchase,
  revenue,
  runMetric,
  slowSellers,
  topBrands,
  topCategories,
  topProducts,
} from '@headwater/queries';
import { expect, test } from 'vitest';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const made = withLake(shop, history);
const range = { from: '2024-03-03', to: '2024-03-05' };

test('revenue: one order for each session, purchases without a session apart', async () => {
  const none = { purchasesWithoutSession: 0, revenueWithoutSession: 0 };
  expect(await runMetric(made.lake.shop, revenue, range)).toEqual([
    { period: '2024-03-03', orders: 1, buyers: 1, revenue: 100.1, averageOrderValue: 100.1, ...none },
    { period: '2024-03-04', orders: 1, buyers: 1, revenue: 27.45, averageOrderValue: 27.45, ...none },
    {
      period: '2024-03-05',
      orders: 1,
      buyers: 2,
      revenue: 157.35,
      averageOrderValue: 150.1,
      purchasesWithoutSession: 1,
      revenueWithoutSession: 7.25,
    },
  ]);
});

test('top-categories: products without a category are a row of their own', async () => {
  expect(await runMetric(made.lake.shop, topCategories, range)).toEqual([
    { rank: 1, category: 'phones', views: 2, carts: 4, purchases: 3, revenue: 250.2 },
    { rank: 2, category: 'shoes', views: 1, carts: 2, purchases: 1, revenue: 20.2 },
    { rank: 3, category: null, views: 1, carts: 1, purchases: 2, revenue: 14.5 },
  ]);
  const byViews = await runMetric(made.lake.shop, topCategories, { ...range, sort: 'views', limit: 2 });
  expect(byViews.map((row) => row.category)).toEqual(['phones', 'shoes']);
});

test('top-categories within each hour and weekday', async () => {
  const hours = await runMetric(made.lake.shop, topCategories, { ...range, by: 'hour', limit: 1 });
  expect(hours.map(({ hour, rank, category }) => [hour, rank, category])).toEqual([
    [0, 1, 'phones'],
    [9, 1, 'shoes'],
    [10, 1, 'phones'],
    [12, 1, 'phones'],
    [13, 1, null],
    [23, 1, 'phones'],
  ]);
  const weekdays = await runMetric(made.lake.shop, topCategories, { ...range, by: 'weekday', limit: 1 });
  expect(weekdays.map(({ weekday, category }) => [weekday, category])).toEqual([
    [1, 'shoes'],
    [2, 'phones'],
    [7, 'phones'],
  ]);
});

test('top-products', async () => {
  expect(await runMetric(made.lake.shop, topProducts, { ...range, limit: 3 })).toEqual([
    { rank: 1, product: '1', views: 1, carts: 2, purchases: 2, revenue: 200.2, buyers: 2 },
    { rank: 2, product: '2', views: 1, carts: 2, purchases: 1, revenue: 50, buyers: 1 },
    { rank: 3, product: '3', views: 1, carts: 2, purchases: 1, revenue: 20.2, buyers: 1 },
  ]);
});

test('slow-sellers', async () => {
  const rows = await runMetric(made.lake.shop, slowSellers, { ...range, limit: 3 });
  expect(rows.map(({ rank, product, purchasesPerView }) => [rank, product, purchasesPerView])).toEqual([
    [1, '2', 1],
    [2, '3', 1],
    [3, '1', 2],
  ]);
  expect(await runMetric(made.lake.shop, slowSellers, { ...range, minViews: 2 })).toEqual([]);
});

test('top-brands and brand-attention', async () => {
  expect(await runMetric(made.lake.shop, topBrands, range)).toEqual([
    { rank: 1, brand: 'acme', views: 2, carts: 4, purchases: 3, revenue: 220.4, buyers: 2 },
    { rank: 2, brand: 'bolt', views: 1, carts: 2, purchases: 1, revenue: 50, buyers: 1 },
    { rank: 3, brand: null, views: 1, carts: 1, purchases: 2, revenue: 14.5, buyers: 2 },
  ]);
  const attention = await runMetric(made.lake.shop, brandAttention, range);
  expect(attention.map(({ brand, viewShare, purchaseShare }) => [brand, viewShare, purchaseShare])).toEqual([
    ['bolt', 1 / 3, 0.25],
    ['acme', 2 / 3, 0.75],
  ]);
  expect(attention[0]?.attentionGap).toBeCloseTo(1 / 3 - 1 / 4);
});

test('peak-hours, also of each weekday', async () => {
  const rows = await runMetric(made.lake.shop, peakHours, range);
  expect(
    rows.map(({ hour, events, visitors, purchases, revenue: sold }) => [
      hour,
      events,
      visitors,
      purchases,
      sold,
    ]),
  ).toEqual([
    [0, 3, 2, 2, 150.1],
    [9, 3, 1, 2, 27.45],
    [10, 3, 1, 1, 100.1],
    [12, 3, 1, 0, 0],
    [13, 3, 1, 1, 7.25],
    [23, 3, 2, 0, 0],
  ]);
  const weekdays = await runMetric(made.lake.shop, peakHours, { ...range, by: 'weekday' });
  expect(weekdays.map(({ weekday, hour, events }) => [weekday, hour, events])).toEqual([
    [1, 0, 1],
    [1, 9, 3],
    [1, 23, 1],
    [2, 0, 2],
    [2, 12, 3],
    [2, 13, 3],
    [7, 10, 3],
    [7, 23, 2],
  ]);
});

test('repeat-purchase', async () => {
  expect(await runMetric(made.lake.shop, repeatPurchase, range)).toEqual([
    {
      period: '2024-03-03/2024-03-05',
      buyers: 2,
      repeatBuyers: 1,
      repeatRate: 0.5,
      orders: 3,
      ordersPerBuyer: 1.5,
      purchasesWithoutSession: 1,
    },
  ]);
});
