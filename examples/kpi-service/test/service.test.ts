import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newToken, tokenDigest } from '@headwater/access';
import { metrics } from '@headwater/queries';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { tableFromIPC } from 'apache-arrow';
import type { LambdaEvent } from 'hono/aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessFromFile, accessFromText } from '../src/access/access-source.ts';
import { KpiError, kpiClient } from '../src/client/kpi-client.ts';
import { kpis } from '../src/kpis.ts';
import { lambdaHandler } from '../src/lambda-handler.ts';
import { breakdownColumns } from '../src/question/metric-parameters.ts';
import { type OpenColumn, openColumns } from '../src/question/open-columns.ts';
import { serveService } from '../src/serve-service.ts';
import { madeEvents } from '../testing/made-events.ts';
import { loadMade } from '../testing/made-lake.ts';
import { expires, type Fixture, makeService, temporaryFolder } from './service-fixture.ts';

const days = { from: '2024-02-28', to: '2024-03-01' } as const;
const range = `from=${days.from}&to=${days.to}`;
const made = (merchant: string, seed: number, count = 400) =>
  madeEvents({ merchant, seed, count, start: '2024-02-28', days: 3 });
let folder: string;
let lake: string;
let remove: () => Promise<void>;
let fixture: Fixture;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  lake = join(folder, 'lake');
  await loadMade(lake, folder, [...made('north', 1), ...made('south', 2)]);
  fixture = makeService({ lake });
});
afterAll(async () => {
  await fixture.service.close(1);
  await remove();
});

/** A member of the description. */
interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: object }>> }>>;
}
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
}
const description = async (): Promise<Description> =>
  (await fixture.service.app.request('/openapi.json')).json() as Promise<Description>;

describe('what is served', () => {
  it('are the metrics that ship, but those whose rows are single shoppers', () => {
    const shown = Object.values(metrics).filter((one) => one?.namesActors === false);
    expect(kpis.map(({ name }) => name).sort()).toEqual(shown.map((one) => one?.name).sort());
  });

  it('has the columns that the compiler takes for open', () => {
    const open: Record<OpenColumn, true> = {
      event_type: true,
      product_id: true,
      category: true,
      brand: true,
      country: true,
    };
    expect(openColumns.map(({ name }) => name)).toEqual(Object.keys(open));
  });

  it('lists its metrics with their definitions', async () => {
    const answer = await fixture.get('north', '/v1/metrics');
    const body = (await answer.json()) as { metrics: { name: string; href: string; definition: string }[] };
    expect(body.metrics.map(({ name }) => name)).toEqual(kpis.map(({ name }) => name));
    for (const { href } of body.metrics)
      expect((await fixture.get('north', `${href}?${range}`)).status).toBe(200);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1, as another reader finds', async () => {
    const text = await description();
    expect(text.openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone({ ...text }))).toEqual({ valid: true });
  });

  it('has the parameters of each metric, with their words', async () => {
    const { paths } = await description();
    const revenue = paths['/v1/metrics/revenue']?.get;
    expect(revenue?.parameters.map(({ name }) => name)).toEqual([
      ...['from', 'to', 'grain', 'by', 'zone'],
      ...openColumns.map(({ name }) => `where.${name}`),
    ]);
    expect(JSON.stringify(revenue?.parameters)).toContain('First day, YYYY-MM-DD');
    expect(JSON.stringify(revenue?.parameters)).not.toContain('merchant');
    expect(paths['/v1/metrics/top-products']?.get.parameters.map(({ name }) => name)).toContain('limit');
  });

  it('describes the rows that come', async () => {
    const { paths } = await description();
    const ajv = addFormats.default(new Ajv2020({ strict: false }));
    let rows = 0;
    for (const metric of kpis) {
      const path = `/v1/metrics/${metric.name}`;
      const validate = ajv.compile(
        paths[path]?.get.responses['200']?.content?.['application/json']?.schema ?? false,
      );
      const breakdowns = ['none', ...metric.breakdowns, ...breakdownColumns(metric)];
      const questions = metric.breakdowns.length > 0 ? breakdowns.map((by) => `&by=${by}`) : [''];
      for (const question of questions) {
        const answer = (await (await fixture.get('north', `${path}?${range}${question}`)).json()) as {
          rows: unknown[];
        };
        expect(validate(answer), `${path}${question} ${JSON.stringify(validate.errors)}`).toBe(true);
        rows += answer.rows.length;
      }
    }
    expect(rows).toBeGreaterThan(300);
  });
});

