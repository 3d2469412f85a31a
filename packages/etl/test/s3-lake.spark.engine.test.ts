import { join } from 'node:path';
import { readLakeState } from '@headwater/core/internal';
import { sparkEnvironment, useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type LoadOptions, loadEvents, syncLake, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';
import { freshLake, remainsOf } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-spark-lake');

/** The rows of a lake on S3 and those of its quarantine, by a copy of it in a folder. */
async function rowsOn(lake: string, to: string) {
  await syncLake({ table: events, from: lake, to });
  return {
    // The files of both say UTC, in other words.
    rows: await lakeRows(to, 'events', '* REPLACE (epoch_ms(event_time) AS event_time)'),
    quarantined: await lakeRows(to, 'events__quarantine', 'source, line, raw'),
  };
}

test('Spark on this machine adds to a lake on S3, replaces rows in it, and skips what it has', async () => {
  const environment = { ...sparkEnvironment(), JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const folder = await temporaryFolder();
  const rows = rowsOfDays(900, 3);
  const files = [
    await writeLines(folder, 'a.csv', [header, ...rows.slice(0, 400), 'cut off']),
    // Half of its rows are in the lake, on days that it adds to.
    await writeLines(folder, 'b.csv', [header, ...rows.slice(200), 'cut off too']),
  ];
  const lakes = { duckdb: freshLake(aws.location), spark: freshLake(aws.location) };
  const load = async (engine: 'duckdb' | 'spark', input: string, by: LoadOptions['engine'] = engine) =>
    loadEvents({
      ...{ table: events, lake: lakes[engine], engine: by, inputs: [input] },
      // Another folder than that of the load before: the files of the lake have to be fetched.
      workFolder: join(folder, `work ${engine} ${input.slice(-5)}`),
    });
  for (const engine of ['duckdb', 'spark'] as const) await load(engine, files[0] ?? '', 'duckdb');
  const [duckdb, spark] = [await load('duckdb', files[1] ?? ''), await load('spark', files[1] ?? '')];
  const { rowsIn, rowsOut, duplicates, quarantined, reasons } = duckdb;
  expect(spark).toMatchObject({ rowsIn, rowsOut, duplicates, quarantined, reasons });
  expect(spark).toMatchObject({ rowsIn: 701, rowsOut: 500, duplicates: 200, quarantined: 1 });
  expect(await rowsOn(lakes.spark, join(folder, 'spark'))).toEqual(
    await rowsOn(lakes.duckdb, join(folder, 'duckdb')),
  );
  expect(await verifyLake({ table: events, lake: lakes.spark })).toMatchObject({ ok: true, rows: 900 });
  expect(await remainsOf(lakes.spark)).toEqual([]);
  const { sequence } = await readLakeState(openLakeStore(lakes.spark), events.name);
  expect(await load('spark', files[1] ?? '')).toMatchObject({ rowsIn: 0, inputs: [{ skipped: true }] });
  expect((await readLakeState(openLakeStore(lakes.spark), events.name)).sequence).toBe(sequence);
}, 240_000);
