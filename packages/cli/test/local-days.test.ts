import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { closeLake, createLake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { localDays } from '../src/dashboard/local-days.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-local-days-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  // From 16 to 17 November there, and two days of UTC each.
  ['America/Los_Angeles', ['2025-11-16 00:00', '2025-11-17 23:59'], '2025-11-16', '2025-11-17', '2025-11-18'],
  ['Asia/Tokyo', ['2025-11-16 00:00', '2025-11-17 08:59'], '2025-11-16', '2025-11-17', '2025-11-18'],
  // An hour past midnight there is still the day before in UTC.
  ['Asia/Tokyo', ['2025-11-16 01:00', '2025-11-16 02:00'], '2025-11-16', '2025-11-16', '2025-11-17'],
  [undefined, ['2025-11-16 00:00', '2025-11-17 23:59'], '2025-11-16', '2025-11-17', '2025-11-18'],
])('in %s, events from and to %j are of the days of its clock', async (zone, times, from, to, next) => {
  const table = defineEvents('visits', {
    columns: { at: timestamp({ zone: zone ?? 'UTC' }), what: z.enum(['view']), who: z.string() },
    roles: { time: 'at', action: 'what', actor: 'who' },
    ...(zone !== undefined && { zone }),
  });
  const location = mkdtempSync(join(folder, 'lake-'));
  const load = async (name: string, lines: readonly string[]) => {
    const file = join(folder, name);
    writeFileSync(file, ['at,what,who', ...lines.map((at) => `${at}:00,view,ada`)].join('\n'));
    await loadEvents({ table, lake: location, inputs: [file] });
  };
  await load('first.csv', times);
  const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: location }) });
  const days = localDays({ lake, location, table, config: {} });
  expect(await days()).toMatchObject({ from, to });
  // What is loaded later counts, also where the folders stay the same.
  await load('second.csv', [`${next} 00:30`]);
  expect(await days()).toMatchObject({ from, to: next });
  await closeLake(lake);
});
