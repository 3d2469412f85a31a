import { join } from 'node:path';
import { tokenDigest } from '@headwater/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody } from '../src/refusal.ts';
import { madeEvents } from '../testing/made-events.ts';
import { loadMade } from '../testing/made-lake.ts';
import { expires, type Fixture, makeService, temporaryFolder } from './service-fixture.ts';

const range = 'from=2024-02-28&to=2024-03-01';
let lake: string;
let remove: () => Promise<void>;
let fixture: Fixture;
let clock = Date.parse('2024-06-01T00:00:00Z');
beforeAll(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  lake = join(made.folder, 'lake');
  const of = (merchant: string, seed: number) =>
    madeEvents({ merchant, seed, count: 300, start: '2024-02-28', days: 3 });
  await loadMade(lake, made.folder, [...of('north', 1), ...of('south', 2)]);
  fixture = makeService({ lake, strangers: ['nobody'], now: () => clock });
});
afterAll(async () => {
  await fixture.service.close(1);
  await remove();
});

const refused = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const body = (await answer.json()) as ErrorBody;
  expect(body).toEqual({
    code: expect.stringMatching(/^[A-Z_]+$/),
    message: expect.stringMatching(/\S/),
    ...('field' in body ? { field: expect.stringMatching(/\S/) } : {}),
  });
  return { status: answer.status, code: body.code, field: body.field };
};

describe('who may not ask', () => {
  const ask = (authorization: string | undefined, path = `/v1/metrics/revenue?${range}`) =>
    fixture.service.app.request(path, authorization === undefined ? {} : { headers: { authorization } });

  it('has no token', async () => {
    const answer = await ask(undefined);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refused(answer)).toMatchObject({ status: 401, code: 'TOKEN_MISSING' });
  });

  it.each([
    ['another scheme', () => `Basic ${fixture.tokenOf('north')}`],
    ['a token that is not known', () => `Bearer kpi_${'A'.repeat(43)}`],
    ['the hash of a token', () => `Bearer ${tokenDigest(fixture.tokenOf('north'))}`],
    ['two tokens', () => `Bearer ${fixture.tokenOf('north')}, Bearer ${fixture.tokenOf('south')}`],
    ['a part of a token', () => `Bearer ${fixture.tokenOf('north').slice(0, -1)}`],
    ['the name of a member of every object', () => 'Bearer __proto__'],
    ['nothing', () => 'Bearer '],
  ])('has %s', async (_, authorization) => {
    expect(await refused(await ask(authorization()))).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
  });

  it('has a token in the address', async () => {
    const token = fixture.tokenOf('north');
    expect(await refused(await ask(undefined, `/v1/metrics/revenue?${range}&access_token=${token}`))).toEqual(
      { status: 400, code: 'TOKEN_MISPLACED', field: 'access_token' },
    );
    // Also beside a good one: whoever sends it there should hear of it.
    for (const path of ['/v1/metrics?Token=x', `/v1/values/brand?${range}&api_key=x`])
      expect(await refused(await fixture.get('north', path))).toMatchObject({ code: 'TOKEN_MISPLACED' });
    expect(await refused(await fixture.get('north', '/v1/metrics?page=2'))).toMatchObject({ field: 'page' });
  });

  it('has a token of a tenant without access', async () => {
    const answer = await ask(`Bearer ${fixture.tokenOf('nobody')}`);
    expect(await refused(answer)).toMatchObject({ status: 403, code: 'TENANT_UNKNOWN' });
  });

  it('has a token that has expired, for every route with data', async () => {
    const before = clock;
    const known = await fixture.get('north', `/v1/metrics/revenue?${range}`);
    expect(known.status).toBe(200);
    clock = Date.parse(expires);
    try {
      for (const path of [
        `/v1/metrics/revenue?${range}`,
        `/v1/values/brand?${range}`,
        '/v1/metrics',
        '/v1/metrics/nothing',
      ]) {
        const etag = known.headers.get('etag') ?? '';
        const answer = await fixture.get('north', path, { 'if-none-match': etag });
        expect(await refused(answer)).toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
      }
    } finally {
      clock = before;
    }
  });
});

