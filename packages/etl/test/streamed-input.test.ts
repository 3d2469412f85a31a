import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

const rows = rowsOfDays(400, 1);
const text = `${[header, ...rows].join('\n')}\n`;
const names = header.split(',');
const json = rows
  .map((row) =>
    JSON.stringify(Object.fromEntries(row.split(',').map((value, index) => [names[index], value]))),
  )
  .join('\n');
const isWindows = process.platform === 'win32';

test.each<[string, string | Buffer]>([
  ['CSV', text],
  ['JSON Lines', json],
  ['gzip', gzipSync(text)],
  [
    'zstd of two frames',
    Buffer.concat([zstdCompressSync(text.slice(0, 500)), zstdCompressSync(text.slice(500))]),
  ],
])('standard input is what it holds: %s', async (_what, content) => {
  const folder = await temporaryFolder();
  const load = (word: string) =>
    loadEvents({
      table: events,
      lake: join(folder, 'lake', word),
      inputs: [word],
      stdin: Readable.from([Buffer.from(content)]),
    });
  expect(await load('-')).toMatchObject({ rowsIn: 400, rowsOut: 400 });
  expect(await load('/dev/stdin')).toMatchObject({ rowsIn: 400, inputs: [{ source: '/dev/stdin' }] });
});

test.skipIf(isWindows)('a named pipe is read once, from its first byte', async () => {
  const folder = await temporaryFolder();
  const pipe = join(folder, 'events');
  execFileSync('mkfifo', [pipe]);
  const writer = createWriteStream(pipe);
  writer.end(json);
  const report = await loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [pipe] });
  expect(report).toMatchObject({ rowsIn: 400, rowsOut: 400, inputs: [{ source: pipe }] });
});

test.skipIf(isWindows)('a load that waits for a named pipe can be stopped', async () => {
  const folder = await temporaryFolder();
  const pipe = join(folder, 'events.csv');
  execFileSync('mkfifo', [pipe]);
  const controller = new AbortController();
  const lake = join(folder, 'lake');
  const stopped = loadEvents({ table: events, lake, inputs: [pipe], signal: controller.signal });
  const staging = join(lake, '_headwater', events.name, 'staging');
  // The run has begun when its folder is there; nothing but the pipe is left to wait for.
  while ((await readdir(staging).catch(() => [])).length === 0) await new Promise(setImmediate);
  controller.abort();
  await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test.skipIf(isWindows)('a device and a socket are refused, before anything is read', async () => {
  const folder = await temporaryFolder();
  const socket = join(folder, 'socket');
  const server = createServer().listen(socket);
  await once(server, 'listening');
  try {
    for (const input of ['/dev/null', socket])
      await expect(
        loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input] }),
      ).rejects.toMatchObject({ code: 'INPUT_UNREADABLE', payload: { file: input } });
  } finally {
    server.close();
  }
});

test.each<[string, (input: string) => void]>([
  ['is appended to', (input) => appendFileSync(input, rows[0] ?? '')],
  [
    'is replaced',
    (input) => {
      rmSync(input);
      writeFileSync(input, `${text}\n`);
    },
  ],
  ['is removed', (input) => rmSync(input)],
])('a file that %s while it is read is named, and nothing is committed', async (_what, change) => {
  const folder = await temporaryFolder();
  const first = await writeLines(folder, 'a.csv', [header, ...rows]);
  const second = await writeLines(folder, 'b.csv', [header, ...rowsOfDays(400, 1, 400)]);
  const lake = join(folder, 'lake');
  let isChanged = false;
  const load = loadEvents({
    table: events,
    lake,
    inputs: [first, second],
    onProgress({ source }) {
      // The second is looked at, so the first was; neither is loaded yet.
      if (source !== second || isChanged) return;
      isChanged = true;
      change(first);
    },
  });
  await expect(load).rejects.toMatchObject({
    code: 'INPUT_CHANGED',
    payload: { file: first },
    retryable: true,
  });
  expect(await readdir(lake)).toEqual(['_headwater']);
});

test('a file that is gone when its turn comes is named', async () => {
  const folder = await temporaryFolder();
  const first = await writeLines(folder, 'a.csv', [header, ...rows]);
  const second = await writeLines(folder, 'b.csv', [header, ...rows]);
  const load = loadEvents({
    table: events,
    lake: join(folder, 'lake'),
    inputs: [first, second],
    onProgress: () => rmSync(second, { force: true }),
  });
  await expect(load).rejects.toThrow(
    `${second}: cannot be read: it is gone, and was there when the load began`,
  );
});
