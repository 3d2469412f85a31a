import type { InferRow } from '@headwater/core';
import {
  closeLake,
  createLake,
  describeMetric,
  metrics,
  namedMetricQuery,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeLake } from '../support/made-lake.ts';
import { event, shop } from '../support/shop.ts';

const days = ['2024-03-03', '2024-03-04', '2024-03-05'];
const from = '2024-03-03';
const to = '2024-03-05';

/** Sessions of up to 24 hours that begin before, in and after the range, and events without a session. */
const session = fc.record({
  name: fc.boolean(),
  user: fc.integer({ min: 1, max: 4 }),
  start: fc.integer({ min: 0, max: 5 * 24 * 60 - 1 }),
  events: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 24 * 60 - 1 }),
      action: fc.constantFrom('view', 'cart', 'remove_from_cart', 'purchase'),
      product: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

const rowsOf = fc.array(session, { minLength: 1, maxLength: 25 }).map((sessions) =>
  sessions.flatMap(({ name, user, start, events }, index): InferRow<typeof shop>[] =>
    events.map(({ after, action, product }) => ({
      ...event('02 00:00', action, product, user, name ? `s${index}` : null),
      event_time: new Date(Date.UTC(2024, 2, 2) + (start + after) * 60_000),
    })),
  ),
);

const sumOf = (rows: readonly Record<string, unknown>[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0);

test('asked day by day, what adds up gives what the range gives at once; what is by day is the same rows', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, async (rows) => {
      const made = await makeLake();
      await made.commit(shop, rows);
      const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder, threads: 1 }) });
      const table = tableOf(lake, 'shop');
      for (const metric of Object.values(metrics)) {
        if (!metric) continue;
        // Rankings are asked for whole: the part below a limit does not add up.
        const parameters = describeMetric(metric).parameters.map(({ name }) => name);
        const limit = parameters.includes('limit') ? { limit: 1000 } : {};
        const byDay = parameters.includes('grain');
        const ask = (range: { from: string; to: string }, more: object = {}) =>
          namedMetricQuery(table, metric, { ...range, ...limit, ...more }).rows();
        const whole = await ask({ from, to });
        const parts = (await Promise.all(days.map((day) => ask({ from: day, to: day })))).flat();
        if (byDay) {
          const atOnce = await ask({ from, to }, { grain: 'day' });
          const oneByOne = await Promise.all(
            days.map((day) => ask({ from: day, to: day }, { grain: 'day' })),
          );
          expect(oneByOne.flat(), metric.name).toEqual(atOnce);
        }
        for (const column of metric.additive) {
          expect(sumOf(parts, column), `${metric.name}.${column}`).toBeCloseTo(sumOf(whole, column), 6);
        }
      }
      await closeLake(lake);
      await made.remove();
    }),
    { numRuns: 12 },
  );
});
