// A program that loads and asks a lake in a folder, by DuckDB in its own process: it has neither the AWS SDK nor Arrow.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEvents } from '@headwater/etl';
import { createLake, revenue, runMetric } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { shop } from './shop.js';

const folder = mkdtempSync(join(tmpdir(), 'headwater-shop-'));
const [input, place] = [join(folder, 'events.csv'), join(folder, 'lake')];
writeFileSync(
  input,
  `happened_at,action,product,brand,price,customer,visit
2026-01-03 10:00:00 UTC,view,1,acme,9.50,7,a
2026-01-03 10:01:00 UTC,purchase,1,acme,9.50,7,a
2026-01-03 11:00:00 UTC,purchase,2,,20.25,8,b
`,
);
const { rowsOut } = await loadEvents({ table: shop, lake: place, inputs: [input] });
assert.equal(rowsOut, 3);

const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: place, spillFolder: folder }) });
const [day] = await runMetric(lake.shop, revenue, { from: '2026-01-03', to: '2026-01-03' });
assert.equal(day?.revenue, 29.75);
const brands = await lake.shop.between('2026-01-03', '2026-01-03').select('brand').distinct().execute();
assert.deepEqual(new Set(brands.map(({ brand }) => brand)), new Set(['acme', null]));
await lake[Symbol.asyncDispose]();
rmSync(folder, { recursive: true });
