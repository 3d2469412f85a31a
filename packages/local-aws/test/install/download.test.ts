import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { download } from '../../src/install/download.ts';

const content = randomBytes(4 << 20);
const sha256 = createHash('sha256').update(content).digest('hex');
const impatient = { attempts: 3, backoff: 1, idle: 500 };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let handlers: Handler[];
let ranges: (string | undefined)[];
let server: ReturnType<typeof createServer>;
let folder: string;
let path: string;

beforeEach(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  folder = mkdtempSync(join(tmpdir(), 'headwater-download-'));
  path = join(folder, 'deep', 'file.bin');
  handlers = [];
  ranges = [];
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const handler = handlers.length > 1 ? handlers.shift() : handlers[0];
    handler?.(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const file = () => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.bin`,
  sha256,
  bytes: content.length,
});

/** Serves the range asked for, and breaks the connection after so many bytes. */
const serve =
  (upTo = Number.POSITIVE_INFINITY, bytes = content): Handler =>
  (request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
    if (upTo >= rest.length) response.end(rest);
    else response.write(rest.subarray(0, upTo), () => response.destroy());
  };
const refuse =
  (status: number): Handler =>
  (_request, response) => {
    response.writeHead(status).end();
  };

it('goes on where a connection broke off', async () => {
  handlers = [serve(1 << 20), serve(2 << 20), serve()];
  await download(file(), path, impatient);
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(ranges[0]).toBeUndefined();
  expect(ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
  expect(existsSync(`${path}.part`)).toBe(false);
});

it('goes on from what an earlier run left, and tries again after a passing refusal', async () => {
  handlers = [serve(1 << 20), refuse(503)];
  await expect(download(file(), path, impatient)).rejects.toThrow('answers 503');
  expect(existsSync(path)).toBe(false);
  handlers = [refuse(503), serve()];
  ranges = [];
  await download(file(), path, impatient);
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(ranges[0]).toMatch(/^bytes=[1-9]\d*-$/);
});

it('begins again where the server gives no ranges', async () => {
  const whole: Handler = (_request, response) => {
    response.writeHead(200, { 'content-length': content.length }).end(content);
  };
  handlers = [serve(1 << 20), whole];
  await download(file(), path, impatient);
  expect(readFileSync(path).equals(content)).toBe(true);
});

it('takes no file but the pinned one, and keeps nothing of another', async () => {
  handlers = [serve(undefined, randomBytes(content.length))];
  await expect(download(file(), path, impatient)).rejects.toThrow(`not ${sha256}`);
  expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
  handlers = [serve(undefined, Buffer.concat([content, content]))];
  await expect(download(file(), path, impatient)).rejects.toThrow('more than its');
});

it('gives up at once where trying again cannot help, and in the end where nothing comes', async () => {
  handlers = [refuse(404)];
  await expect(download(file(), path, impatient)).rejects.toThrow('answers 404');
  expect(ranges).toHaveLength(1);
  handlers = [() => undefined];
  await expect(download(file(), path, { ...impatient, idle: 50 })).rejects.toThrow('no byte for');
  expect(ranges).toHaveLength(1 + impatient.attempts);
});

it('finds what was there already whole to be right before it takes it', async () => {
  handlers = [serve()];
  await download(file(), path, impatient);
  rmSync(path);
  writeFileSync(`${path}.part`, content);
  ranges = [];
  await download(file(), path, impatient);
  expect(ranges).toEqual([]);
  expect(readFileSync(path).equals(content)).toBe(true);
});
