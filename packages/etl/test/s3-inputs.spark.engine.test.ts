import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sparkSettings } from '@headwater/core/internal';
import { useAwsSandbox, useSparkGateway } from '@headwater/local-aws/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';
import { useLandingZones } from './landing-zone.ts';

const aws = useAwsSandbox('etl-inputs-spark');
const landingZone = useLandingZones(aws);
const javaOptions = 'spark.driver.defaultJavaOptions';
const spark = useSparkGateway({ [javaOptions]: sparkSettings[javaOptions].value });

test('Spark loads objects as DuckDB does, and each knows what the other loaded', async () => {
  const folder = await temporaryFolder();
  for (const [name, value] of Object.entries(spark())) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const rows = rowsOfDays(900, 3);
  const csv = (part: readonly string[]): string => `${[header, ...part].join('\n')}\n`;
  const zone = landingZone();
  await zone.put({
    'dt=2019-10-01/a b+%20ü.csv': csv([...rows.slice(0, 300), 'cut off']),
    'dt=2019-10-02/b.csv.gz': gzipSync(csv(rows.slice(200, 600))),
  });
  const lakes = { spark: join(folder, 'spark'), duckdb: join(folder, 'duckdb') };
  const load = (engine: 'spark' | 'duckdb', lake = lakes[engine], since?: string) =>
    loadEvents({ table: events, lake, inputs: [zone.location], engine, since });
  const [bySpark, duckdb] = [await load('spark'), await load('duckdb')];
  const { rowsIn, rowsOut, duplicates, quarantined, reasons } = duckdb;
  expect(bySpark).toMatchObject({ rowsIn, rowsOut, duplicates, quarantined, reasons });
  expect(bySpark).toMatchObject({ rowsIn: 701, rowsOut: 600, duplicates: 100, quarantined: 1 });
  const rejected = (lake: string) => lakeRows(lake, 'events__quarantine', 'source, line, raw');
  expect(await rejected(lakes.spark)).toEqual(await rejected(lakes.duckdb));

  await zone.put({ 'dt=2019-10-03/c.csv': csv(rows.slice(600)) });
  const later = await load('duckdb', lakes.spark, 'last');
  expect(later).toMatchObject({
    rowsOut: 300,
    inputs: [
      { skipped: true },
      { skipped: true },
      { source: `${zone.location}dt=2019-10-03/c.csv`, skipped: false },
    ],
    // Four days before the newest folder in the lake.
    listings: [{ from: '2019-09-28' }],
  });
  await load('spark', lakes.duckdb);
  expect(await lakeRows(lakes.spark, 'events')).toEqual(await lakeRows(lakes.duckdb, 'events'));
  for (const lake of Object.values(lakes))
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 900 });
}, 240_000);
