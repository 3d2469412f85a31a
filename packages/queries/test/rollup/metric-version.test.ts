import { createLake, metrics, rollupsIn, tableOf } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { expect, test } from 'vitest';
import { shop, shopIn } from '../support/shop.ts';

const engines = [
  duckdbEngine({ lake: './lake' }),
  trinoEngine({ url: 'http://127.0.0.1:1', catalog: 'lake', schema: 'shop' }),
  athenaEngine({ region: 'eu-central-1', database: 'shop', workgroup: 'shop' }),
];
const configs = Object.values(metrics)
  .flatMap((metric) => (metric?.incremental ? [metric] : []))
  .map((metric) => ({
    metric: metric.name,
    grains: 'period' in metric.dimensions ? (['hour', 'day'] as const) : (['day'] as const),
  }));

test('every engine has the same version of a metric, and another one for another definition of the table', () => {
  const versions = (table: typeof shop) =>
    engines.map((engine) =>
      rollupsIn(tableOf(createLake({ tables: [table], engine }), 'shop'), configs).map(
        ({ name, metricVersion, before, after }) => ({ name, metricVersion, before, after }),
      ),
    );
  const [first = [], ...others] = versions(shop);
  expect(first.length).toBeGreaterThan(8);
  expect(new Set(first.map(({ metricVersion }) => metricVersion)).size).toBe(first.length);
  for (const other of others) expect(other).toEqual(first);
  const [inZone] = versions(shopIn('Europe/Paris') as unknown as typeof shop);
  expect(inZone?.map(({ metricVersion }) => metricVersion)).not.toContain(first[0]?.metricVersion);
});
