import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { lakeStatus, loadEvents } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';

const [row = ''] = rowsOfDays(1, 1);
const names = header.split(',');
const csv = `${header}\n${row}\n`;
const json = `${JSON.stringify(Object.fromEntries(row.split(',').map((text, index) => [names[index], text])))}\n`;

/** Writes files below a folder and loads it. */
async function loadFolder(files: Readonly<Record<string, string | Buffer>>, format?: 'csv' | 'jsonl') {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'raw', name)), { recursive: true });
    await writeFile(join(folder, 'raw', name), content);
  }
  const input = join(folder, 'raw');
  const report = await loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input], format });
  const shown = (path: string): string => path.slice(input.length + 1);
  return {
    loaded: report.inputs.map(({ source }) => shown(source)),
    leftOut: Object.fromEntries(report.leftOut.map(({ source, why }) => [shown(source), why])),
    report,
  };
}

const unclear = 'its name does not tell its format: name the file, or give --format';

test('what a folder holds is loaded by its name, or left out and named', async () => {
  const { loaded, leftOut } = await loadFolder({
    'a.csv': csv,
    'b/c.JSONL.gz': gzipSync(json),
    'b/d.tsv': csv.replaceAll(',', '\t'),
    'e.json': json,
    'e.json.gz': gzipSync(json),
    'f.txt': csv,
    'g.dat': csv,
    README: 'read me',
    _SUCCESS: '',
    '_temporary/h.csv': csv,
    '.hidden.csv': csv,
  });
  expect(loaded).toEqual(['a.csv', 'b/c.JSONL.gz', 'b/d.tsv']);
  const hidden = 'its name begins with . or _';
  expect(leftOut).toEqual({
    '.hidden.csv': hidden,
    README: unclear,
    _SUCCESS: hidden,
    _temporary: hidden,
    'e.json': unclear,
    'e.json.gz': unclear,
    'f.txt': unclear,
    'g.dat': unclear,
  });
});

test('the lake below the folder that is loaded is left out, and not loaded once more', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.csv'), csv);
  const lake = join(folder, 'lake');
  const load = (input: string) => loadEvents({ table: events, lake, inputs: [input] });
  await load(join(folder, 'a.csv'));
  await writeFile(join(folder, 'b.csv'), `${header}\n${rowsOfDays(2, 1)[1]}\n`);
  const report = await load(folder);
  expect(report.inputs.map(({ source }) => source)).toEqual([join(folder, 'a.csv'), join(folder, 'b.csv')]);
  expect(report.leftOut).toContainEqual({ source: lake, why: 'it is the lake that is loaded' });
  await expect(load(lake)).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
  await expect(load(join(lake, 'events'))).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
});

test('a format applies to the files of a folder that do not say another', async () => {
  const { loaded, leftOut, report } = await loadFolder(
    { 'a.json': json, 'b.json.gz': gzipSync(json), 'c.dat': json, 'd.csv': csv, 'e.jsonl': json },
    'jsonl',
  );
  expect(loaded).toEqual(['a.json', 'b.json.gz', 'c.dat', 'e.jsonl']);
  expect(leftOut).toEqual({ 'd.csv': 'its name is of csv, and --format is jsonl' });
  expect(report).toMatchObject({
    rowsIn: 2,
    rowsOut: 1,
    inputs: [{ rowsIn: 1 }, { duplicates: 1 }, { skipped: true }, { skipped: true }],
  });
});

test('links are followed once, and a link to nothing is named', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'raw'));
  await mkdir(join(folder, 'other'));
  await writeFile(join(folder, 'other', 'a.csv'), csv);
  await symlink(join(folder, 'other'), join(folder, 'raw', 'linked'));
  await symlink(join(folder, 'raw'), join(folder, 'raw', 'loop'));
  await symlink(join(folder, 'none'), join(folder, 'raw', 'none.csv'));
  const input = join(folder, 'raw');
  const report = await loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input] });
  expect(report.inputs.map(({ source }) => source)).toEqual([join(input, 'linked', 'a.csv')]);
  expect(report.leftOut).toEqual([
    { source: join(input, 'loop'), why: 'it leads back to a folder above' },
    { source: join(input, 'none.csv'), why: 'it is a link to nothing' },
  ]);
});

test('a folder with nothing to load is refused, with what it holds', async () => {
  await expect(loadFolder({ 'a.txt': csv, 'b.json': json })).rejects.toThrow(
    /raw holds no file to load\. Left out: .*a\.txt: its name does not tell/,
  );
});

test('a file whose name says nothing is what it holds', async () => {
  const folder = await temporaryFolder();
  const contents = {
    'a.txt': csv,
    'b.json': json,
    c: gzipSync(`\n${json}`),
    'd.log': csv.replaceAll(',', ';'),
  };
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(join(folder, name), content);
    const lake = join(folder, `lake-${name}`);
    const report = await loadEvents({ table: events, lake, inputs: [join(folder, name)] });
    expect(report, name).toMatchObject({ rowsIn: 1, rowsOut: 1 });
  }
});

test('an empty file is an empty input, whatever its name, as often as it is loaded', async () => {
  const folder = await temporaryFolder();
  const inputs = ['a.csv', 'b.jsonl', 'c.csv.gz', 'd.parquet', 'e'].map((name) => join(folder, name));
  for (const input of inputs) await writeFile(input, '');
  const lake = join(folder, 'lake');
  const load = (words: readonly string[]) => loadEvents({ table: events, lake, inputs: words });
  expect(await load(inputs)).toMatchObject({
    rowsIn: 0,
    inputs: inputs.map((source) => ({ source, rowsIn: 0, isEmpty: true, skipped: false })),
  });
  await expect(lakeStatus({ table: events, lake })).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  await writeFile(join(folder, 'z.csv'), csv);
  const all = [...inputs.slice(0, 2), join(folder, 'z.csv'), ...inputs.slice(2)];
  expect(await load(all)).toMatchObject({ rowsIn: 1, rowsOut: 1 });
  expect((await load(all)).inputs.map(({ skipped, isEmpty }) => [skipped, isEmpty])).toEqual(
    all.map((name) => (name.endsWith('z.csv') ? [true, false] : [false, true])),
  );
});

test('a name that occurs twice is read where it is spelled exactly, else first, and the other is named', async () => {
  const folder = await temporaryFolder();
  const contents: Record<string, [string, string[], string]> = {
    'a.csv': [`${header},price\n${row},9.00\n`, ['price'], row.split(',')[4] ?? ''],
    'b.csv': [`Price,${header}\n9.00,${row}\n`, ['Price'], row.split(',')[4] ?? ''],
    'c.csv': [`${header.replace('price', 'PRICE')},Price\n${row},9.00\n`, ['Price'], row.split(',')[4] ?? ''],
    'd.csv': [`${header},ts\n${row},2020-01-01 00:00:00\n`, ['ts'], row.split(',')[4] ?? ''],
  };
  for (const [name, [content, repeated]] of Object.entries(contents)) {
    await writeFile(join(folder, name), content);
    const lake = join(folder, `lake-${name}`);
    const report = await loadEvents({ table: events, lake, inputs: [join(folder, name)] });
    expect(report.inputs, name).toMatchObject([{ rowsOut: 1, repeated, unread: [] }]);
  }
});
