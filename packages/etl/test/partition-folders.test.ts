import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, verifyLake } from '../src/index.ts';
import { lakeBytes, temporaryFolder, writeLines } from './events-fixture.ts';

const kinds = ['view', 'cart', 'purchase'] as const;
const define = (partitionBy: { hour?: boolean; columns?: ('kind' | 'shop')[] }) =>
  defineEvents('clicks', {
    columns: {
      at: timestamp(),
      kind: z.enum(kinds),
      shop: z.enum(['de-1', 'at.2']),
      actor: z.int64(),
      price: decimal(10, 2),
    },
    roles: { time: 'at', action: 'kind', actor: 'actor', amount: 'price' },
    partitionBy,
  });

const rows = Array.from({ length: 600 }, (_, n) => {
  const at = new Date(Date.UTC(1969, 11, 31, 22) + n * 60_000).toISOString();
  return `${at},${kinds[n % 3]},${n % 2 ? 'de-1' : 'at.2'},${n % 17},${n}.25`;
});

test.each([
  ['the hour', define({ hour: true }), 10, 'dt=1969-12-31/hour=22'],
  ['enum columns', define({ columns: ['kind', 'shop'] }), 12, 'dt=1970-01-01/kind=cart/shop=at.2'],
  [
    'both',
    define({ hour: true, columns: ['kind', 'shop'] }),
    60,
    'dt=1970-01-01/hour=07/kind=purchase/shop=de-1',
  ],
])(
  'partitions by %s: load, late load, compaction, verification, queries',
  async (_what, table, folders, one) => {
    const folder = await temporaryFolder();
    const header = 'at,kind,shop,actor,price';
    const write = (name: string, lines: readonly string[]) => writeLines(folder, name, [header, ...lines]);
    const whole = join(folder, 'whole');
    const all = await write('all.csv', rows);
    expect(await loadEvents({ table, lake: whole, inputs: [all] })).toMatchObject({
      rowsOut: 600,
      partitions: folders,
      files: folders,
    });
    const late = join(folder, 'late');
    const first = await write('first.csv', [...rows.slice(0, 350), 'x,view,de-1,1,1']);
    const second = await write('second.csv', rows.slice(250).reverse());
    await loadEvents({ table, lake: late, inputs: [first] });
    expect(await loadEvents({ table, lake: late, inputs: [second] })).toMatchObject({
      rowsIn: 350,
      rowsOut: 250,
      duplicates: 100,
    });
    expect(await verifyLake({ table, lake: late })).toMatchObject({ ok: true, rows: 600 });
    await compactLake({ table, lake: late });
    expect(await verifyLake({ table, lake: late })).toMatchObject({ ok: true, rows: 600, leftovers: [] });
    const files = await lakeBytes(late, 'clicks');
    expect(files).toEqual(await lakeBytes(whole, 'clicks'));
    expect(Object.keys(files).some((file) => file.startsWith(`/clicks/${one}/part-`))).toBe(true);

    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const reader = await connection.runAndReadAll(
      `SELECT count(*)::INT AS rows, count(DISTINCT filename)::INT AS files, sum(price)::VARCHAR AS price,
        count(*) FILTER (kind = 'cart' AND dt = DATE '1970-01-01')::INT AS carts
       FROM read_parquet('${late}/clicks/**/*.parquet', hive_partitioning = true, filename = true)`,
    );
    const ofDay = rows.filter((row) => row.startsWith('1970-01-01') && row.includes('cart'));
    expect(reader.getRowObjectsJson()).toEqual([
      { rows: 600, files: folders, price: '179850.00', carts: ofDay.length },
    ]);
    connection.closeSync();
  },
);
