// A tenant gets what it would get from a lake that holds its rows alone, whatever it asks and whatever others asked before.
import { join } from 'node:path';
import { closeLake, createLake, runMetric } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PreparedAnswers } from '../src/answer/prepared-answers.ts';
import { kpis } from '../src/kpis.ts';
import { events } from '../src/marketplace.ts';
import { breakdownColumns } from '../src/question/metric-parameters.ts';
import { openColumns } from '../src/question/open-columns.ts';
import { madeEvents } from '../testing/made-events.ts';
import { loadMade } from '../testing/made-lake.ts';
import { type Fixture, makeService, temporaryFolder } from './service-fixture.ts';

const tenants = ['north', 'south'] as const;
type TenantName = (typeof tenants)[number];
const first = '2024-02-28';
const last = '2024-03-02';
const rowsOf = (merchant: TenantName) =>
  [...madeEvents({ merchant, seed: merchant === 'north' ? 1 : 2, count: 500, start: first, days: 4 })].map(
    (row) =>
      // A product, a brand and a category that the other never has.
      row.product_id % 5n === 0n
        ? {
            ...row,
            brand: `only-${merchant}`,
            category: `only.${merchant}`,
            product_id: merchant === 'north' ? 1n : 2n,
          }
        : row,
  );

/** Prepared answers that note who looked for what, and how often something was found. */
class NotedAnswers extends PreparedAnswers {
  readonly asked = new Map<string, Set<string>>();
  hits = 0;

  override get(tenant: string, question: string, key: string) {
    this.asked.set(tenant, (this.asked.get(tenant) ?? new Set()).add(key));
    const found = super.get(tenant, question, key);
    if (found) this.hits += 1;
    return found;
  }
}
const answers = new NotedAnswers(10e6);

let shared: Fixture;
let alone: Record<TenantName, Fixture>;
let remove: () => Promise<void>;
let folder: string;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  const lakeOf = (name: string) => join(folder, `lake-${name}`);
  await loadMade(lakeOf('shared'), folder, tenants.flatMap(rowsOf));
  for (const name of tenants) await loadMade(lakeOf(name), folder, rowsOf(name));
  shared = makeService({ lake: lakeOf('shared'), answers });
  alone = {
    north: makeService({ lake: lakeOf('north') }),
    south: makeService({ lake: lakeOf('south') }),
  };
});
afterAll(async () => {
  for (const one of [shared, ...Object.values(alone)]) await one.service.close(1);
  await remove();
});

const day = fc.constantFrom('2024-02-27', first, '2024-02-29', '2024-03-01', last, '2024-03-03');
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  event_type: ['view', 'cart', 'purchase'],
  product_id: ['1', '2', '44600062'],
  category: ['', 'only.north', 'only.south', 'electronics.smartphone'],
  brand: ['', 'only-north', 'only-south', 'samsung', 'apple'],
  country: ['AT', 'CH', 'DE', 'FR'],
};
const filters = fc.dictionary(
  fc.constantFrom(...openColumns.map(({ name }) => name)),
  fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
  { maxKeys: 2 },
);
/** A question, as the query of an address. */
const question = fc
  .record({
    metric: fc.constantFrom(...kpis),
    days: fc.tuple(day, day).map((both) => both.toSorted()),
    by: fc.nat(),
    grain: fc.option(fc.constantFrom('hour', 'day', 'week', 'all'), { nil: undefined }),
    zone: fc.option(fc.constantFrom('Europe/Berlin', 'America/New_York'), { nil: undefined }),
    where: filters,
  })
  .map(({ metric, days: [from = '', to = ''], by, grain, zone, where }) => {
    const query = new URLSearchParams({ from, to });
    const breakdowns = ['none', ...metric.breakdowns, ...breakdownColumns(metric)];
    if (metric.breakdowns.length > 0) query.set('by', breakdowns[by % breakdowns.length] ?? 'none');
    const grained = metric.parameters.safeParse({ from, to, grain }).success;
    if (grain !== undefined && grained) query.set('grain', grain);
    if (zone !== undefined) query.set('zone', zone);
    for (const [column, picks] of Object.entries(where)) {
      const values = valuesOf[column] ?? [];
      for (const pick of picks) query.append(`where.${column}`, values[pick % values.length] ?? '');
    }
    return `/v1/metrics/${metric.name}?${query}`;
  });
