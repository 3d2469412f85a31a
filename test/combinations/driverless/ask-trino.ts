// A service that asks Trino alone: it has no driver at all.
import assert from 'node:assert/strict';
import { createLake, metricQuery, topBrands } from '@headwater/queries';
import { trinoEngine } from '@headwater/queries/trino';
import { cartBrands } from './cart-brands.js';
import { shop } from './shop.js';

const engine = trinoEngine({ url: 'https://trino.example.com', catalog: 'lake', schema: 'shop' });
await using lake = createLake({ tables: [shop], engine });

const range = { from: '2026-01-01', to: '2026-01-31' };
const brands = metricQuery(lake.shop, topBrands, { ...range, limit: 3 });
assert.match(brands.sql, /"shop"\."dt" >= '2026-01-01'/);
const typed: () => Promise<{ brand: string | null; purchases: number }[]> = () => brands.rows();
assert.equal(typeof typed, 'function');
assert.match(metricQuery(lake.shop, cartBrands, range).sql, /count\(\*\)/);
// @ts-expect-error brands are not ranked by this
assert.throws(() => metricQuery(lake.shop, topBrands, { ...range, sort: 'colour' }));
