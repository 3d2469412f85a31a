import type { EventsTable, InferRow, RollupConfig } from '@headwater/core';
import { createLake, grains, metrics, namedMetricQuery, tableOf } from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { duckdbEngine } from '@headwater/queries/duckdb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeLake } from '../support/made-lake.ts';
import { sessionRows } from '../support/random-sessions.ts';
import { refresh } from '../support/refresh.ts';
import { type shop, shopIn } from '../support/shop.ts';

/** Larger runs by a variable; a run writes some rollups twice and asks some dozen questions. */
const runs = Number(process.env['HEADWATER_ROLLUP_RUNS'] ?? 4);

/** The metrics whose answers can be stored by day. */
const stored = Object.values(metrics).flatMap((metric) => (metric?.incremental ? [metric] : []));

const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);

/** A metric with its break-down, and the grains that are stored. */
const rollup = oneOf(stored).chain((metric) =>
  fc.record({
    metric: fc.constant(metric),
    by: oneOf(['none', ...metric.breakdowns]),
    grains: oneOf([['day'], ['hour'], ['hour', 'day']] as const),
  }),
);

const range = oneOf([
  { from: '2024-03-03', to: '2024-03-05' },
  { from: '2024-03-04', to: '2024-03-04' },
  { from: '2024-02-01', to: '2024-04-02' },
  { from: '2024-03-07', to: '2024-03-20' },
]);

// The clock of Sydney changes on 7 April, that of New York on 10 March; days of Sydney begin in other UTC days.
const zones = ['UTC', 'Australia/Sydney', 'America/New_York'];

/** Asks every grain, from rollups and from the events, and counts those that rollups answered. */
async function agree(
  table: EventsTable,
  folder: string,
  metric: (typeof stored)[number],
  parameters: object,
): Promise<string[]> {
  await using lake = createLake({ tables: [table], engine: duckdbEngine({ lake: folder, threads: 1 }) });
  const used: string[] = [];
  for (const grain of grains) {
    const query = namedMetricQuery(
      tableOf(lake, table.name),
      metric,
      { ...parameters, grain },
      { withHidden: true },
    );
    const raw = await query.rows({ noRollup: true });
    const use = await query.rollup();
    if (use.isUsed) used.push(`${grain} ${use.how}`);
    expect(await query.rows(), `${metric.name} by ${grain}: ${JSON.stringify(use)}`).toEqual(raw);
    const streamed: unknown[] = [];
    for await (const row of query.stream()) streamed.push(row);
    expect(streamed).toEqual(raw);
    const tables = [await arrowTable(lake, query), await arrowTable(lake, query, { noRollup: true })];
    expect(String(tables[0]?.schema)).toBe(String(tables[1]?.schema));
    expect(tables[0]?.toArray().map(String)).toEqual(tables[1]?.toArray().map(String));
  }
  return used;
}

test('a rollup answers as the events do: for every metric, break-down, range, grain, zone, and rows that come late', async () => {
  await fc.assert(
    fc.asyncProperty(
      sessionRows(20),
      sessionRows(4),
      fc.array(rollup, { minLength: 1, maxLength: 2 }),
      range,
      oneOf(zones),
      async (rows, late, rollups, days, zone) => {
        const table = shopIn(zone);
        const made = await makeLake();
        try {
          await made.commit(table, rows as InferRow<typeof shop>[]);
          const configs = rollups.map(
            ({ metric, by, grains }): RollupConfig => ({ metric: metric.name, by: [by], grains }),
          );
          const unique = configs.filter(
            (one, index) =>
              configs.findIndex((other) => other.metric === one.metric && other.by?.[0] === one.by?.[0]) ===
              index,
          );
          const ask = async () => {
            for (const { metric, by } of rollups) await agree(table, made.folder, metric, { ...days, by });
          };
          await refresh(table, made.folder, unique);
          await ask();
          await made.commit(table, late as InferRow<typeof shop>[]);
          await ask();
          const again = await refresh(table, made.folder, unique);
          expect(again.rollups.every(({ missingDays }) => missingDays === 0)).toBe(true);
          await ask();
        } finally {
          await made.remove();
        }
      },
    ),
    { numRuns: runs },
  );
});
