import type { RollupConfig } from '@headwater/core';
import { closeLake, createLake, type Lake, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MadeLake, makeLake } from '../support/made-lake.ts';
import { sessionDays, sessionRows } from '../support/random-sessions.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop } from '../support/shop.ts';

const configs: readonly RollupConfig[] = [
  { metric: 'daily-visitors', grains: ['day', 'hour'], by: ['none', 'category', 'brand', 'product_id'] },
  { metric: 'revenue', grains: ['day'], by: ['none', 'brand'] },
];
const columns = ['category', 'brand', 'product_id'] as const;
const [random = []] = fc.sample(sessionRows(150), { numRuns: 1, seed: 11 });
const rows = [...history, ...random];

let made: MadeLake;
let lake: Lake;
beforeAll(async () => {
  made = await makeLake();
  await made.commit(shop, rows);
  await refresh(shop, made.folder, configs);
  lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder, threads: 1 }) });
});
afterAll(async () => {
  await closeLake(lake);
  await made.remove();
});

const query = (metric: string, parameters: object, measures?: readonly string[]) =>
  namedMetricQuery(tableOf(lake, 'shop'), metric, { ...sessionDays, ...parameters }, { measures });

/** Each value of a column, and how many of its questions a rollup answered; every answer is that of the events. */
async function answered(column: (typeof columns)[number], grain: 'day' | 'hour'): Promise<number> {
  const values = [...new Set(rows.map((row) => row[column]))];
  let used = 0;
  for (const value of values)
    for (const measures of [['visitors'], ['visitors', 'events']]) {
      const asked = query('daily-visitors', { grain, where: { [column]: value } }, measures);
      const use = await asked.rollup();
      expect(await asked.rows(), `${String(value)} ${measures}`).toEqual(
        await asked.rows({ noRollup: true }),
      );
      if (use.isUsed) used += 1;
    }
  return used / (values.length * 2);
}

describe.for(columns)('one value of %s', (column) => {
  test.for(['day', 'hour'] as const)('by %s is a part of the rollup', async (grain) => {
    expect(await answered(column, grain)).toBe(1);
  });
});

test('a session that began the day before makes a row without events, which a filtered answer lacks', async () => {
  const split = await query('daily-visitors', { grain: 'day', by: 'brand' }).rows({ noRollup: true });
  expect(split.filter(({ events }) => events === 0).length).toBeGreaterThan(0);
});

test('days that were loaded since come from the events', async () => {
  await made.commit(shop, [event('05 12:00', 'view', 1, 99, null)]);
  const asked = query('daily-visitors', { grain: 'day', where: { brand: 'acme' } }, ['visitors']);
  expect(await asked.rollup()).toMatchObject({ isUsed: true });
  expect(await asked.rows()).toEqual(await asked.rows({ noRollup: true }));
});

test.for([
  ['daily-visitors', { where: { brand: 'acme' } }, ['sessions']],
  ['daily-visitors', { where: { brand: 'acme' } }, undefined],
  ['daily-visitors', { where: { brand: ['acme', null] } }, ['visitors']],
  ['daily-visitors', { where: { brand: 'acme', category: null } }, ['visitors']],
  ['daily-visitors', { where: { user_id: '1' } }, ['visitors']],
  // Nothing says whether a day without revenue had a purchase.
  ['revenue', { where: { brand: 'acme' } }, ['revenue']],
] as const)('%s %j %j is computed from the events', async ([metric, parameters, measures]) => {
  const asked = query(metric, { grain: 'day', ...parameters }, measures);
  expect(await asked.rollup()).toMatchObject({
    isUsed: false,
    reasons: [expect.stringMatching(/filters events/)],
  });
});
