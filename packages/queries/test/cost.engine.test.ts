import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { awsTarget, deriveGlueTable } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import {
  createLake,
  dailyVisitors,
  type FinishedQuery,
  metricQuery,
  sql,
  topCategories,
} from '@headwater/queries';
import { trinoEngine } from '@headwater/queries/trino';
import { simulateToFile } from '@headwater/simulator';
import { beforeAll, expect, test } from 'vitest';
import { clicks } from './support/clicks.ts';

const aws = useAwsSandbox('cost');
/** One day with a file that is read in parts, and one with a small file that is read whole. */
const days = [
  { start: '2024-03-01', events: 200_000 },
  { start: '2024-03-02', events: 2000 },
];
const range = { from: '2024-03-01', to: '2024-03-02' };
const { location, database, endpoints } = aws;
const finished: FinishedQuery[] = [];
const onFinish = (query: FinishedQuery): number => finished.push(query);
const engine = trinoEngine({
  url: endpoints.trino,
  catalog: 'awsdatacatalog',
  schema: database,
  lake: location,
});

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-cost-'));
  for (const { start, events } of days)
    await simulateToFile({ events, days: 1, start, seed: 5, out: join(folder, `${start}.csv`) });
  const inputs = days.map(({ start }) => join(folder, `${start}.csv`));
  await loadEvents({ table: clicks, lake: location, inputs, workFolder: join(folder, 'work') });
  await rm(folder, { recursive: true });
  const place = { region: 'us-east-1', account: '123456789012', firstDay: '2024-01-01' };
  const TableInput = deriveGlueTable(clicks.schema, awsTarget({ ...place, database, location }));
  const glue = new GlueClient();
  await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput }));
  glue.destroy();
}, 120_000);

test('a metric query tells its own caller what it scanned, besides the lake', async () => {
  const own: FinishedQuery[] = [];
  await using lake = createLake({ tables: [clicks], engine });
  const query = metricQuery(lake.clicks, dailyVisitors, range);
  await query.rows({ onFinish: (one) => own.push(one), maxScan: '1 GB' });
  for await (const _ of query.stream({ onFinish: (one) => own.push(one) }));
  // Asked again without it, nobody is told.
  await query.rows();
  expect(own.map(({ sql: text }) => text)).toEqual([query.sql, query.sql]);
  for (const { scannedBytes, estimatedMostBytes } of own) {
    expect(scannedBytes).toBeGreaterThan(0);
    if (estimatedMostBytes !== undefined) expect(scannedBytes).toBeLessThanOrEqual(estimatedMostBytes);
  }
});

test('Trino never reads more than the estimated maximum', async () => {
  await using lake = createLake({ tables: [clicks], engine, onFinish });
  for (const metric of [dailyVisitors, topCategories]) await metricQuery(lake.clicks, metric, range).rows();
  for (const text of [
    'select count(*) as n from clicks',
    'select max(price) as most from clicks',
    'select * from clicks where user_id is null',
  ])
    for await (const _ of (await sql(lake, text)).batches());
  expect(finished).toHaveLength(5);
  for (const { sql: text, scannedBytes, estimatedBytes = 0, estimatedMostBytes = 0 } of finished) {
    expect(scannedBytes, text).toBeLessThanOrEqual(estimatedMostBytes);
    expect(estimatedBytes, text).toBeLessThanOrEqual(estimatedMostBytes);
  }
  // Reading one column costs more than its size, which is why the estimate has a maximum.
  const [, , , one] = finished;
  expect(one?.scannedBytes).toBeGreaterThan((one?.estimatedBytes ?? 0) * 1.05);
});
