import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { telemetryTables, useTelemetry } from '@headwater/local-aws/testing';
import { createLake, namedMetricQuery, resultCache, sql, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryStore } from '../src/guard/cache/memory-store.ts';
import type { QueryOptions } from '../src/session/query.ts';
import { streamedStatement } from '../src/telemetry/measured-statement.ts';
import { queryNames } from '../src/telemetry/query-names.ts';
import { type MadeLake, makeLake } from './support/made-lake.ts';
import { refresh } from './support/refresh.ts';
import { history, shop } from './support/shop.ts';

const telemetry = useTelemetry();
const days = { from: '2024-03-03', to: '2024-03-05' };

let made: MadeLake;
beforeEach(async () => {
  made = await makeLake();
  await made.commit(shop, history);
});
afterEach(() => made.remove());

const statement = { 'db.system.name': 'duckdb', 'db.operation.name': 'SELECT' };

test('a metric that a rollup answers is a span with its statement inside', async () => {
  await refresh(shop, made.folder, [{ metric: 'daily-visitors', grains: ['day'] }]);
  await using lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder, threads: 1 }) });
  const before = telemetry.spans().length;
  const rows = await namedMetricQuery(tableOf(lake, 'shop'), 'daily-visitors', days).rows();
  expect(rows.length).toBe(3);
  const asked = telemetry.spans().slice(before);
  expect(asked).toMatchObject([
    {
      name: 'headwater.metric daily-visitors',
      failure: undefined,
      attributes: {
        ...{ 'headwater.metric': 'daily-visitors', 'headwater.table': 'shop' },
        'headwater.rollup': 'shop__rollup_daily_visitors_day',
      },
    },
  ]);
  const children = asked[0]?.children ?? [];
  expect(children.map(({ name }) => name)).toContain('headwater.compile');
  expect(children.at(-1)).toMatchObject({
    name: 'SELECT',
    attributes: { ...statement, 'headwater.cache.hit': false, 'db.response.returned_rows': 3 },
  });
});

test('an answer of the cache is told as one, and statements are measured', async () => {
  await using lake = createLake({
    tables: [shop],
    engine: duckdbEngine({ lake: made.folder, threads: 1 }),
    cache: resultCache({ store: createMemoryStore(1e6) }),
  });
  const ask = () => namedMetricQuery(tableOf(lake, 'shop'), 'revenue', days).rows({ noRollup: true });
  expect(await ask()).toEqual(await ask());
  const hits = telemetry
    .spans()
    .flatMap(({ children }) => children)
    .filter(({ name }) => name === 'SELECT')
    .map(({ attributes }) => attributes['headwater.cache.hit']);
  expect(hits).toEqual([false, true]);
  expect(telemetry.spans().at(-1)?.attributes['headwater.rollup']).toBe('none');
  const measured = await telemetry.measured();
  expect(measured[`db.client.operation.duration ${JSON.stringify(statement)}`]).toBe(2);
});

test('a statement whose rows are streamed is told with its rows, and with the code of its error', async () => {
  await using lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder, threads: 1 }) });
  const asked = namedMetricQuery(tableOf(lake, 'shop'), 'revenue', days);
  const countOf = async (options: QueryOptions): Promise<number> => {
    let rows = 0;
    for await (const _ of asked.stream({ ...options, noRollup: true })) rows += 1;
    return rows;
  };
  const rows = await countOf({});
  expect(rows).toBeGreaterThan(0);
  await expect(countOf({ maxScan: '1 B' })).rejects.toMatchObject({ code: 'SCAN_BUDGET_EXCEEDED' });
  expect(telemetry.spans()).toMatchObject([
    {
      ...{ name: 'SELECT', failure: undefined },
      attributes: { ...statement, 'headwater.cache.hit': false, 'db.response.returned_rows': rows },
    },
    { name: 'SELECT', failure: 'SCAN_BUDGET_EXCEEDED', attributes: { 'error.type': 'SCAN_BUDGET_EXCEEDED' } },
  ]);
  expect(await telemetry.measured()).toMatchObject({
    [`db.client.operation.duration ${JSON.stringify(statement)}`]: 1,
    [`db.client.operation.duration ${JSON.stringify({ ...statement, 'error.type': 'SCAN_BUDGET_EXCEEDED' })}`]: 1,
  });
});

test('the bytes that an engine reports of streamed rows are counted, and still reported', async () => {
  const reported: number[] = [];
  const measure = streamedStatement('athena');
  const { onFinish } = measure.reporting({ onFinish: ({ scannedBytes }) => reported.push(scannedBytes) });
  const ran = { engine: 'athena', queryId: '1', sql: 'SELECT 1', milliseconds: 5, reused: false } as const;
  onFinish?.({ ...ran, scannedBytes: 1000 });
  await measure.end();
  expect(reported).toEqual([1000]);
  expect(telemetry.spans()).toMatchObject([{ attributes: { 'headwater.scanned.bytes': 1000 } }]);
  const of = { ...statement, 'db.system.name': 'athena' };
  expect(await telemetry.measured()).toMatchObject({
    [`headwater.queries.scanned ${JSON.stringify(of)}`]: 1000,
  });
});

test('a statement that fails ends with the code of its error, and neither texts nor values are told', async () => {
  await using lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder, threads: 1 }) });
  const secret = "SELECT count(*) FROM shop WHERE brand = 'secret' AND nothing = 1";
  await expect(sql(lake, secret)).rejects.toThrow();
  await namedMetricQuery(tableOf(lake, 'shop'), 'revenue', { ...days, where: { brand: 'secret' } }).rows();
  const told = JSON.stringify([telemetry.spans(), await telemetry.measured()]);
  expect(told).toContain('revenue');
  for (const word of ['secret', 'count(', made.folder, '2024-03-0']) expect(told).not.toContain(word);
});

test('the README lists every name', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  expect(readme).toContain(telemetryTables(queryNames));
});
