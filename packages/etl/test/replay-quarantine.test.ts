import { join } from 'node:path';
import { decimal, defineEvents, lake as metadata, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, lakeStatus, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

test('a replay moves what the present definition accepts, and keeps the rest', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const rows = [
    ...rowsOfDays(50, 1),
    '2019-10-01 00:00:00 UTC,view,1,nike,-5.00,10,s',
    '2019-10-01 00:00:00 UTC,view,x,nike,-5.00,10,s',
    'cut off',
  ];
  await loadEvents({ table: events, lake, inputs: [await writeLines(folder, 'a.csv', [header, ...rows])] });
  const strict = await replayQuarantine({ table: events, lake });
  expect(strict).toMatchObject({ rowsIn: 3, rowsOut: 0, quarantined: 3 });

  const lenient = defineEvents('events', {
    columns: {
      event_time: timestamp(),
      event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
      product_id: z.int64(),
      brand: z.string().optional(),
      price: decimal(10, 2).register(metadata, { description: 'Refunds are negative' }),
      user_id: z.int64(),
      user_session: z.string().optional(),
    },
    roles: { time: 'event_time', action: 'event_type', actor: 'user_id' },
  });
  const report = await replayQuarantine({ table: lenient, lake });
  expect(report).toMatchObject({
    rowsIn: 3,
    rowsOut: 1,
    duplicates: 0,
    quarantined: 2,
    reasons: { 'product_id:not_an_integer': 1, 'line:too_few_fields': 1 },
  });
  expect(await lakeStatus({ table: lenient, lake })).toMatchObject({ rows: 51, quarantined: 2 });
  expect(await verifyLake({ table: lenient, lake })).toMatchObject({ ok: true, problems: [], leftovers: [] });
});

test('a replay and a compaction refuse an engine that they do not have', async () => {
  const folder = await temporaryFolder();
  const inputs = [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(5, 1), 'cut off'])];
  const options = { table: events, lake: join(folder, 'lake') };
  await loadEvents({ ...options, inputs });
  const refused = { code: 'OPTION_INVALID', payload: { option: 'engine', expected: 'duckdb or spark' } };
  // @ts-expect-error no engine has this name
  await expect(replayQuarantine({ ...options, engine: 'flink' })).rejects.toMatchObject(refused);
  // @ts-expect-error no engine has this name
  await expect(compactLake({ ...options, engine: 'flink' })).rejects.toMatchObject(refused);
});
