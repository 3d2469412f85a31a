import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { defineEvents, lake, timestamp } from '@headwater/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, lakeStatus, loadEvents, verifyLake } from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows as Record<string, unknown>[];
}

const accounts = (report: { rowsIn: number; rowsOut: number; duplicates: number; quarantined: number }) => ({
  rowsIn: report.rowsIn,
  rowsOut: report.rowsOut,
  duplicates: report.duplicates,
  quarantined: report.quarantined,
});

describe('a load', () => {
  test('puts each day in its folder, sorted, and accounts for every row', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(900, 3);
    const input = await writeLines(folder, 'a.csv', [header, ...rows, ...rows.slice(0, 17)]);
    const lake = join(folder, 'lake');
    const report = await loadEvents({ table: events, lake, inputs: [input] });
    expect(accounts(report)).toEqual({ rowsIn: 917, rowsOut: 900, duplicates: 17, quarantined: 0 });
    expect(report.partitions).toBe(3);
    const [stored] = await query(
      `SELECT count(*)::INT AS rows, count(DISTINCT dt)::INT AS days, sum(price)::VARCHAR AS price, max(user_id)::VARCHAR AS id FROM read_parquet('${lake}/events/*/*.parquet', hive_partitioning = true)`,
    );
    const price = rows.reduce((sum, row) => sum + Number(row.split(',')[4]) * 100, 0) / 100;
    expect(stored).toEqual({
      rows: 900,
      days: 3,
      price: price.toFixed(2),
      id: String(2053013552326770905n + 899n),
    });
    expect(await verifyLake({ table: events, lake })).toMatchObject({
      ok: true,
      rows: 900,
      problems: [],
      leftovers: [],
    });
  });

  test('quarantines with column, code, line and the raw text; and lines broken as lines', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'dirty.csv');
    const lines = [
      header,
      '2019-10-01 00:00:00 UTC,view,1,nike,1.00,10,s',
      '2019-10-01 00:00:01 UTC, VIEW ,1,Nike,1.00,10,s',
      '',
      '2019-10-01 00:00:02 UTC,view,1,nike,-1.00,10,s',
      '2019-10-01 00:00:03 UTC,gift,2.10381E+18,nike,1.00,10,s',
      '2019-10-01 00:00:04 UTC,view,1',
      '2019-10-01 00:00:05 UTC,view,1,"nike,1.00,10,s',
      '2019-10-01 00:00:06 UTC,view,1,"ni,ke",1.00,10,s',
      '2019-10-01 00:00:07 UTC,view,1,nike,1.00,10,s,9',
      '2019-10-01 00:00:08+02:00,view,1,nike,1.00,10,s',
      '2019-10-01 00:00:09 UTC,view,1,ni\xffke,1.00,10,s',
      '2019-10-01 00:00:10 UTC,view,,nike,1.00,10,',
      '2019-10-01 00:00:11 UTC,vi',
    ];
    await writeFile(path, Buffer.from(lines.join('\n'), 'latin1'));
    const lake = join(folder, 'lake');
    const report = await loadEvents({ table: events, lake, inputs: [path], maxQuarantine: 1 });
    expect(accounts(report)).toEqual({ rowsIn: 12, rowsOut: 4, duplicates: 0, quarantined: 8 });
    expect(report.reasons).toEqual({
      'line:too_few_fields': 2,
      'line:not_utf8': 1,
      'line:too_many_fields': 1,
      'line:unclosed_quote': 1,
      'event_type:not_one_of': 1,
      'price:below_minimum': 1,
      'product_id:missing': 1,
      'product_id:not_an_integer': 1,
    });
    const refused = await query(
      `SELECT line::INT AS line, raw, [coalesce(r."column", 'line') || ':' || r.code FOR r IN reasons] AS reasons FROM '${lake}/events__quarantine/*/*.parquet' ORDER BY line`,
    );
    expect(refused).toEqual([
      { line: 5, raw: lines[4], reasons: ['price:below_minimum'] },
      { line: 6, raw: lines[5], reasons: ['event_type:not_one_of', 'product_id:not_an_integer'] },
      { line: 7, raw: lines[6], reasons: ['line:too_few_fields'] },
      { line: 8, raw: lines[7], reasons: ['line:unclosed_quote'] },
      { line: 10, raw: lines[9], reasons: ['line:too_many_fields'] },
      { line: 12, raw: '2019-10-01 00:00:09 UTC,view,1,ni\\xffke,1.00,10,s', reasons: ['line:not_utf8'] },
      { line: 13, raw: lines[12], reasons: ['product_id:missing'] },
      { line: 14, raw: lines[13], reasons: ['line:too_few_fields'] },
    ]);
    const brands = await query(`SELECT DISTINCT brand FROM '${lake}/events/*/*.parquet' ORDER BY brand`);
    expect(brands).toEqual([{ brand: 'ni,ke' }, { brand: 'nike' }]);
    // The offset is applied: two hours before midnight is the day before.
    expect(Object.keys(await lakeBytes(lake)).map((file) => file.slice(0, 21))).toEqual([
      '/events/dt=2019-09-30',
      '/events/dt=2019-10-01',
    ]);
  });

  test('skips an input that was loaded before, under whatever name', async () => {
    const folder = await temporaryFolder();
    const lines = [header, ...rowsOfDays(50, 2)];
    const first = await writeLines(folder, 'a.csv', lines);
    const second = await writeLines(folder, 'b.csv', lines);
    const lake = join(folder, 'lake');
    await loadEvents({ table: events, lake, inputs: [first] });
    const before = await lakeBytes(lake);
    const report = await loadEvents({ table: events, lake, inputs: [second] });
    expect(report).toMatchObject({ rowsIn: 0, inputs: [{ source: second, skipped: true }] });
    expect(await lakeBytes(lake)).toEqual(before);
    expect((await lakeStatus({ table: events, lake })).runs).toHaveLength(1);
  });

  test('reads plain, gzip, zstd, JSON Lines and Parquet alike, columns in any order and by alias', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(300, 2);
    const names = header.split(',');
    const csv = [header, ...rows].join('\n');
    const reordered = rows.map((row) => row.split(',').reverse().join(';'));
    const json = rows.map((row) =>
      JSON.stringify(Object.fromEntries(row.split(',').map((text, index) => [names[index], text]))),
    );
    const files: Record<string, Buffer | string> = {
      'plain.csv': csv,
      'packed.csv.gz': gzipSync(csv),
      'packed.csv.zst': zstdCompressSync(csv),
      'windows.csv': csv.replaceAll('\n', '\r\n'),
      'other.csv': [header.replace('event_time', ' TS ').split(',').reverse().join(';'), ...reordered].join(
        '\n',
      ),
      'lines.jsonl': json.join('\n'),
      'lines.jsonl.gz': gzipSync(json.join('\n')),
    };
    const lakes: Record<string, string>[] = [];
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
      const lake = join(folder, `lake-${name}`);
      expect(accounts(await loadEvents({ table: events, lake, inputs: [join(folder, name)] })), name).toEqual(
        { rowsIn: 300, rowsOut: 300, duplicates: 0, quarantined: 0 },
      );
      lakes.push(await lakeBytes(lake));
    }
    await query(
      `COPY (SELECT * FROM read_parquet('${folder}/lake-plain.csv/events/*/*.parquet', hive_partitioning = false)) TO '${folder}/all.parquet' (FORMAT parquet)`,
    );
    const lake = join(folder, 'lake-parquet');
    await loadEvents({ table: events, lake, inputs: [join(folder, 'all.parquet')] });
    lakes.push(await lakeBytes(lake));
    for (const other of lakes) expect(other).toEqual(lakes[0]);
  });

  test('reads JSON by aliases with any sign in them, and case matters there', async () => {
    const folder = await temporaryFolder();
    const aliases = ['We"ird', 'a/b~c', 'back\\slash', "it's", '__proto__', 'ümlaut $.x'];
    const table = defineEvents('notes', {
      columns: { at: timestamp(), note: z.string().register(lake, { aliases }).optional() },
      roles: { time: 'at' },
    });
    const lines = [...aliases, 'WE"IRD'].map(
      (name, n) => `{"at":"2019-10-01 00:00:0${n}",${JSON.stringify(name)}:"${n}"}`,
    );
    const input = await writeLines(folder, 'notes.jsonl', lines);
    const target = join(folder, 'lake');
    expect(await loadEvents({ table, lake: target, inputs: [input] })).toMatchObject({ rowsOut: 7 });
    expect(await query(`SELECT note FROM '${target}/notes/*/*.parquet' ORDER BY "at"`)).toEqual(
      [...aliases.map((_, n) => String(n)), null].map((note) => ({ note })),
    );
  });

  test('reads standard input, and files without a header by position', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(40, 1);
    const lake = join(folder, 'lake');
    const report = await loadEvents({
      table: events,
      lake,
      inputs: ['-'],
      stdin: Readable.from([`${rows.join('\n')}\n`]),
      header: false,
    });
    expect(accounts(report)).toEqual({ rowsIn: 40, rowsOut: 40, duplicates: 0, quarantined: 0 });
    const guessed = await writeLines(folder, 'bare.csv', rows.slice(0, 10));
    expect(accounts(await loadEvents({ table: events, lake, inputs: [guessed] }))).toEqual({
      rowsIn: 10,
      rowsOut: 0,
      duplicates: 10,
      quarantined: 0,
    });
  });

  test('the same rows in any order and split, compacted, are the same lake byte for byte', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(2000, 4);
    const whole = join(folder, 'whole');
    await loadEvents({
      table: events,
      lake: whole,
      inputs: [await writeLines(folder, 'whole.csv', [header, ...rows])],
    });
    const split = join(folder, 'split');
    const shuffled = rows
      .map((row, index) => ({ row, key: (index * 7919) % 2003 }))
      .sort((a, b) => a.key - b.key)
      .map(({ row }) => row);
    for (const part of [0, 1, 2]) {
      const some = shuffled.filter((_, index) => index % 3 === part || index % 50 === 0);
      await loadEvents({
        table: events,
        lake: split,
        inputs: [await writeLines(folder, `part${part}.csv`, [header, ...some])],
      });
    }
    expect(Object.keys(await lakeBytes(split))).toHaveLength(12);
    const report = await compactLake({ table: events, lake: split });
    expect(report).toMatchObject({ partitions: 4, filesBefore: 12, filesAfter: 4, rows: 2000 });
    expect(await lakeBytes(split)).toEqual(await lakeBytes(whole));
    expect(await verifyLake({ table: events, lake: split })).toMatchObject({
      ok: true,
      rows: 2000,
      leftovers: [],
    });
    expect(await compactLake({ table: events, lake: split })).toMatchObject({ partitions: 0 });
  });

  test('of a zero and a negative zero the same stays, whichever came first', async () => {
    const folder = await temporaryFolder();
    const columns = { at: timestamp(), share: z.number() };
    const table = defineEvents('events', { columns, roles: { time: 'at' } });
    const lakes = ['0,-0', '-0,0'].map(async (order, index) => {
      const target = join(folder, `lake-${index}`);
      for (const [load, share] of order.split(',').entries()) {
        const lines = ['at,share', `2019-10-01 00:00:00,${share}`];
        const inputs = [await writeLines(folder, `${index}-${load}.csv`, lines)];
        const report = await loadEvents({ table, lake: target, inputs });
        expect(report).toMatchObject({ rowsIn: 1, rowsOut: 1 - load, duplicates: load });
      }
      return lakeBytes(target);
    });
    const [first, second] = await Promise.all(lakes);
    expect(second).toEqual(first);
  });

  test('a dry run counts and writes nothing', async () => {
    const folder = await temporaryFolder();
    const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(20, 1)]);
    const lake = join(folder, 'lake');
    expect(await loadEvents({ table: events, lake, inputs: [input], dryRun: true })).toMatchObject({
      rowsIn: 20,
      rowsOut: 20,
      dryRun: true,
    });
    await expect(lakeStatus({ table: events, lake })).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  });
});

