import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteJobCommand, GlueClient } from '@aws-sdk/client-glue';
import { DuckDBInstance } from '@duckdb/node-api';
import { awsTarget } from '@headwater/core';
import { type LoadReport, loadEvents, submitLoad, syncLake, verifyLake } from '@headwater/etl';
import { putObject, useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codesAndPagesCase } from './cases/codes-and-pages.ts';

const { table, invent } = codesAndPagesCase;
const aws = useAwsSandbox('shop-job');

/** The rows of a table of a lake, each as JSON. */
async function rowsOf(lake: string, name: string, columns: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const files = join(lake, name, '**', '*.parquet');
    const reader = await connection.runAndReadAll(
      `SELECT to_json(one)::VARCHAR AS text FROM (SELECT ${columns} FROM read_parquet('${files}', hive_partitioning = false)) one ORDER BY text`,
    );
    return reader.getRowObjectsJS().map(({ text }) => String(text));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const facts = ({ rowsIn, rowsOut, duplicates, quarantined, filtered, reasons, nulled }: LoadReport) => ({
  ...{ rowsIn, rowsOut, duplicates, quarantined, filtered, reasons },
  nulled: nulled.map(({ column, code, rows }) => [column, code, rows]),
});

describe('the shop with codes and pages, by a job on Glue', () => {
  const { files } = invent({ seed: 20, visits: 150 });
  const visitsText = files['visits.csv'] ?? '';
  const pagesText = files['pages.csv'] ?? '';
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const object = (name: string): string => `s3://${aws.bucket}/landing/${name}`;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headwater-shop-job-'));
    await writeFile(at('visits.csv'), visitsText);
    await writeFile(at('pages.csv'), pagesText);
    const otherPages = pagesText.replace(/\n$/, '\n999,Another,tea,t1\n');
    await writeFile(at('other-pages.csv'), otherPages);
    const landed = { 'visits.csv': visitsText, 'other-pages.csv': otherPages };
    for (const [name, text] of Object.entries(landed))
      await putObject(aws.endpoints.aws, `${aws.bucket}/landing/${name}`, text);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    const glue = new GlueClient();
    await glue.send(new DeleteJobCommand({ JobName: `headwater-${aws.database}-${table.name}` }));
    glue.destroy();
  });

  const local = (page: string) =>
    loadEvents({ table, lake: at('duckdb'), inputs: [at('visits.csv')], lookups: { page } });
  async function submit(page: string) {
    const target = awsTarget({
      ...{ region: 'us-east-1', account: '123456789012', database: aws.database, location: aws.location },
      firstDay: '2024-02-26',
    });
    const inputs = [object('visits.csv')];
    const { load, run } = await submitLoad({ table, target, inputs, lookups: { page }, pollSeconds: 0.2 });
    return { load: load ?? expect.unreachable(), status: run.result?.status };
  }

  test('is what a load by DuckDB makes of it, and a changed table of pages changes neither', async () => {
    const duckdb = await local(at('pages.csv'));
    const { load } = await submit(at('pages.csv'));
    expect(facts(load)).toEqual(facts(duckdb));
    expect(load.lookups).toEqual(duckdb.lookups);
    expect(duckdb.lookups[0]?.unmatched).toBeGreaterThan(0);
    await syncLake({ table, from: aws.location, to: at('spark') });
    const rows = (lake: string) => rowsOf(lake, table.name, '* REPLACE (epoch_ms(event_time) AS event_time)');
    expect(await rows(at('spark'))).toEqual(await rows(at('duckdb')));
    const rejected = (lake: string) =>
      rowsOf(lake, `${table.name}__quarantine`, 'parse_filename(source) AS file, line, raw, record, reasons');
    expect(await rejected(at('spark'))).toEqual(await rejected(at('duckdb')));
    expect(await verifyLake({ table, lake: aws.location })).toMatchObject({ problems: [] });

    // Rows keep the pages that they were loaded with.
    const again = await submit(object('other-pages.csv'));
    const input = { skipped: true, otherLookups: ['page'] };
    expect(again).toMatchObject({ status: 'skipped', load: { inputs: [input] } });
    expect((await local(at('other-pages.csv'))).inputs[0]?.otherLookups).toEqual(['page']);
  }, 300_000);

  test('is refused before a job starts where its pages are wrong or missing', async () => {
    await writeFile(at('twice.csv'), `${pagesText}${pagesText.split('\n')[1]}\n`);
    await expect(submit(at('twice.csv'))).rejects.toMatchObject({ code: 'LOOKUP_INVALID' });
    await expect(submit(at('none.csv'))).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
  });
});