const dropDown = fc
  .record({
    column: fc.constantFrom(...openColumns),
    days: fc.tuple(day, day),
    limit: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ column, days, limit }) => {
    const [from = '', to = ''] = days.toSorted();
    return `/v1/values/${column.name}?${new URLSearchParams({ from, to, limit: String(limit) })}`;
  });
const forms = ['application/json', 'application/x-ndjson', 'application/vnd.apache.arrow.stream'] as const;

/** What an answer says, in one form for all. */
async function said(answer: Response, form: (typeof forms)[number]): Promise<unknown> {
  expect(answer.status, answer.url).toBe(200);
  expect(answer.headers.get('content-type')).toBe(form);
  if (form === 'application/json') return answer.json();
  if (form === 'application/x-ndjson') return (await answer.text()).trim().split('\n');
  const table = tableFromIPC(new Uint8Array(await answer.arrayBuffer()));
  return { names: table.schema.fields.map(String), rows: table.toArray().map(String) };
}

const runs = Number(process.env['HEADWATER_TENANT_QUESTIONS'] ?? 20);

it('each question has the answer of a lake with the rows of its tenant alone', async () => {
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ arbitrary: question, weight: 4 }, { arbitrary: dropDown, weight: 1 }),
      fc.constantFrom(...forms),
      fc.constantFrom(...tenants),
      async (path, form, tenant) => {
        const accept = path.startsWith('/v1/values') ? forms[0] : form;
        const other = tenant === 'north' ? 'south' : 'north';
        // The other asks first, and so the cache has its answer; then each asks twice.
        const tags = new Set<string | null>();
        for (const name of [other, tenant, other, tenant] as const) {
          const answer = await shared.get(name, path, { accept });
          tags.add(answer.headers.get('etag'));
          const expected = await alone[name].get(name, path, { accept });
          const text = await said(answer, accept);
          expect(text).toEqual(await said(expected, accept));
          expect(JSON.stringify(text)).not.toContain(`only-${name === 'north' ? 'south' : 'north'}`);
          rows += JSON.stringify(text).length > 20 ? 1 : 0;
        }
        // One of each tenant: neither can ask whether the other's answer is still the same.
        expect(tags.size).toBe(2);
      },
    ),
    { numRuns: runs },
  );
  // Otherwise the property would say nothing.
  expect(rows).toBeGreaterThan(runs);
  expect(answers.hits).toBeGreaterThan(runs);
  const [ofNorth, ofSouth] = tenants.map((name) => answers.asked.get(name) ?? new Set());
  expect(ofNorth?.size).toBeGreaterThan(runs / 4);
  // The merchant is in the statement, and so in its key: the two would not meet even in one cache.
  expect([...(ofNorth ?? [])].filter((key) => ofSouth?.has(key))).toEqual([]);
});

it('the drop-downs have the values of the tenant, in pages', async () => {
  const range = `from=${first}&to=2024-03-02`;
  for (const tenant of tenants) {
    const expected = [...new Set(rowsOf(tenant).flatMap(({ brand }) => brand ?? []))].sort();
    const found: string[] = [];
    let after = '';
    for (let isMore = true; isMore; ) {
      const answer = await shared.get(tenant, `/v1/values/brand?${range}&limit=7${after}`);
      const page = (await answer.json()) as { values: string[]; truncated: boolean };
      found.push(...page.values);
      after = `&after=${encodeURIComponent(page.values.at(-1) ?? '')}`;
      isMore = page.truncated;
    }
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(7);
  }
});

