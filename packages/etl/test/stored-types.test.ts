import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { defineEvents, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';

const visits = defineEvents('visits', {
  columns: { at: timestamp(), kind: z.enum(['view', 'cart']), session: z.uuid().optional() },
  roles: { time: 'at', action: 'kind', session: 'session' },
  partitionBy: { hour: true, columns: ['kind'] },
});

test('a UUID is stored as text that every reader shows, found again as a duplicate, and kept by compaction', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const header = 'at,kind,session';
  const rows = [
    '2019-10-01 07:00:00,view,72D76FDE-8BB3-4E00-8C23-A032DFED738C',
    '2019-10-01 07:00:00,view,00000000-0000-0000-0000-000000000001',
    '2019-10-01 07:00:00,view,',
  ];
  const first = await writeLines(folder, 'first.csv', [header, ...rows]);
  const again = await writeLines(folder, 'again.csv', [header, rows[0]?.toLowerCase() ?? '', rows[2] ?? '']);
  await loadEvents({ table: visits, lake, inputs: [first] });
  const second = await loadEvents({ table: visits, lake, inputs: [again] });
  expect([second.rowsIn, second.duplicates]).toEqual([2, 2]);
  await compactLake({ table: visits, lake });
  expect(await verifyLake({ table: visits, lake })).toMatchObject({ ok: true, rows: 3 });

  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const files = `'${lake}/visits/dt=2019-10-01/hour=07/kind=view/*.parquet'`;
  const stored = await connection.runAndReadAll(
    `SELECT name, type, converted_type FROM parquet_schema(${files}) WHERE name = 'session'`,
  );
  expect(stored.getRowObjectsJson()).toEqual([
    { name: 'session', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  ]);
  const sessions = await connection.runAndReadAll(
    `SELECT session FROM read_parquet(${files}) ORDER BY session NULLS LAST`,
  );
  expect(sessions.getRowsJson()).toEqual([
    ['00000000-0000-0000-0000-000000000001'],
    ['72d76fde-8bb3-4e00-8c23-a032dfed738c'],
    [null],
  ]);
  connection.closeSync();
});
