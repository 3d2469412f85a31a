// A service that asks Athena alone: it has the AWS SDK, and neither DuckDB nor Arrow.
import assert from 'node:assert/strict';
import { AthenaClient } from '@aws-sdk/client-athena';
import { createLake, metricQuery, revenue } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { shop } from './shop.js';

const place = { region: 'eu-central-1', database: 'shop', workgroup: 'headwater-shop' };
const client = new AthenaClient({ region: place.region });
await using lake = createLake({ tables: [shop], engine: athenaEngine({ ...place, client }) });

const sales = metricQuery(lake.shop, revenue, { from: '2026-01-01', to: '2026-01-31', grain: 'week' });
// A session that goes on in the range may have begun a day before, which the day before that decides.
assert.match(sales.sql, /"shop"\."dt" >= '2025-12-30'/);
const row: { revenue: number } | undefined = (null as Awaited<ReturnType<typeof sales.rows>> | null)?.[0];
assert.equal(row, undefined);

const brands = lake.shop.between('2026-01-01', '2026-01-31').select('brand').where('price', '>', 9.5);
assert.match(brands.compile().sql, /"price" > \?$/);
// @ts-expect-error the table has no such column
assert.doesNotThrow(() => lake.shop.between('2026-01-01', '2026-01-31').select('colour'));
client.destroy();