it('an entity tag of another tenant is not known', async () => {
  const path = `/v1/metrics/revenue?from=${first}&to=${last}`;
  const tag = (await shared.get('north', path)).headers.get('etag') ?? '';
  expect((await shared.get('north', path, { 'if-none-match': tag })).status).toBe(304);
  expect((await shared.get('south', path, { 'if-none-match': tag })).status).toBe(200);
});

it('without the filter the answers would differ', async () => {
  const lake = createLake({ tables: [events], engine: duckdbEngine({ lake: join(folder, 'lake-shared') }) });
  const [metric] = kpis;
  const all = await runMetric(lake.events, metric, { from: first, to: last, grain: 'all' });
  await closeLake(lake);
  const answer = await shared.get('north', `/v1/metrics/${metric.name}?from=${first}&to=${last}&grain=all`);
  expect(((await answer.json()) as { rows: unknown[] }).rows).not.toEqual(all);
});

it('no surface has a word of another tenant', async () => {
  const range = `from=${first}&to=${last}`;
  const mine = (name: TenantName) => new RegExp(`only[.-]${name}`);
  const metric = `/v1/metrics/revenue?${range}&by=brand`;
  /** Each way by which something comes out of the service: whether it has words of the tenant's own rows, and how it is asked. */
  const surfaces: Readonly<Record<string, readonly [hasOwn: boolean, path: string, headers?: object]>> = {
    json: [true, metric],
    lines: [true, metric, { accept: forms[1] }],
    arrow: [true, metric, { accept: forms[2] }],
    'drop-down': [true, `/v1/values/brand?${range}&limit=1000`],
    'drop-down after': [true, `/v1/values/category?${range}&limit=1000&after=a`],
    ranking: [true, `/v1/metrics/top-categories?${range}&limit=1000`],
    list: [false, '/v1/metrics'],
    description: [false, '/openapi.json'],
    'wrong parameter': [false, `${metric}&grain=century`],
    'wrong filter': [false, `${metric}&where.merchant=x`],
    'wrong column': [false, `/v1/values/merchant?${range}`],
    'wrong metric': [false, `/v1/metrics/x?${range}`],
    'wrong form': [false, metric, { accept: 'text/html' }],
    ready: [false, '/ready'],
  };
  for (const tenant of tenants) {
    const other = tenant === 'north' ? 'south' : 'north';
    // The other asks first, so that whatever is kept is the other's.
    for (const [name, [hasOwn, path, headers]] of Object.entries(surfaces))
      for (const asking of [other, tenant] as const) {
        const answer = await shared.get(asking, path, { ...headers });
        const said = [...answer.headers].join() + (await answer.text());
        if (hasOwn) expect(said, `${name} of ${asking}`).toMatch(mine(asking));
        expect(said, `${name} of ${asking}`).not.toMatch(mine(asking === 'north' ? 'south' : 'north'));
      }
  }
  // Nor has the log a word of any tenant's rows.
  expect(shared.logged.length).toBeGreaterThan(2 * Object.keys(surfaces).length);
  expect(JSON.stringify(shared.logged)).not.toMatch(/only[.-]/);
});

it('a head says what the answer would, to each tenant its own', async () => {
  const path = `/v1/metrics/revenue?${`from=${first}&to=${last}`}&grain=week`;
  const tags: string[] = [];
  for (const tenant of tenants) {
    const headers = { authorization: `Bearer ${shared.tokenOf(tenant)}` };
    const head = await shared.service.app.request(path, { method: 'HEAD', headers });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const get = await shared.get(tenant, path);
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
    tags.push(head.headers.get('etag') ?? '');
    await get.text();
  }
  expect(new Set(tags).size).toBe(2);
  const [north = '', south = ''] = tags;
  for (const [tenant, tag, status] of [
    ['north', north, 304],
    ['north', south, 200],
    ['south', north, 200],
    ['south', `${north}, ${south}`, 304],
  ] as const) {
    const answer = await shared.get(tenant, path, { 'if-none-match': tag });
    expect([tenant, answer.status, answer.headers.get('etag')]).toEqual([
      tenant,
      status,
      tenant === 'north' ? north : south,
    ]);
    await answer.text();
  }
});
