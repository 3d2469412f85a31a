import { closeLake, createLake, type Lake, metricOf, namedMetricQuery, tableOf } from '@headwater/queries';
import { postgresEngine } from '@headwater/queries/postgres';
import { beforeAll, describe, expect, test } from 'vitest';
import { allTables } from '../support/all-lakes.ts';
import { deriveInPostgres } from '../support/copy-to-postgres.ts';
import { gaps, metricCases } from '../support/metric-cases.ts';
import { sharedRedshift } from '../support/shared-redshift.ts';
import { withPostgresLake } from '../support/with-postgres-lake.ts';

const lakes = withPostgresLake();

test.concurrent.for(metricCases)('$title: the rows of DuckDB', async ({ table, metric, parameters }) => {
  const ask = (lake: object) => namedMetricQuery(tableOf(lake, table), metricOf(metric), parameters).rows();
  const [rows, expected] = await Promise.all([ask(lakes.remote), ask(lakes.local)]);
  const gap = gaps.find((one) => one.engine === 'postgres' && one.metric === metric);
  if (gap) expect(rows, `no longer a gap: ${gap.reason}`).not.toEqual(expected);
  else expect(rows).toEqual(expected);
});

describe("what Redshift's texts share with PostgreSQL's", () => {
  let shared: Lake | undefined;
  beforeAll(async () => {
    // Redshift compares texts by their bytes, and so do the columns of a derived table.
    await deriveInPostgres(lakes.postgres.query, allTables, 'derived');
    const engine = sharedRedshift(postgresEngine({ url: lakes.postgres.url, schema: 'derived' }));
    shared = createLake({ tables: allTables, engine }) as unknown as Lake;
    return () => shared && closeLake(shared);
  });
  /** Every metric over the tables with traps, and over many events by the hour. */
  const cases = metricCases.filter(({ title, table }) => table !== 'clicks' || /grain hour/.test(title));
  test.concurrent.for(cases)('$title: the rows of DuckDB', async ({ table, metric, parameters }) => {
    const ask = (lake: object) => namedMetricQuery(tableOf(lake, table), metricOf(metric), parameters).rows();
    const [rows, expected] = await Promise.all([ask(shared ?? {}), ask(lakes.local)]);
    expect(rows).toEqual(expected);
  });
});
