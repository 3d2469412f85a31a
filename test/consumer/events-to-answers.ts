// From a definition to answers, as a user's program has it: derive, clean a record, load a file, ask every metric and a query
// of its own. The consumer tests compile and run it against the packed packages.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  lake as column,
  createRecordCleaner,
  decimal,
  defineEvents,
  deriveDuckdbDdl,
  deriveJsonSchema,
  type InferRow,
  timestamp,
} from '@headwater/core';
import { loadEvents, verifyLake } from '@headwater/etl';
import {
  brandAttention,
  cartAbandonment,
  closeLake,
  conversionFunnel,
  createLake,
  dailyVisitors,
  frequentVisitors,
  funnel,
  type LakeRow,
  metrics,
  newVsReturning,
  peakHours,
  repeatPurchase,
  retention,
  revenue,
  runMetric,
  sessionSummary,
  slowSellers,
  sql,
  topBrands,
  topCategories,
  topProducts,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { z } from 'zod';

const clicks = defineEvents('clicks', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64().register(column, { aliases: ['sku'] }),
    category: z.string().optional(),
    brand: z.string().optional(),
    price: decimal(10, 2).min(0),
    user_id: z.int64().register(column, { pii: 'pseudonymous' }),
    session: z.string().optional(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    item: 'product_id',
    category: 'category',
    brand: 'brand',
    amount: 'price',
    actor: 'user_id',
    session: 'session',
  },
});
type Click = InferRow<typeof clicks>;

assert.match(deriveDuckdbDdl(clicks.schema), /CREATE TABLE "clicks"/);
assert.equal(deriveJsonSchema(clicks.schema)['type'], 'object');

const cleaned = createRecordCleaner(clicks.schema)({
  event_time: '2024-03-03 10:00:00 UTC',
  event_type: 'view',
  product_id: ' 7 ',
  price: '1.50',
  user_id: '1515915625519388267',
});
const click: Click = {
  event_time: new Date('2024-03-03T10:00:00Z'),
  event_type: 'view',
  product_id: 7n,
  category: null,
  brand: null,
  price: 1.5,
  user_id: 1515915625519388267n,
  session: null,
};
assert.deepEqual(cleaned, { accepted: true, row: click });

const folder = await mkdtemp(join(tmpdir(), 'headwater-answers-'));
try {
  const file = join(folder, 'clicks.csv');
  await writeFile(
    file,
    `event_time,event_type,sku,category,brand,price,user_id,session
2024-03-03 10:00:00 UTC,view,1,phones,acme,100.10,10,s1
2024-03-03 10:05:00 UTC,cart,1,phones,acme,100.10,10,s1
2024-03-03 10:10:00 UTC,purchase,1,phones,acme,100.10,10,s1
2024-03-03 11:00:00 UTC,view,2,phones,bolt,50,11,s2
2024-03-03 11:05:00 UTC,cart,2,phones,bolt,50,11,s2
2024-03-04 09:00:00 UTC,purchase,3,shoes,acme,20.20,10,s3
2024-03-04 09:00:00 UTC,purchase,3,shoes,acme,twenty,10,s3
`,
  );
  const report = await loadEvents({ table: clicks, lake: folder, inputs: [file] });
  assert.deepEqual([report.rowsIn, report.rowsOut, report.quarantined], [7, 6, 1]);
  assert.equal((await verifyLake({ table: clicks, lake: folder })).ok, true);

  const shop = createLake({ tables: [clicks], engine: duckdbEngine({ lake: folder }) });
  const range = { from: '2024-03-03', to: '2024-03-04' };

  const sales = await runMetric(shop.clicks, revenue, { ...range, grain: 'day' });
  const amounts: (readonly [string, number])[] = sales.map((row) => [row.period, row.revenue]);
  assert.deepEqual(amounts, [
    ['2024-03-03', 100.1],
    ['2024-03-04', 20.2],
  ]);
  const [carts] = await runMetric(shop.clicks, cartAbandonment, { ...range, grain: 'month' });
  assert.equal(carts?.abandonmentRate, 0.5);
  const rows = {
    'brand-attention': await runMetric(shop.clicks, brandAttention, range),
    'cart-abandonment': await runMetric(shop.clicks, cartAbandonment, { ...range, by: 'category' }),
    'conversion-funnel': await runMetric(shop.clicks, conversionFunnel, range),
    'daily-visitors': await runMetric(shop.clicks, dailyVisitors, range),
    'frequent-visitors': await runMetric(shop.clicks, frequentVisitors, range),
    funnel: await runMetric(shop.clicks, funnel, { ...range, steps: ['view', 'purchase'], per: 'actor' }),
    'new-vs-returning': await runMetric(shop.clicks, newVsReturning, range),
    'peak-hours': await runMetric(shop.clicks, peakHours, range),
    'repeat-purchase': await runMetric(shop.clicks, repeatPurchase, range),
    retention: await runMetric(shop.clicks, retention, range),
    revenue: sales,
    'session-summary': await runMetric(shop.clicks, sessionSummary, range),
    'slow-sellers': await runMetric(shop.clicks, slowSellers, { ...range, minViews: 1 }),
    'top-brands': await runMetric(shop.clicks, topBrands, range),
    'top-categories': await runMetric(shop.clicks, topCategories, range),
    'top-products': await runMetric(shop.clicks, topProducts, { ...range, limit: 1 }),
  };
  assert.deepEqual(Object.keys(rows).toSorted(), Object.keys(metrics).toSorted());
  assert.deepEqual(
    Object.entries(rows).filter(([, answer]) => answer.length === 0),
    [],
  );
  const where = { brand: ['acme', null], event_type: 'view' } as const;
  const [seen] = await runMetric(shop.clicks, dailyVisitors, {
    ...range,
    where,
    by: 'event_type',
    grain: 'all',
  });
  assert.deepEqual([seen?.event_type, seen?.events], ['view', 1]);
  // @ts-expect-error no column of the table
  await assert.rejects(runMetric(shop.clicks, dailyVisitors, { ...range, where: { colour: 'red' } }));
  // @ts-expect-error not a measure of a ranking
  await assert.rejects(runMetric(shop.clicks, topBrands, { ...range, sort: 'colour' }));

  const brands: { brand: string | null; events: number }[] = await shop.clicks
    .between('2024-03-03', '2024-03-03')
    .where('event_type', 'in', ['view', 'cart'])
    .select(({ fn }) => ['brand', fn.countAll<number>().as('events')])
    .groupBy('brand')
    .orderBy('brand')
    .execute();
  assert.deepEqual(brands, [
    { brand: 'acme', events: 2 },
    { brand: 'bolt', events: 2 },
  ]);
  const [first]: LakeRow<typeof clicks>[] = await shop.clicks
    .between('2024-03-04', '2024-03-04')
    .selectAll()
    .execute();
  assert.equal(first?.product_id, 3n);
  assert.equal(first.dt, '2024-03-04');
  // @ts-expect-error an id is not compared with a text
  shop.clicks.between('2024-03-03', '2024-03-04').where('product_id', '=', 'x');

  const { batches } = await sql(shop, 'select count(*) as refused from clicks__quarantine');
  for await (const [row] of batches()) assert.equal(Number(row?.['refused']), 1);
  await closeLake(shop);
} finally {
  await rm(folder, { recursive: true, force: true });
}