describe('the forms of an answer', () => {
  it('say the same', async () => {
    const path = `/v1/metrics/top-brands?${range}&limit=1000`;
    const rows = ((await (await fixture.get('north', path)).json()) as { rows: { brand: string }[] }).rows;
    expect(rows.length).toBeGreaterThan(3);
    const lines = await (await fixture.get('north', path, { accept: 'application/x-ndjson' })).text();
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(rows);
    const arrow = await fixture.get('north', path, {
      accept: 'text/html;q=0.9, application/vnd.apache.arrow.stream',
    });
    const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
    expect(table.toArray().map((row) => row['brand'])).toEqual(rows.map(({ brand }) => brand));
  });

  it('are private, and are not sent again while the rows are the same', async () => {
    const fresh = makeService({ lake });
    const path = `/v1/metrics/revenue?${range}`;
    const answer = await fresh.get('north', path);
    const tag = answer.headers.get('etag') ?? '';
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    expect(answer.headers.get('vary')).toBe('Authorization, Accept');
    expect(tag).toMatch(/^"[\w-]+"$/);
    const again = await fresh.get('north', path, { 'if-none-match': `"other", W/${tag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    const lines = await fresh.get('north', path, { 'if-none-match': tag, accept: 'application/x-ndjson' });
    expect(lines.status).toBe(200);
    await lines.text();
    await fresh.service.close(1);
  });

  it('change with a commit', async () => {
    const own = join(folder, 'lake-of-commits');
    await loadMade(own, folder, made('north', 1));
    const fresh = makeService({ lake: own });
    const path = `/v1/metrics/revenue?${range}`;
    const before = await fresh.get('north', path);
    const body = await before.json();
    await loadMade(own, folder, made('north', 5));
    const after = await fresh.get('north', path, { 'if-none-match': before.headers.get('etag') ?? '' });
    expect(after.status).toBe(200);
    expect(await after.json()).not.toEqual(body);
    await fresh.service.close(1);
  });

  it('have a head without a body, for which nothing runs', async () => {
    const { service, tokenOf, logged } = fixture;
    const headers = { authorization: `Bearer ${tokenOf('north')}` };
    const answer = await service.app.request(`/v1/metrics/revenue?${range}`, { method: 'HEAD', headers });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('etag')).toMatch(/^"/);
    expect(logged.at(-1)).not.toHaveProperty('cached', true);
    expect(logged.at(-1)?.mostBytes).toBeUndefined();
  });
});

describe('limits', () => {
  it('bound the requests of a tenant, and not those of others', async () => {
    let clock = Date.parse('2024-06-01T00:00:00Z');
    const tenants = { north: { requestsPerSecond: 1, burst: 3 }, south: {} };
    const limited = makeService({ lake, tenants, now: () => clock });
    const statuses: number[] = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await limited.get('north', '/v1/metrics')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await limited.get('north', '/v1/metrics');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'RATE_EXCEEDED' });
    expect((await limited.get('south', '/v1/metrics')).status).toBe(200);
    clock += 1000;
    expect((await limited.get('north', '/v1/metrics')).status).toBe(200);
    await limited.service.close(1);
  });

  const path = `/v1/metrics/daily-visitors?${range}`;
  const other = `/v1/metrics/daily-visitors?${range}&grain=all`;
  /** What a question may read. */
  const bytesOf = async (): Promise<number> => {
    const fresh = makeService({ lake });
    await fresh.get('north', path);
    await fresh.service.close(1);
    return fresh.logged.at(-1)?.mostBytes ?? 0;
  };

  it('bound what the questions of a tenant read, before anything runs', async () => {
    let clock = Date.parse('2024-06-01T00:00:00Z');
    const bytes = await bytesOf();
    expect(bytes).toBeGreaterThan(1000);
    const tenants = { north: { scanBytesPerHour: bytes * 1.5 }, south: { scanBytesPerHour: bytes / 2 } };
    const limited = makeService({ lake, tenants, now: () => clock });
    expect((await limited.get('north', path)).status).toBe(200);
    expect(limited.logged.at(-1)).toMatchObject({ mostBytes: bytes, charged: bytes, cached: false });
    const refused = await limited.get('north', other);
    expect([refused.status, await refused.json()]).toEqual([
      429,
      { code: 'SCAN_BUDGET_SPENT', message: expect.any(String) },
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBe(3600);
    expect(limited.logged.at(-1)).not.toHaveProperty('charged', bytes);
    const large = await limited.get('south', path);
    expect([large.status, await large.json()]).toEqual([
      422,
      { code: 'QUESTION_TOO_LARGE', message: expect.any(String) },
    ]);
    clock += 3_600_000;
    expect((await limited.get('north', other)).status).toBe(200);
    await limited.service.close(1);
  });

  it('charge nothing for an answer that is prepared', async () => {
    const bytes = await bytesOf();
    const limited = makeService({ lake, tenants: { north: { scanBytesPerHour: bytes * 1.5 } } });
    for (let at = 0; at < 10; at += 1) expect((await limited.get('north', path)).status).toBe(200);
    expect(limited.logged.filter(({ cached }) => cached)).toHaveLength(9);
    expect(limited.logged.filter(({ charged }) => charged !== undefined)).toHaveLength(1);
    await limited.service.close(1);
  });

  it('bound the time of an answer', async () => {
    const slow = makeService({ lake, timeoutSeconds: 0.001 });
    const answer = await slow.get('north', `/v1/metrics/session-summary?${range}`);
    expect([answer.status, ((await answer.json()) as KpiError).code]).toEqual([504, 'TIMED_OUT']);
    await slow.service.close(1);
  });
});

describe('the list of who may ask', () => {
  it('is read again when it changes, and lets nobody in when it cannot be read', async () => {
    const file = join(folder, 'access.json');
    const token = newToken('kpi_');
    const list = (tokens: object[]) => JSON.stringify({ tenants: { north: {} }, tokens });
    await writeFile(file, list([{ name: 'a', tenant: 'north', sha256: tokenDigest(token), expires }]));
    let clock = 0;
    const access = accessFromFile(file, () => clock);
    const status = async () => (await access()).tokens.find(token, 0).status;
    expect(await status()).toBe('valid');
    await writeFile(file, list([]));
    clock += 1000;
    expect(await status()).toBe('unknown');
    await appendFile(file, 'broken');
    clock += 1000;
    await expect(access()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    // The list that was read before is not used: it may hold a token that has been revoked since.
    await expect(access()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await rm(file);
    clock += 1000;
    await expect(access()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['no expiry', { name: 'a', tenant: 'north', sha256: 'a'.repeat(64) }],
    [
      'an expiry that is no instant',
      { name: 'a', tenant: 'north', sha256: 'a'.repeat(64), expires: 'never' },
    ],
    ['a token in place of its hash', { name: 'a', tenant: 'north', sha256: newToken('kpi_'), expires }],
    ['a tenant that is a path', { name: 'a', tenant: '../north', sha256: 'a'.repeat(64), expires }],
  ])('takes no token with %s', (_, token) => {
    const text = JSON.stringify({ tenants: {}, tokens: [token] });
    expect(() => accessFromText(text, 'access')).toThrow(/access: tokens\.0\./);
    expect(() => accessFromText(text, 'access')).not.toThrow(/kpi_/);
  });
});

describe('on Node', () => {
  it('answers the typed client, and ends when its requests have', async () => {
    const own = makeService({ lake });
    const listening = await serveService(own.service, { host: '127.0.0.1', port: 0, shutdownSeconds: 10 });
    const url = `http://127.0.0.1:${listening.port}`;
    const client = kpiClient({ url, token: own.tokenOf('north') });
    const rows = await client.metric('daily-visitors', {
      ...days,
      by: 'country',
      where: { country: ['DE', 'AT'] },
    });
    expect(rows.map(({ country }) => country).sort()).toEqual(['AT', 'DE']);
    expect((await client.values('country', days)).values).toEqual(['AT', 'CH', 'DE', 'FR']);
    await expect(client.metric('revenue', { from: 'yesterday', to: 'today' })).rejects.toMatchObject({
      status: 400,
      code: 'PARAMETER_INVALID',
      field: 'from',
    });
    await expect(kpiClient({ url, token: 'x' }).metric('revenue', days)).rejects.toBeInstanceOf(KpiError);

    expect((await fetch(`${url}/ready`)).status).toBe(200);
    const running = client.metric('session-summary', days);
    // It has arrived: a connection by which nothing has come yet is idle, and is closed.
    await expect.poll(() => own.service.limits.turns.running, { interval: 1, timeout: 60_000 }).toBe(1);
    const stopped = listening.stop();
    expect((await running).length).toBeGreaterThan(0);
    await stopped;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    expect(own.logged.map(({ event }) => event)).not.toContain('requests cut off');
  });

  it('cuts off a request that does not end', async () => {
    const own = makeService({ lake });
    own.service.app.get('/forever', () => new Promise<Response>(() => undefined));
    const listening = await serveService(own.service, { host: '127.0.0.1', port: 0, shutdownSeconds: 0.2 });
    const running = fetch(`http://127.0.0.1:${listening.port}/forever`);
    running.catch(() => undefined);
    await wait(50);
    const began = performance.now();
    await listening.stop();
    expect(performance.now() - began).toBeLessThan(5000);
    await expect(running).rejects.toThrow();
  });

  it('is not ready without a lake, and when it ends', async () => {
    expect((await fixture.service.app.request('/health')).status).toBe(200);
    expect((await fixture.service.app.request('/ready')).status).toBe(200);
    const ending = makeService({ lake });
    ending.service.end();
    expect((await ending.service.app.request('/ready')).status).toBe(503);
    await ending.service.close(1);
    expect((await ending.service.app.request('/health')).status).toBe(200);
  });
});

describe('as a Lambda function', () => {
  const eventOf = (path: string, query: string, headers: Record<string, string>): LambdaEvent =>
    ({
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: query,
      headers: { host: 'example.lambda-url.eu-central-1.on.aws', ...headers },
      requestContext: {
        accountId: 'anonymous',
        apiId: 'example',
        domainName: 'example.lambda-url.eu-central-1.on.aws',
        domainPrefix: 'example',
        http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
        requestId: '4d5c0b0e-0000-4000-8000-000000000000',
        routeKey: '$default',
        stage: '$default',
        time: '28/Feb/2024:10:00:00 +0000',
        timeEpoch: 1_709_114_400_000,
        authentication: null,
        authorizer: null,
      },
      isBase64Encoded: false,
    }) as unknown as LambdaEvent;

  it('gives the answers that Node gives', async () => {
    const handler = lambdaHandler(fixture.service);
    const path = '/v1/metrics/top-brands';
    const ask = (headers: Record<string, string>) =>
      handler(eventOf(path, range, { authorization: `Bearer ${fixture.tokenOf('north')}`, ...headers }));
    const expected = await (await fixture.get('north', `${path}?${range}`)).text();
    const json = await ask({});
    expect(json).toMatchObject({ statusCode: 200, isBase64Encoded: false, body: expected });
    const arrow = await ask({ accept: 'application/vnd.apache.arrow.stream' });
    expect(arrow.isBase64Encoded).toBe(true);
    expect(tableFromIPC(Buffer.from(arrow.body, 'base64')).numRows).toBe(JSON.parse(expected).rows.length);
    const refused = await handler(eventOf(path, range, {}));
    expect(refused.statusCode).toBe(401);
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'TOKEN_MISSING' });
  });
});
