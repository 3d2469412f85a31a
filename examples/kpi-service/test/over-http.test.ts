// The service behind a real socket: what a client may send, and how long it may take.
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListeningService, serveService } from '../src/serve-service.ts';
import { madeEvents } from '../testing/made-events.ts';
import { loadMade } from '../testing/made-lake.ts';
import { type Fixture, makeService, temporaryFolder } from './service-fixture.ts';

const range = 'from=2024-02-28&to=2024-03-01';
const metric = `/v1/metrics/revenue?${range}`;
let remove: () => Promise<void>;
let fixture: Fixture;
let listening: ListeningService;
let url: string;
beforeAll(async () => {
  const made = await temporaryFolder();
  ({ remove } = made);
  const lake = join(made.folder, 'lake');
  const of = (merchant: string, seed: number) =>
    madeEvents({ merchant, seed, count: 300, start: '2024-02-28', days: 3 });
  await loadMade(lake, made.folder, [...of('north', 1), ...of('south', 2)]);
  fixture = makeService({ lake });
  listening = await serveService(fixture.service, {
    host: '127.0.0.1',
    port: 0,
    shutdownSeconds: 1,
    requestSeconds: 1,
  });
  url = `http://127.0.0.1:${listening.port}`;
});
afterAll(async () => {
  await listening.stop();
  await remove();
});

const authorization = () => `Bearer ${fixture.tokenOf('north')}`;
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, { ...init, headers: { authorization: authorization(), ...init.headers } });
const refusal = async (answer: Response) => {
  const { code, field } = (await answer.json()) as { code: string; field?: string };
  return { status: answer.status, code, field };
};

/** What comes back for bytes that `fetch` would not send, until the connection ends. */
async function raw(
  text: string,
  more?: (write: (text: string) => boolean) => Promise<void>,
): Promise<string> {
  const socket = connect(listening.port, '127.0.0.1');
  let answered = '';
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
  socket.on('data', (part) => {
    answered += part;
  });
  socket.write(text.replaceAll('\n', '\r\n'));
  await more?.((part) => socket.write(part));
  await ended;
  return answered;
}
const head = (path: string, method = 'GET', ...lines: string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: kpi', `Authorization: ${authorization()}`, ...lines, '', ''].join(
    '\n',
  );

