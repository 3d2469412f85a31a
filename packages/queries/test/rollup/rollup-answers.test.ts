import type { EventsTable, InferRow, RollupConfig } from '@headwater/core';
import { createLake, grains, type Metric, metrics, namedMetricQuery, tableOf } from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { duckdbEngine } from '@headwater/queries/duckdb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasPeriods } from '../../src/metric/has-periods.ts';
import { makeLake } from '../support/made-lake.ts';
import { sessionRows } from '../support/random-sessions.ts';
import { refresh } from '../support/refresh.ts';
import { type shop, shopIn } from '../support/shop.ts';

/** Larger runs by a variable; a run writes some rollups twice and asks some dozen questions. */
const runs = Number(process.env['HEADWATER_ROLLUP_RUNS'] ?? 4);

/** The metrics whose answers can be stored by day. */
const stored = new Map(
  Object.values(metrics as Readonly<Record<string, Metric>>)
    .filter(({ incremental }) => incremental)
    .map((metric) => [metric.name, metric]),
);

const metricNamed = (name: string): Metric => {
  const metric = stored.get(name);
  if (!metric) throw new Error(`No metric ${name}`);
  return metric;
};

const countsDistinct = ({ measures }: Metric): boolean =>
  Object.values(measures).some(({ kind }) => kind === 'distinct');

const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);

/** A metric with its break-down, and the grains that are stored. */
const rollup = oneOf([...stored.keys()]).chain((name) => {
  const metric = metricNamed(name);
  return fc.record({
    metric: fc.constant(name),
    by: oneOf(['none', ...metric.breakdowns]),
    grains: hasPeriods(metric)
      ? oneOf([['day'], ['hour'], ['hour', 'day']] as const)
      : fc.constant(['day'] as const),
    keys: fc.boolean(),
  });
});

/** The questions about a metric: by every grain, or of several orders and limits. */
function questionsOf(metric: Metric): readonly object[] {
  if (hasPeriods(metric)) return grains.map((grain) => ({ grain }));
  const accepts = (parameters: object) =>
    metric.parameters.safeParse({ from: '2024-03-01', to: '2024-03-01', ...parameters }).success;
  return [{}, { limit: 2 }, { sort: 'views', limit: 3 }, { minViews: 2 }].filter(accepts);
}

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
  metric: Metric,
  parameters: object,
): Promise<string[]> {
  await using lake = createLake({ tables: [table], engine: duckdbEngine({ lake: folder, threads: 1 }) });
  const used: string[] = [];
  for (const question of questionsOf(metric)) {
    const query = namedMetricQuery(
      tableOf(lake, table.name),
      metric,
      { ...parameters, ...question },
      { withHidden: true },
    );
    const raw = await query.rows({ noRollup: true });
    const use = await query.rollup();
    if (use.isUsed) used.push(`${JSON.stringify(question)} ${use.how} ${use.counted?.join() ?? ''}`);
    expect(
      await query.rows(),
      `${metric.name} ${JSON.stringify({ ...parameters, ...question, use })}`,
    ).toEqual(raw);
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
            ({ metric, by, grains, keys }): RollupConfig => ({
              ...{ metric, by: [by], grains },
              keys: keys && grains.some((grain) => grain === 'day') && countsDistinct(metricNamed(metric)),
            }),
          );
          const unique = configs.filter(
            (one, index) =>
              configs.findIndex((other) => other.metric === one.metric && other.by?.[0] === one.by?.[0]) ===
              index,
          );
          const ask = async () => {
            for (const { metric, by } of rollups)
              await agree(table, made.folder, metricNamed(metric), { ...days, by });
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
