import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';

const text = `${[header, ...rowsOfDays(5_000, 2)].join('\n')}\n`;
const noise = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7919) % 251));
const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);

test.each<[string, string, Buffer | string]>([
  ['a gzip that was cut off', 'events.csv.gz', half(gzipSync(text))],
  ['a zstd that was cut off', 'events.csv.zst', half(zstdCompressSync(text))],
  ['text that is named gzip', 'events.csv.gz', text],
  ['noise that is named zstd', 'events.csv.zst', noise],
  ['a gzip with wrong bytes inside', 'events.csv.gz', gzipSync(text).fill(0xff, 9_000, 9_004)],
  [
    'gzip with other bytes after its end',
    'events.csv.gz',
    Buffer.concat([gzipSync(text), Buffer.alloc(9), gzipSync(text)]),
  ],
  [
    'zstd with other bytes after its end',
    'events.csv.zst',
    Buffer.concat([zstdCompressSync(text), Buffer.from('none')]),
  ],
  ['Parquet that is packed once more', 'events.parquet.gz', gzipSync('PAR1')],
  ['gzip that is named as plain text', 'events.csv', gzipSync(text)],
  ['UTF-16', 'events.csv', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['Parquet that is named as lines', 'events.jsonl', 'PAR1\u0015'],
  ['a JSON array over many lines', 'events.jsonl', '[\n  {}\n]\n'],
  ['a JSON array on one line, packed', 'events.jsonl.gz', gzipSync('[{"a": 1}, {"a": 2}]')],
  ['objects over many lines', 'events.json', '{\n  "price": 1\n}\n'],
  [
    'a header with a quote that does not close',
    'events.csv',
    text.replace('user_session', 'user_session,"note,other'),
  ],
  ['noise that is named Parquet', 'events.parquet', noise],
])('%s stops the load with its name, and nothing is committed', async (_what, name, content) => {
  const folder = await temporaryFolder();
  const good = join(folder, 'good.csv');
  const bad = join(folder, name);
  await writeFile(good, text);
  await writeFile(bad, content);
  const lake = join(folder, 'lake');
  await expect(loadEvents({ table: events, lake, inputs: [good, bad] })).rejects.toMatchObject({
    code: 'INPUT_UNREADABLE',
    payload: { file: bad },
  });
  // An empty lock is no more than a place to stand: the next run takes it.
  expect(await readdir(join(lake, '_headwater', events.name))).toEqual(['write.lock']);
  expect(await loadEvents({ table: events, lake, inputs: [good] })).toMatchObject({ rowsOut: 5_000 });
});

test('a file of blank lines is said to have no columns', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'events.csv');
  await writeFile(file, '\n\r\n');
  await expect(loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [file] })).rejects.toThrow(
    'Columns found: (none).',
  );
});

test('a folder without a file to load is said not to have one', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'events.csv'));
  await expect(
    loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [join(folder, 'events.csv')] }),
  ).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
});

// Root may read anything.
test.skipIf(process.getuid?.() === 0)('a file that may not be read is named', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'events.csv');
  await writeFile(file, text);
  await chmod(file, 0o000);
  await expect(
    loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [file] }),
  ).rejects.toMatchObject({ code: 'INPUT_UNREADABLE', payload: { file } });
});