describe('a body', () => {
  it.each([
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'x/y',
  ])('is taken by no route, whatever its type: %s', async (type) => {
    const answer = await ask(metric, { method: 'POST', body: '{}', headers: { 'content-type': type } });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect(await refusal(answer)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  });

  it('of a read is refused, however it is announced', async () => {
    for (const announced of ['Content-Length: 5', 'Transfer-Encoding: chunked']) {
      const answered = await raw(`${head(metric, 'GET', announced)}`);
      expect(answered).toMatch(/^HTTP\/1\.1 400 /);
      expect(answered).toContain('"code":"BODY_NOT_ALLOWED"');
    }
  });

  it('that is huge is not read', async () => {
    const before = process.memoryUsage().rss;
    const length = 2_000_000_000;
    const part = 'x'.repeat(1_000_000);
    let sent = 0;
    const answered = await raw(head(metric, 'POST', `Content-Length: ${length}`), async (write) => {
      for (; sent < 300; sent += 1) {
        if (!write(part)) await wait(1);
      }
    });
    expect(answered).toMatch(/^HTTP\/1\.1 405 /);
    expect(process.memoryUsage().rss - before).toBeLessThan(900e6);
  });

  it('that comes slowly is cut off, and so is a slow head', async () => {
    const began = performance.now();
    const [body, slowHead] = await Promise.all([
      raw(head('/v1/metrics', 'POST', 'Content-Length: 100'), async (write) => {
        for (let at = 0; at < 3; at += 1) {
          write('x');
          await wait(200);
        }
      }),
      raw('GET /v1/metrics HTTP/1.1\nHost: kpi\n', async (write) => {
        for (let at = 0; at < 3; at += 1) {
          write('X-Slow: 1\r\n');
          await wait(200);
        }
      }),
    ]);
    expect(body).toMatch(/^HTTP\/1\.1 405 /);
    expect(slowHead).toMatch(/^HTTP\/1\.1 408 |^$/);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect((await ask('/health')).status).toBe(200);
  });
});

describe('an address', () => {
  it.each([
    ['is read after its percent-encoding', `/v1/metrics/%72evenue?${range}`, 200, undefined],
    ['has parameters that are encoded', `${metric}&where%2Ebrand=%61`, 200, undefined],
    ['has the encoded name of a closed column', `${metric}&where.%6Derchant=south`, 400, 'where.merchant'],
    ['has a name that is encoded twice', `${metric}&where.%256Derchant=south`, 400, 'where.%6Derchant'],
    ['has the same limit twice', `/v1/values/brand?${range}&limit=1&limit=1`, 400, 'limit'],
    ['has the same zone twice', `${metric}&zone=UTC&zone=UTC`, 400, 'zone'],
    ['has the break-down twice', `${metric}&by=none&by=brand`, 400, 'by'],
    [
      'has a closed column twice',
      `${metric}&where.merchant=north&where.merchant=south`,
      400,
      'where.merchant',
    ],
    ['has a name in other letters', `${metric}&WHERE.brand=a`, 400, 'WHERE.brand'],
    ['has a name with a space', `${metric}&where.brand%20=a`, 400, 'where.brand '],
  ])('%s', async (_, path, status, field) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    if (status !== 200) expect(await refusal(answer)).toEqual({ status, code: 'PARAMETER_INVALID', field });
    else await answer.text();
  });

  it('with encoding that is none is a value or a refusal, and no fault', async () => {
    for (const text of ['%', '%zz', '%ff%fe', '%c0%ae', '%00', '%0d%0aX-Own: 1', '%E2%80%A8'])
      for (const path of [`${metric}&where.brand=${text}`, `${metric}&${text}=1`, `/v1/metrics/${text}`]) {
        const answered = await raw(head(path, 'GET', 'Connection: close'));
        expect(answered, path).toMatch(/^HTTP\/1\.1 (200|400|404) /);
        expect(answered, path).not.toMatch(/^x-own/im);
      }
  });

  it('that is too long is refused', async () => {
    const answered = await raw(head(`${metric}&where.brand=${'x'.repeat(100_000)}`));
    expect(answered).toMatch(/^HTTP\/1\.1 (414|431) /);
  });

  it('with a token is refused', async () => {
    const answer = await ask(`${metric}&access_token=${fixture.tokenOf('south')}`);
    expect(await refusal(answer)).toEqual({ status: 400, code: 'TOKEN_MISPLACED', field: 'access_token' });
    expect(JSON.stringify(fixture.logged)).not.toContain(fixture.tokenOf('south'));
  });
});

describe('headers', () => {
  it('let no other page read: there is no cross-origin access', async () => {
    const answer = await ask(metric, { headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(200);
    const preflight = await raw(
      head(
        metric,
        'OPTIONS',
        'Origin: https://evil.example',
        'Access-Control-Request-Method: GET',
        'Connection: close',
      ),
    );
    expect(preflight).toMatch(/^HTTP\/1\.1 405 /);
    for (const text of [[...answer.headers].join('\n'), preflight])
      expect(text).not.toMatch(/access-control-allow/i);
    await answer.text();
  });

  it('do not make an answer smaller or larger by what a filter guesses: nothing is compressed', async () => {
    for (const encoding of ['gzip, br, zstd', 'identity', '*']) {
      const answer = await ask(metric, { headers: { 'accept-encoding': encoding } });
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, null]);
      await answer.text();
    }
  });

  it('of conditions are looked at after the token, and of this tenant', async () => {
    const tag = (await ask(metric)).headers.get('etag') ?? '';
    expect((await ask(metric, { headers: { 'if-none-match': tag } })).status).toBe(304);
    const other = await ask(metric, {
      headers: { authorization: `Bearer ${fixture.tokenOf('south')}`, 'if-none-match': tag },
    });
    expect(other.status).toBe(200);
    const nobody = await ask(metric, { headers: { authorization: 'Bearer x', 'if-none-match': tag } });
    expect(nobody.status).toBe(401);
    // A date says nothing about an answer here.
    const dated = await ask(metric, { headers: { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' } });
    expect(dated.status).toBe(200);
  });

  it('with two tokens are those of nobody', async () => {
    const two = head(metric, 'GET', `Authorization: Bearer ${fixture.tokenOf('south')}`, 'Connection: close');
    const answered = await raw(two);
    // Node keeps the first of two such headers, which is the one of the tenant that is answered.
    expect(answered).toMatch(/^HTTP\/1\.1 (200|400|401) /);
    if (answered.startsWith('HTTP/1.1 200')) expect(fixture.logged.at(-1)?.tenant).toBe('north');
  });
});