describe('what of a file the table does not have', () => {
  test('is told, in every format, beside the columns that the file lacks', async () => {
    const folder = await temporaryFolder();
    const [row = ''] = rowsOfDays(1, 1);
    const csv = await writeLines(folder, 'a.csv', [
      `${header.replace('brand', 'brnd')},,extra`,
      `${row},0,x`,
    ]);
    const json = await writeLines(folder, 'b.jsonl', ['{"Brand":"acme","price":1}']);
    const report = await loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [csv, json] });
    expect(report.inputs).toMatchObject([
      { unread: ['brnd', 'extra'], absent: ['brand'] },
      { unread: ['Brand'], absent: [] },
    ]);
  });

  test('is not looked for where the first line is a row that has the name of a column in it', async () => {
    const folder = await temporaryFolder();
    const [row = '', other = ''] = rowsOfDays(2, 1);
    const input = await writeLines(folder, 'a.csv', [row.replace(/s\d+$/, 'brand'), other]);
    const report = await loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input] });
    expect(report).toMatchObject({ rowsIn: 2, rowsOut: 2, inputs: [{ unread: [], absent: [] }] });
  });
});

describe('a load refuses', () => {
  test('a file without a required column, naming what it found, and writes nothing', async () => {
    const folder = await temporaryFolder();
    const input = await writeLines(folder, 'a.csv', [
      'event_time,event_type,price,user_id',
      '2019-10-01 00:00:00 UTC,view,1.00,1',
    ]);
    const lake = join(folder, 'lake');
    await expect(loadEvents({ table: events, lake, inputs: [input] })).rejects.toMatchObject({
      code: 'INPUT_COLUMNS_MISSING',
      payload: {
        file: input,
        missing: ['product_id'],
        found: ['event_time', 'event_type', 'price', 'user_id'],
      },
    });
    await expect(lakeStatus({ table: events, lake })).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  });

  test('a header that is a row after all, showing no value of it', async () => {
    const folder = await temporaryFolder();
    const row =
      '2019-10-01 00:00:00 UTC,view,1,acme,1.00,someone@example.org,6c2f0e5a-7a51-4f7e-9d0c-2b1f0a6f3c11';
    const input = await writeLines(folder, 'a.csv', [row]);
    const refused = await loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input] }).catch(
      String,
    );
    expect(refused).toContain('Columns found: ?, view, ?, acme, ?, ?, ?.');
  });

  test('more dirt than allowed', async () => {
    const folder = await temporaryFolder();
    const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(98, 1), 'x,y', 'z']);
    const load = (maxQuarantine: number) =>
      loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input], maxQuarantine });
    await expect(load(0.01)).rejects.toMatchObject({
      code: 'QUARANTINE_EXCEEDED',
      payload: { quarantined: 2, rowsIn: 100 },
    });
    expect(await load(0.02)).toMatchObject({ rowsOut: 98, quarantined: 2 });
  });

  test('an input that is not there, and one that is not what its name says', async () => {
    const folder = await temporaryFolder();
    const lake = join(folder, 'lake');
    await expect(loadEvents({ table: events, lake, inputs: [join(folder, 'no.csv')] })).rejects.toMatchObject(
      { code: 'INPUT_NOT_FOUND' },
    );
    const notGzip = join(folder, 'a.csv.gz');
    await writeFile(notGzip, `${header}\n`);
    await expect(loadEvents({ table: events, lake, inputs: [notGzip] })).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      payload: { file: notGzip },
    });
    const notParquet = join(folder, 'a.parquet');
    await writeFile(notParquet, 'hello');
    await expect(loadEvents({ table: events, lake, inputs: [notParquet] })).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      payload: { file: notParquet },
    });
  });

  test('a lake that cannot be a folder', async () => {
    const folder = await temporaryFolder();
    const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(2, 1)]);
    await expect(loadEvents({ table: events, lake: input, inputs: [input] })).rejects.toMatchObject({
      code: 'LAKE_NOT_WRITABLE',
    });
  });

  test('a second writer while the first is at work', async () => {
    const folder = await temporaryFolder();
    const lake = join(folder, 'lake');
    const inputs = await Promise.all(
      [0, 1].map((n) => writeLines(folder, `${n}.csv`, [header, ...rowsOfDays(500, 2, n * 500)])),
    );
    const both = await Promise.allSettled(
      inputs.map((input) => loadEvents({ table: events, lake, inputs: [input], lockTimeoutSeconds: 0 })),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'LAKE_BUSY',
      retryable: true,
    });
    await Promise.all(
      inputs.map((input) => loadEvents({ table: events, lake, inputs: [input], lockTimeoutSeconds: 60 })),
    );
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 1000 });
  });

  test('to go on when it is stopped, and leaves the lake as it was', async () => {
    const folder = await temporaryFolder();
    const lake = join(folder, 'lake');
    await loadEvents({
      table: events,
      lake,
      inputs: [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(100, 2)])],
    });
    const before = await lakeBytes(lake);
    const next = await writeLines(folder, 'b.csv', [header, ...rowsOfDays(100, 2, 1000)]);
    for (const phase of ['read', 'write', 'commit']) {
      const controller = new AbortController();
      const stopped = loadEvents({
        table: events,
        lake,
        inputs: [next],
        signal: controller.signal,
        onProgress: (progress) => progress.phase === phase && controller.abort(),
      });
      await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(await lakeBytes(lake)).toEqual(before);
    }
    expect(await loadEvents({ table: events, lake, inputs: [next] })).toMatchObject({ rowsOut: 100 });
  });
});

test('verification names what was changed behind the manifests', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  await loadEvents({
    table: events,
    lake,
    inputs: [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(100, 3)])],
  });
  const [first = '', second = ''] = Object.keys(await lakeBytes(lake));
  const bytes = await readFile(join(lake, first));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  await writeFile(join(lake, first), bytes);
  await writeFile(join(lake, second), 'short');
  await mkdir(join(lake, 'events/dt=2019-12-01'));
  await writeFile(join(lake, 'events/dt=2019-12-01/part-x.parquet'), 'not ours');
  const report = await verifyLake({ table: events, lake });
  expect(report.ok).toBe(false);
  expect(report.problems.map(({ file }) => `/${file}`)).toEqual([first, second]);
  expect(report.foreign).toEqual(['events/dt=2019-12-01/part-x.parquet']);
});
