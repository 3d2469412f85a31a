import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defineEvents, type EventsTable, type InferRow, timestamp } from '@headwater/core';
import { closeLake, createLake, sql } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { makeLake } from './support/made-lake.ts';
import { history, shop } from './support/shop.ts';

/** The rows that statements give over a lake in these folders. */
async function answers<Table extends EventsTable>(
  below: string,
  table: Table,
  rows: readonly InferRow<Table>[],
  statements: readonly string[],
): Promise<unknown[]> {
  const made = await makeLake(below);
  await made.commit(table, rows);
  const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: made.folder, threads: 2 }) });
  try {
    const all: unknown[] = [];
    for (const statement of statements) {
      const { batches } = await sql(lake, statement);
      const found: unknown[] = [];
      for await (const batch of batches()) found.push(...batch);
      all.push(found);
    }
    return all;
  } finally {
    await closeLake(lake);
    await made.remove();
  }
}

const statements = [
  'SELECT * FROM shop ORDER BY ALL',
  "SELECT count(*) AS n FROM shop WHERE dt = DATE '2024-03-04'",
  'SELECT dt, count(*) AS n, sum(price) AS paid FROM shop GROUP BY dt ORDER BY dt',
];

test.each([
  'dt=2020-01-01',
  'price=9/user_id=1/brand=x',
  'hour=3/dt=NULL',
  'lake[1]',
  'all*',
  'what?',
  '🛒=a/é=b',
])('a lake below %s answers as any other', async (below) => {
  const plain = await answers('', shop, history, statements);
  expect(plain[0]).toHaveLength(history.length);
  expect(await answers(below, shop, history, statements)).toEqual(plain);
});

test('a column that is called as the path of a file is its own', async () => {
  const table = defineEvents('downloads', {
    columns: { at: timestamp(), filename: z.string() },
    roles: { time: 'at' },
  });
  const rows = [{ at: new Date('2024-03-04T10:00:00Z'), filename: 'setup.exe' }];
  expect(
    await answers('dt=2020-01-01', table, rows, [
      "SELECT dt, filename FROM downloads WHERE dt > DATE '2024-01-01'",
    ]),
  ).toEqual([[{ dt: '2024-03-04', filename: 'setup.exe' }]]);
});

test('partitions keep the texts of their values, and hours are of the folder', async () => {
  const kinds = ['NULL', 'null', '2019-1-1', '07', 'web'] as const;
  const table = defineEvents('kinds', {
    columns: { at: timestamp(), kind: z.enum(kinds) },
    roles: { time: 'at' },
    partitionBy: { hour: true, columns: ['kind'] },
  });
  const rows = kinds.map((kind, index) => ({ at: new Date(Date.UTC(2024, 2, 4, index + 7)), kind }));
  for (const below of ['', 'hour=30'])
    expect(
      await answers(below, table, rows, [
        'SELECT kind, hour FROM kinds ORDER BY hour',
        "SELECT count(*)::INT AS n FROM kinds WHERE kind = 'NULL' AND hour = 7",
      ]),
    ).toEqual([kinds.map((kind, index) => ({ kind, hour: index + 7 })), [{ n: 1 }]]);
});

test('a file that was lost is named, whatever folder the lake is in', async () => {
  const made = await makeLake('lake[1]');
  const { added } = await made.commit(shop, history);
  const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder }) });
  try {
    await sql(lake, 'SELECT 1 AS one');
    const path = added[0]?.path ?? '';
    await rm(join(made.folder, path));
    const asked = sql(lake, 'SELECT sum(price) FROM shop').then(({ batches }) => batches().next());
    await expect(asked).rejects.toMatchObject({
      code: 'LAKE_CORRUPT',
      payload: { table: 'shop', file: path, problem: 'is missing' },
    });
  } finally {
    await closeLake(lake);
    await made.remove();
  }
});