describe('what cannot be asked', () => {
  it.each([
    ['another merchant by a filter', `where.merchant=south`, 'where.merchant'],
    ['another merchant by a parameter', `merchant=south`, 'merchant'],
    ['a filter in another form', `where[merchant]=south`, 'where[merchant]'],
    ['a filter as JSON', `where={"merchant":"south"}`, 'where'],
    ['a merchant as the break-down', 'by=merchant', 'by'],
    ['shoppers as the break-down', 'by=shopper', 'by'],
    ['a filter by shopper', 'where.shopper=s1', 'where.shopper'],
    ['a member of every object', '__proto__=1', '__proto__'],
    ['a column that is a member of every object', 'where.__proto__=1', 'where.__proto__'],
    ['SQL as the break-down', `by=${encodeURIComponent("brand'; drop table events; --")}`, 'by'],
    ['a value that an enum lacks', `where.country=${encodeURIComponent("DE' or '1'='1")}`, 'where.country'],
    ['no number where one is asked for', 'where.product_id=1e3', 'where.product_id'],
    ['a number that is too large', 'where.product_id=9223372036854775808', 'where.product_id'],
    ['a long text', `where.brand=${'x'.repeat(201)}`, 'where.brand'],
    ['many values', Array.from({ length: 101 }, (_, at) => `where.brand=b${at}`).join('&'), 'where.brand'],
    ['a grain that is none', 'grain=century', 'grain'],
    ['two grains', 'grain=day&grain=week', 'grain'],
    ['a zone that is none', 'zone=Mars/Olympus', 'zone'],
  ])('%s', async (_, query, field) => {
    const answer = await fixture.get('north', `/v1/metrics/revenue?${range}&${query}`);
    expect(await refused(answer)).toEqual({ status: 400, code: 'PARAMETER_INVALID', field });
  });

  it.each([
    ['from=2024-02-30&to=2024-03-01', 'from'],
    ['from=2024-03-01', 'to'],
    ['from=2024-03-02&to=2024-03-01', 'to'],
    ['from=0001-01-01&to=9999-12-31', 'to'],
    ['from=2024-03-01&from=2024-03-01&to=2024-03-01', 'from'],
  ])('the range %s', async (query, field) => {
    for (const path of ['/v1/metrics/revenue', '/v1/values/brand'])
      expect(await refused(await fixture.get('north', `${path}?${query}`))).toEqual({
        status: 400,
        code: 'PARAMETER_INVALID',
        field,
      });
  });

  it('steps that are no actions of the table', async () => {
    const answer = await fixture.get('north', `/v1/metrics/funnel?${range}&steps=view,teleport`);
    expect(await refused(answer)).toEqual({ status: 400, code: 'PARAMETER_INVALID', field: 'steps' });
  });

  it.each([
    ['/v1/metrics/frequent-visitors', 404, 'METRIC_UNKNOWN'],
    ['/v1/metrics/constructor', 404, 'METRIC_UNKNOWN'],
    ['/v1/metrics/..%2f..%2fetc', 404, 'METRIC_UNKNOWN'],
    ['/v1/values/merchant', 404, 'COLUMN_UNKNOWN'],
    ['/v1/values/shopper', 404, 'COLUMN_UNKNOWN'],
    ['/v1/values/visit', 404, 'COLUMN_UNKNOWN'],
    ['/v1/values/price', 404, 'COLUMN_UNKNOWN'],
    ['/v1/everything', 404, 'NOT_FOUND'],
  ])('%s', async (path, status, code) => {
    expect(await refused(await fixture.get('north', `${path}?${range}`))).toMatchObject({ status, code });
  });

  it('is read only, in the forms that there are', async () => {
    const { service, get, tokenOf } = fixture;
    const headers = { authorization: `Bearer ${tokenOf('north')}` };
    const posted = await service.app.request(`/v1/metrics/revenue?${range}`, { method: 'POST', headers });
    expect(posted.headers.get('allow')).toBe('GET, HEAD');
    expect(await refused(posted)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    const html = await get('north', `/v1/metrics/revenue?${range}`, { accept: 'text/html' });
    expect(await refused(html)).toEqual({ status: 406, code: 'NOT_ACCEPTABLE', field: 'Accept' });
  });
});

it('a value is compared as it is, whatever it looks like', async () => {
  for (const brand of ["' or 1=1 --", '%', '_%', '"; select 1', '\\', "acme\u0000'"]) {
    const answer = await fixture.get(
      'north',
      `/v1/metrics/revenue?${range}&where.brand=${encodeURIComponent(brand)}`,
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ rows: [] });
  }
});

it('the log says what was refused, without what was sent', async () => {
  const { logged, tokenOf } = fixture;
  const text = JSON.stringify(logged);
  expect(logged.some(({ code, status }) => code === 'TOKEN_EXPIRED' && status === 401)).toBe(true);
  expect(logged.some(({ route }) => route === '/v1/metrics/revenue')).toBe(true);
  expect(text).toContain('token-of-north');
  for (const sent of [
    tokenOf('north'),
    tokenDigest(tokenOf('north')),
    'kpi_',
    'drop table',
    'teleport',
    'etc',
  ])
    expect(text).not.toContain(sent);
});
