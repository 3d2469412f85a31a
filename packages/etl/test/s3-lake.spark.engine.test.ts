import { join } from 'node:path';
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { sparkSettings } from '@headwater/core/internal';
import { useAwsSandbox, useSparkGateway } from '@headwater/local-aws/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, replayQuarantine, syncLake, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';
import { freshLake, remainsOf } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-spark-lake');
// Each run is a Python program of its own, with a Spark of its own in the same Java.
const javaOptions = 'spark.driver.defaultJavaOptions';
const sparkJava = useSparkGateway({ [javaOptions]: sparkSettings[javaOptions].value });

/** The table without the smallest price. */
const withRefunds = defineEvents('events', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64(),
    brand: z.string().optional(),
    price: decimal(10, 2),
    user_id: z.int64(),
    user_session: z.string().optional(),
  },
  roles: { time: 'event_time', action: 'event_type', actor: 'user_id' },
});

/** The rows of a lake on S3 and those of its quarantine, by a copy of it in a folder. */
async function rowsOn(lake: string, to: string) {
  await syncLake({ table: events, from: lake, to });
  return {
    // The files of both engines say UTC, in other words.
    rows: await lakeRows(to, 'events', '* REPLACE (epoch_ms(event_time) AS event_time)'),
    quarantined: await lakeRows(to, 'events__quarantine', '* EXCLUDE (run_id)'),
  };
}

test('Spark on this machine loads into a lake on S3, compacts it and replays its quarantine, as DuckDB does', async () => {
  for (const [name, value] of Object.entries(sparkJava())) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const folder = await temporaryFolder();
  const rows = rowsOfDays(900, 3);
  const refund = '2019-10-02 00:00:00 UTC,purchase,1,nike,-5.00,10,s';
  const first = await writeLines(folder, 'a.csv', [header, ...rows.slice(0, 400), 'cut off', refund]);
  // Half of its rows are in the lake, on days that it adds to.
  const second = await writeLines(folder, 'b.csv', [header, ...rows.slice(200), 'cut off too']);
  const lakes = { duckdb: freshLake(aws.location), spark: freshLake(aws.location) };
  const settings = (engine: 'duckdb' | 'spark', step: string) => ({
    ...{ table: events, lake: lakes[engine], engine },
    // A folder of its own for each step: the files of the lake have to be fetched.
    workFolder: join(folder, `work ${engine} ${step}`),
  });
  const byBoth = async <Report>(step: (engine: 'duckdb' | 'spark') => Promise<Report>) => ({
    duckdb: await step('duckdb'),
    spark: await step('spark'),
  });
  const same = async (): Promise<void> =>
    expect(await rowsOn(lakes.spark, join(folder, 'spark'))).toEqual(
      await rowsOn(lakes.duckdb, join(folder, 'duckdb')),
    );
  await byBoth((engine) => loadEvents({ ...settings(engine, '1'), engine: 'duckdb', inputs: [first] }));

  const loaded = await byBoth((engine) => loadEvents({ ...settings(engine, '2'), inputs: [second] }));
  const { rowsIn, rowsOut, duplicates, quarantined, reasons } = loaded.duckdb;
  expect(loaded.spark).toMatchObject({ rowsIn, rowsOut, duplicates, quarantined, reasons });
  expect(loaded.spark).toMatchObject({ rowsIn: 701, rowsOut: 500, duplicates: 200, quarantined: 1 });
  await same();
  expect(await loadEvents({ ...settings('spark', '2'), engine: 'duckdb', inputs: [second] })).toMatchObject({
    rowsIn: 0,
    inputs: [{ skipped: true }],
  });

  const compacted = await byBoth((engine) => compactLake(settings(engine, '3')));
  const { commits, partitions, filesBefore, filesAfter } = compacted.duckdb;
  expect(compacted.spark).toMatchObject({ commits, partitions, filesBefore, filesAfter });
  expect(compacted.spark).toMatchObject({ commits: 1, partitions: 1, filesBefore: 2, filesAfter: 1 });

  const replayed = await byBoth((engine) =>
    replayQuarantine({ ...settings(engine, '4'), table: withRefunds }),
  );
  expect(replayed.spark).toMatchObject({ rowsIn: 3, rowsOut: 1, quarantined: 2 });
  expect(replayed.spark.reasons).toEqual(replayed.duckdb.reasons);
  await same();
  expect(await verifyLake({ table: withRefunds, lake: lakes.spark })).toMatchObject({
    ...{ ok: true, rows: 901, problems: [], leftovers: [] },
  });
  expect(await remainsOf(lakes.spark)).toEqual([]);
});
