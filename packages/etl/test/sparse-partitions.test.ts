import { join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { sparsePartitions } from '../src/load/sparse-partitions.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';

const kinds = ['view', 'cart', 'purchase'] as const;
const define = (partitionBy: { hour?: boolean; columns?: ('kind' | 'shop')[] }) =>
  defineEvents('clicks', {
    columns: { at: timestamp(), kind: z.enum(kinds), shop: z.enum(['de', 'at']), actor: z.int64() },
    roles: { time: 'at', action: 'kind', actor: 'actor' },
    partitionBy,
  });

/** Files of a folder each, for these days with these folders in each. */
const files = (days: number, inDay: readonly string[], rows: number) =>
  Array.from(
    { length: days },
    (_, n) =>
      `2019-${String(1 + Math.floor(n / 28)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
  ).flatMap((day) =>
    inDay.map((folder) => ({
      path: `clicks/dt=${day}${folder}/part-1.parquet`,
      day,
      rows,
      bytes: 1,
      hash: '1',
    })),
  );
const hours = Array.from({ length: 24 }, (_, hour) => `/hour=${String(hour).padStart(2, '0')}`);
const hoursAndKinds = hours.flatMap((hour) => kinds.map((kind) => `${hour}/kind=${kind}`));

test('few rows in many folders are found, with what to leave out', () => {
  expect(sparsePartitions(define({ hour: true }).schema, files(24, hours, 35))).toEqual({
    folders: 576,
    rowsPerFolder: 35,
    partitionBy: ['hour'],
    better: { partitionBy: [], folders: 24, rowsPerFolder: 840 },
  });
});

test.each([
  ['the hour, when the columns alone hold enough', 100, ['kind'], 84, 2_400],
  ['all of it, when nothing else holds enough', 10, [], 28, 720],
  ['the columns, when the hours alone hold enough', 400, ['kind'], 84, 9_600],
])('what to leave out is %s', (_what, rows, partitionBy, folders, rowsPerFolder) => {
  const { schema } = define({ hour: true, columns: ['kind'] });
  expect(sparsePartitions(schema, files(28, hoursAndKinds, rows))?.better).toEqual({
    partitionBy,
    folders,
    rowsPerFolder,
  });
});

test.each([
  ['a small lake by day', define({}), files(300, [''], 3)],
  ['fewer than a hundred folders', define({ hour: true }), files(4, hours, 3)],
  ['a thousand rows in a folder', define({ hour: true }), files(24, hours, 1_000)],
  ['no rows at all', define({ hour: true }), []],
])('nothing is said of %s', (_what, table, of) => {
  expect(sparsePartitions(table.schema, of)).toBeNull();
});

test('a load says so of the whole table, that of earlier runs included', async () => {
  const folder = await temporaryFolder();
  const table = define({ hour: true });
  const rowsOf = (days: readonly number[]): string[] =>
    days.flatMap((day) =>
      hours.map((_, hour) => `${new Date(Date.UTC(2019, 9, day, hour)).toISOString()},view,de,${hour}`),
    );
  const load = async (name: string, days: readonly number[], dryRun = false) => {
    const input = await writeLines(folder, name, ['at,kind,shop,actor', ...rowsOf(days)]);
    return loadEvents({ table, lake: join(folder, 'lake'), inputs: [input], dryRun });
  };
  expect(await load('a.csv', [1, 2, 3])).toMatchObject({ partitions: 72, sparsePartitions: null });
  const sparse = {
    folders: 120,
    rowsPerFolder: 1,
    partitionBy: ['hour'],
    better: { partitionBy: [], folders: 5, rowsPerFolder: 24 },
  };
  expect(await load('b.csv', [4, 5], true)).toMatchObject({ partitions: 48, sparsePartitions: sparse });
  expect(await load('b.csv', [4, 5])).toMatchObject({ partitions: 48, sparsePartitions: sparse });
});
