import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { telemetryTables, useTelemetry } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { compactLake, loadEvents } from '../src/index.ts';
import { etlNames } from '../src/telemetry/etl-names.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

const telemetry = useTelemetry();

const of = { 'headwater.table': 'events', 'headwater.operation': 'load' };
const rowsOf = (outcome: string): string =>
  `headwater.etl.rows ${JSON.stringify({ ...of, 'headwater.outcome': outcome })}`;

async function input(): Promise<{ folder: string; lake: string; file: string }> {
  const folder = await temporaryFolder();
  const rows = rowsOfDays(200, 2);
  const bad = '2019-10-01 00:00:00 UTC,view,1,secret-brand,not a price,10,secret-session';
  const file = await writeLines(folder, 'secret-file.csv', [header, ...rows, ...rows.slice(0, 7), bad]);
  return { folder, lake: join(folder, 'secret-lake'), file };
}

test('a load is a span with its steps inside, and counts what it committed', async () => {
  const { lake, file } = await input();
  const report = await loadEvents({ table: events, lake, inputs: [file] });
  expect(report).toMatchObject({ rowsIn: 208, rowsOut: 200, duplicates: 7, quarantined: 1 });
  expect(telemetry.spans()).toMatchObject([
    {
      name: 'headwater.write events',
      failure: undefined,
      attributes: {
        ...{ ...of, 'headwater.dry_run': false, 'headwater.rows.in': 208, 'headwater.rows.out': 200 },
        ...{ 'headwater.rows.duplicates': 7, 'headwater.rows.quarantined': 1, 'headwater.rows.filtered': 0 },
        ...{ 'headwater.files': report.files, 'headwater.bytes': report.bytes },
      },
      children: [
        { name: 'headwater.stage', attributes: { 'headwater.inputs': 1, 'headwater.engine': 'duckdb' } },
        { name: 'headwater.plan' },
        { name: 'headwater.files', attributes: { 'headwater.folders': 2 } },
        { name: 'headwater.commit' },
      ],
    },
  ]);
  expect(await telemetry.measured()).toEqual({
    ...{
      [rowsOf('out')]: 200,
      [rowsOf('duplicates')]: 7,
      [rowsOf('quarantined')]: 1,
      [rowsOf('filtered')]: 0,
    },
    [`headwater.etl.bytes ${JSON.stringify(of)}`]: report.bytes,
    [`headwater.etl.duration ${JSON.stringify(of)}`]: 1,
  });
});

test('a load that fails ends its span with the code of the error, and commits no counts', async () => {
  const { lake, file } = await input();
  await expect(loadEvents({ table: events, lake, inputs: [file], maxQuarantine: 0 })).rejects.toMatchObject({
    code: 'QUARANTINE_EXCEEDED',
  });
  const [span] = telemetry.spans();
  expect(span).toMatchObject({
    failure: 'QUARANTINE_EXCEEDED',
    attributes: { 'error.type': 'QUARANTINE_EXCEEDED' },
    events: [{ name: 'exception', attributes: { 'exception.type': 'QUARANTINE_EXCEEDED' } }],
  });
  expect(span?.children.map(({ name }) => name)).toEqual(['headwater.stage']);
  expect(Object.keys(await telemetry.measured())).toEqual([`headwater.etl.duration ${JSON.stringify(of)}`]);
});

test('a dry run counts nothing, and upkeep is a span of its own', async () => {
  const { lake, file } = await input();
  await loadEvents({ table: events, lake, inputs: [file], dryRun: true });
  expect(telemetry.spans()[0]?.children.map(({ name }) => name)).not.toContain('headwater.commit');
  expect(Object.keys(await telemetry.measured()).join()).not.toContain('headwater.etl.rows');
  await loadEvents({ table: events, lake, inputs: [file] });
  await compactLake({ table: events, lake });
  expect(telemetry.spans().map(({ attributes }) => attributes['headwater.operation'])).toEqual([
    ...['load', 'load', 'compaction'],
  ]);
});

test('nothing that a row or a path has is told', async () => {
  const { folder, lake, file } = await input();
  await loadEvents({ table: events, lake, inputs: [file] });
  await loadEvents({ table: events, lake: join(folder, 'other'), inputs: [file], maxQuarantine: 0 }).catch(
    () => undefined,
  );
  const told = JSON.stringify([telemetry.spans(), await telemetry.measured()]);
  expect(told).toContain('events');
  for (const secret of ['secret', 'not a price', folder, '2053013552326770905', 'brand1'])
    expect(told).not.toContain(secret);
});

test('the README lists every name', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  expect(readme).toContain(telemetryTables(etlNames));
});
