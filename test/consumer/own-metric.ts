// A shop whose rows are lines of orders, and a metric of its own: what a user writes, and the config that names both. Run as a
// program it asks them; the consumer tests also give it to the command as a config.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@headwater/cli';
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import {
  answerJsonSchema,
  closeLake,
  createLake,
  describeAnswer,
  namedMetricQuery,
  revenue,
  runMetric,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import {
  byPeriod,
  defineMetric,
  grain,
  type MetricRow,
  measure,
  partColumn,
  period,
  periodChart,
  periodText,
  ratio,
} from '@headwater/queries/metric';
import { z } from 'zod';

const sales = defineEvents('sales', {
  columns: {
    sold_at: timestamp(),
    kind: z.enum(['view', 'sale', 'refund']),
    receipt: z.int64(),
    article: z.string(),
    units: z.int32(),
    unit_price: decimal(10, 2),
    customer: z.string(),
    visit: z.string().optional(),
  },
  roles: {
    time: 'sold_at',
    action: 'kind',
    order: 'receipt',
    item: 'article',
    quantity: 'units',
    amount: 'unit_price',
    actor: 'customer',
    session: 'visit',
  },
  actions: { purchase: 'sale' },
  amountPer: 'unit',
});

const basketSize = defineMetric({
  name: 'basket-size',
  definition:
    'Units of the purchase events of each order, by the period of its first one; an order lasts 24 hours at most.',
  nullSessions: 'Sessions play no part.',
  roles: ['order', 'quantity', 'action'],
  grain: grain('day'),
  breakdowns: ['weekday', 'hour'],
  dimensions: { period },
  measures: {
    orders: measure.count('Orders', 'time'),
    units: measure.count('Units', 'time'),
    unitsPerOrder: measure.ratio('Mean units of an order', 'units', 'orders'),
  },
  chart: (parameters) => periodChart(parameters, ['unitsPerOrder']),
  query: (context) =>
    context
      .events({ before: 1 })
      .with('orders', (db) =>
        db
          .selectFrom('events')
          .select(({ fn }) => [fn.min('time').as('ordered'), fn.sum<number>('quantity').as('units')])
          .where('action', '=', context.actions.purchase)
          .where('order', 'is not', null)
          .groupBy('order'),
      )
      .with('totals', (db) =>
        byPeriod(context, db.selectFrom('orders'), 'ordered').select(({ fn }) => [
          fn.countAll<number>().as('orders'),
          fn.sum<number>('units').as('units'),
        ]),
      )
      .selectFrom('totals')
      .select(({ ref }) => [
        periodText(context.parameters, ref('period')).as('period'),
        ...partColumn(context),
        'orders',
        'units',
        ratio(ref('units'), ref('orders')).as('unitsPerOrder'),
      ])
      .orderBy('totals.period'),
});

export default defineConfig({
  tables: [sales],
  metrics: [basketSize],
  lake: './sales-lake',
  aws: {
    region: 'eu-central-1',
    account: '123456789012',
    database: 'shop',
    location: 's3://example-shop-lake/sales',
    firstDay: '2024-01-01',
  },
});

if (process.argv[1] === import.meta.filename) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-own-metric-'));
  try {
    const file = join(folder, 'sales.csv');
    await writeFile(
      file,
      `sold_at,kind,receipt,article,units,unit_price,customer,visit
2024-03-03 10:00:00 UTC,sale,1,tea,3,2.50,ada,
2024-03-03 10:00:00 UTC,sale,1,cup,1,4.25,ada,
2024-03-03 11:00:00 UTC,sale,2,tea,2,2.50,bob,v1
2024-03-04 09:00:00 UTC,refund,1,cup,1,4.25,ada,
`,
    );
    await loadEvents({ table: sales, lake: folder, inputs: [file] });
    const lake = createLake({
      tables: [sales],
      metrics: [basketSize],
      engine: duckdbEngine({ lake: folder }),
    });
    const range = { from: '2024-03-03', to: '2024-03-04' };
    const rows: MetricRow<typeof basketSize>[] = await runMetric(lake.sales, basketSize, range);
    assert.deepEqual(rows, [{ period: '2024-03-03', orders: 2, units: 6, unitsPerOrder: 3 }]);
    const named = await namedMetricQuery(lake.sales, 'basket-size', { ...range, by: 'weekday' }).rows();
    assert.deepEqual(named, [
      { period: '2024-03-03/2024-03-04', weekday: 7, orders: 2, units: 6, unitsPerOrder: 3 },
    ]);
    // An amount is units x price, and an order all lines with one receipt.
    const [sold] = await runMetric(lake.sales, revenue, range);
    assert.equal(sold?.revenue, 3 * 2.5 + 4.25 + 2 * 2.5);
    assert.equal(sold.orders, 2);
    // @ts-expect-error the table has no column for the brand
    await assert.rejects(runMetric(lake.sales, revenue, { ...range, by: 'brand' }));
    // @ts-expect-error not a break-down of the metric
    await assert.rejects(runMetric(lake.sales, basketSize, { ...range, by: 'product' }));
    const { chart } = describeAnswer(basketSize, { by: 'hour' });
    assert.deepEqual(chart, { mark: 'bar', x: 'hour', y: ['unitsPerOrder'] });
    assert.deepEqual(answerJsonSchema(basketSize)['required'], [
      'period',
      'orders',
      'units',
      'unitsPerOrder',
    ]);
    await closeLake(lake);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
