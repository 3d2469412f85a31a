import { once } from 'node:events';
import { get } from 'node:http';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoardInfo, FilterValues } from '../../src/api/api.ts';
import { figureTiles } from '../../src/ask/tiles.ts';
import { hourName, weekdayName } from '../../src/chart/period-words.ts';
import {
  comparedRange,
  type DayRange,
  type RunningDashboard,
  serveDashboard,
  totalOf,
} from '../../src/index.ts';
import { clickstream } from '../support/clickstream.ts';
import { dashboardClient, send } from '../support/dashboard-client.ts';
import { sharedLake } from '../support/shared-lake.ts';
import { type ShopLake, shopDays } from '../support/shop-lake.ts';

const range: DayRange = { from: '2024-03-11', to: '2024-03-17' };
const before = comparedRange(range, 'period');
const state = `from=${range.from}&to=${range.to}&grain=day&compare=period&tile=revenue`;
const token = 'a-token-that-is-long-enough-for-all-of-it';
const faults: unknown[] = [];
let shop: ShopLake;
let server: RunningDashboard;
let guarded: RunningDashboard;

beforeAll(async () => {
  shop = sharedLake();
  const config = {
    lake: shop.lake,
    schema: clickstream.schema,
    days: async () => shopDays,
    source: 'DuckDB on this computer',
    port: 0,
    onError: (error: unknown) => faults.push(error),
  };
  server = await serveDashboard({ ...config, live: { subscribe: () => () => {} } });
  guarded = await serveDashboard({ ...config, token });
});
afterAll(async () => {
  await server?.close();
  await guarded?.close();
});

const answerOf = async (tile: string, query = state) => {
  const { status, answer } = await dashboardClient(server.url).ask(tile, query);
  expect(status, JSON.stringify(answer.error)).toBe(200);
  return answer;
};

test('the page is told what it can ask for', async () => {
  const board: BoardInfo = JSON.parse((await send(`${server.url}api/state`)).text);
  expect(board).toMatchObject({
    table: 'clickstream',
    days: shopDays,
    zone: 'UTC',
    unit: 'USD',
    usual: { range, grain: 'day', comparison: 'period', tile: 'visitors', filters: {} },
    isLive: true,
  });
  expect(board.figures.map(({ id }) => id)).toEqual(figureTiles.map(({ id }) => id));
  expect(board.filters.map(({ column }) => column)).toEqual(['category_code', 'brand', 'product_id']);
  // No personal data is a filter, and no place of the lake is told.
  expect(JSON.stringify(board)).not.toMatch(/user_id|user_session|\/tmp|lake'/);
});

describe('each number is that of the query', () => {
  test.for(figureTiles)('the figure $id', async ({ id, metric, measure }) => {
    const days = await shop.ask(metric, range, { grain: 'day' });
    const answer = await answerOf(id);
    if (answer.kind !== 'figure') throw new Error(answer.kind);
    expect(answer.value).toBe(totalOf(metric, days.rows, measure, days.columns).value);
    expect(answer.svg).toMatch(/^<svg/);
    expect(answer.definition.sql).toMatch(/select/i);
    expect(answer.definition.milliseconds).toBeGreaterThan(0);
  });

  test('the course of the chosen figure, and where its points are', async () => {
    const [now, earlier] = [
      await shop.ask('revenue', range, { grain: 'day' }),
      await shop.ask('revenue', before, { grain: 'day' }),
    ];
    const answer = await answerOf('course');
    if (answer.kind !== 'chart') throw new Error(answer.kind);
    expect(answer.title).toBe('Revenue by day, USD');
    const at = (name: string) => answer.table.columns.findIndex((column) => column.name === name);
    const values = (name: string) => answer.table.rows.map((row) => row[at(name)]?.value);
    expect(values('period')).toEqual(now.rows.map(({ period }) => period));
    expect(values('revenue')).toEqual(now.rows.map(({ revenue }) => revenue));
    expect(values('revenue_before')).toEqual(earlier.rows.map(({ revenue }) => revenue));
    expect(values('revenue_change')).toEqual(
      now.rows.map(({ revenue }, index) => Number(revenue) / Number(earlier.rows[index]?.['revenue']) - 1),
    );
    expect(answer.points.map(({ text }) => text)).toEqual(
      answer.table.rows.map(
        (row) =>
          `${row[0]?.text}: ${row[at('revenue')]?.text}; before ${row[at('revenue_before')]?.text}, ${row[at('revenue_change')]?.text}`,
      ),
    );
    // The places are those of the drawing: from left to right, and the higher figure is further up.
    const xs = answer.points.map(({ x }) => x);
    expect(xs).toEqual(xs.toSorted((one, other) => one - other));
    expect(new Set(xs).size).toBe(7);
    const byFigure = answer.points.toSorted(
      (one, other) => Number(now.rows[one.column]?.['revenue']) - Number(now.rows[other.column]?.['revenue']),
    );
    const ys = byFigure.map(({ y }) => y ?? 0);
    expect(ys).toEqual(ys.toSorted((one, other) => other - one));
    const moves = (text: string) =>
      [...text.matchAll(/translate\(([-\d.]+),([-\d.]+)\)/g)].map(
        ([, x, y]) => [Number(x), Number(y)] as const,
      );
    const [[left, top] = [0, 0]] = moves(answer.svg);
    const drawn = moves(/points0_marks"[^>]*>(.*?)<\/g>/.exec(answer.svg)?.[1] ?? '');
    expect(drawn).toHaveLength(7);
    drawn.forEach(([x, y], index) => {
      expect(answer.points[index]?.x).toBeCloseTo(left + x, 2);
      expect(answer.points[index]?.y).toBeCloseTo(top + y, 2);
    });
  });

  test('a ranking, with what its values were also where they ranked low', async () => {
    const [now, earlier] = [
      await shop.ask('top-brands', range, { limit: '50' }),
      await shop.ask('top-brands', before, { limit: '1000' }),
    ];
    const answer = await answerOf('brands');
    if (answer.kind !== 'ranking') throw new Error(answer.kind);
    expect(answer.column).toBe('brand');
    expect(answer.table.columns.map(({ name }) => name)).toEqual([
      'brand',
      'revenue',
      'revenue_before',
      'revenue_change',
    ]);
    const was = new Map(earlier.rows.map(({ brand, revenue }) => [brand, revenue]));
    expect(answer.table.rows.map((row) => row.slice(0, 3).map(({ value }) => value))).toEqual(
      now.rows.map(({ brand, revenue }) => [brand, revenue, was.get(brand) ?? null]),
    );
  });

  test('a filter is part of every question', async () => {
    const [first] = (await shop.ask('top-brands', range)).rows;
    const brand = String(first?.['brand']);
    const filtered = `${state}&where.brand=${encodeURIComponent(brand)}&where.brand=~`;
    const where = { brand: [brand, null] };
    const days = await shop.ask('revenue', range, { grain: 'day', where } as never);
    const answer = await answerOf('revenue', filtered);
    if (answer.kind !== 'figure') throw new Error(answer.kind);
    const { value } = totalOf('revenue', days.rows, 'revenue', days.columns);
    expect(answer.value).toBe(value);
    const whole = await answerOf('revenue');
    expect(whole.kind === 'figure' && whole.value).toBeGreaterThan(Number(value));
    const brands = await answerOf('brands', filtered);
    expect(brands.kind === 'ranking' && brands.table.rows[0]?.[0]?.value).toBe(brand);
    // The ranking of the filtered column has the others to choose from; another one is filtered.
    const unfiltered = await answerOf('brands');
    if (brands.kind !== 'ranking' || unfiltered.kind !== 'ranking') throw new Error('no rankings');
    expect(brands.table).toEqual(unfiltered.table);
    const items = await shop.ask('top-products', range, { limit: '50', where } as never);
    const filteredItems = await answerOf('items', filtered);
    expect(filteredItems.kind === 'ranking' && filteredItems.table.rows.map((row) => row[1]?.value)).toEqual(
      items.rows.map(({ revenue: sold }) => sold),
    );
  });

  test('the funnel, the hours and the headline', async () => {
    const [funnel, hours, headline] = [
      await answerOf('funnel'),
      await answerOf('hours'),
      await answerOf('headline'),
    ];
    const [asked] = (await shop.ask('conversion-funnel', range, { grain: 'all' })).rows;
    if (funnel.kind !== 'chart' || hours.kind !== 'chart') throw new Error('no charts');
    expect(funnel.points).toHaveLength(4);
    expect(funnel.table.rows[0]?.[1]?.value).toBe(asked?.['sessions']);
    const cells = (await shop.ask('peak-hours', range, { by: 'weekday' })).rows;
    expect(hours.points).toHaveLength(cells.length);
    // A cell says what the same weekday and hour were before.
    const earlier = (await shop.ask('peak-hours', before, { by: 'weekday' })).rows;
    const said = cells.map(({ weekday, hour, events }) => {
      const was = earlier.find((row) => row['weekday'] === weekday && row['hour'] === hour)?.['events'];
      return `${weekdayName(Number(weekday))}, ${hourName(Number(hour))}: ${events}; ${was === undefined ? 'no figure before' : `before ${was}`}`;
    });
    expect(hours.points.map(({ text }) => text.replace(/, [+−]?[\d,.]+%$/, ''))).toEqual(said);
    expect(headline).toMatchObject({ kind: 'headline', title: expect.stringMatching(/^Revenue/) });
  });
});

describe('values of a filter are looked for in the lake', () => {
  const valuesOf = async (query: string): Promise<FilterValues> => {
    const { status, text } = await send(`${server.url}api/values?${query}&${state}`);
    expect(status, text).toBe(200);
    return JSON.parse(text);
  };
  type FilterColumn = 'brand' | 'category_code' | 'product_id';
  const counts = async (column: FilterColumn, where = {}) => {
    const rows = await shop.lake.clickstream
      .between(range.from, range.to)
      .select(({ fn }) => [column, fn.countAll<bigint>().as('events')])
      .where((eb) => eb.and(where))
      .groupBy(column)
      .orderBy('events', 'desc')
      .execute();
    return new Map(
      rows.map((row) => [row[column] === null ? null : String(row[column]), Number(row.events)] as const),
    );
  };
  const all = async (column: FilterColumn, where = {}) => [...(await counts(column, where)).keys()];

  test('those with the most events first, at most fifty, and whether there are more', async () => {
    for (const column of ['product_id', 'category_code'] as const) {
      const known = await counts(column);
      const { values, hasMore } = await valuesOf(`of=${column}`);
      expect(known.size).toBeGreaterThan(50);
      expect(hasMore).toBe(true);
      // Of as many events, any may be first.
      expect(values.map((value) => known.get(value))).toEqual(
        [...known.values()].toSorted((one, other) => other - one).slice(0, 50),
      );
      expect(new Set(values).size).toBe(50);
    }
    expect((await valuesOf('of=category_code')).values).toContain(null);
  });

  test('that hold a text as it is written, beyond those that a ranking shows', async () => {
    const items = await all('product_id');
    const rare = items.at(-1) ?? '';
    const found = await valuesOf(`of=product_id&holds=${rare}`);
    expect(found.values).toContain(rare);
    for (const value of found.values) expect(value).toContain(rare);
    const brands = await all('brand');
    const part = (brands.find((one) => one !== null) ?? '').slice(1, 4).toUpperCase();
    expect((await valuesOf(`of=brand&holds=${part}`)).values.toSorted()).toEqual(
      brands.filter((one) => one?.toUpperCase().includes(part)).toSorted(),
    );
    expect((await valuesOf('of=brand&holds=%28none')).values).toEqual([null]);
    for (const text of ['%', '_', "' or true --", '\\'])
      expect(await valuesOf(`of=brand&holds=${encodeURIComponent(text)}`)).toEqual({
        values: [],
        hasMore: false,
      });
  });

  test('of events that pass the other filters, and not the own one', async () => {
    const [category] = (await all('category_code')).filter((one) => one !== null);
    const [item] = await all('product_id', { category_code: category });
    const own = await all('brand', { category_code: category });
    const found = await valuesOf(`of=brand&where.category_code=${category}&where.brand=nobody`);
    expect(found.values.toSorted()).toEqual(own.toSorted().slice(0, 50));
    const ofItem = await valuesOf(`of=brand&where.product_id=${item}`);
    expect(ofItem.values.toSorted()).toEqual(
      (await all('brand', { product_id: BigInt(item ?? 0) })).toSorted(),
    );
  });

  test.for([
    ['of=user_id', /of: expected one of category_code, brand, product_id/],
    ['', /of: expected one of/],
    [`of=brand&holds=${'a'.repeat(101)}`, /at most 100 letters/],
  ] as const)('%s is refused', async ([query, message]) => {
    const { status, text } = await send(`${server.url}api/values?${query}&${state}`);
    expect(status).toBe(400);
    expect(JSON.parse(text).error.message).toMatch(message);
  });
});

describe('downloads are the figures shown', () => {
  test.for(['course', 'brands', 'revenue', 'funnel', 'hours'])('%s', async (id) => {
    const answer = await answerOf(id);
    const csv = await send(`${server.url}api/download/csv?of=${id}&${state}`);
    expect(csv.status).toBe(200);
    expect(csv.headers['content-disposition']).toBe(`attachment; filename="${id}-11-17-Mar-2024.csv"`);
    const parquet = await send(`${server.url}api/download/parquet?of=${id}&${state}`);
    const rows = await parquetReadObjects({ file: new Uint8Array(parquet.bytes).buffer });
    const [head = '', ...lines] = csv.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(rows.length);
    const names = head.split(',');
    rows.forEach((row, index) => {
      const fields = (lines[index] ?? '').split(',');
      expect(Object.keys(row)).toEqual(names);
      names.forEach((name, at) => {
        const value = row[name];
        const text =
          value instanceof Date ? value.toISOString().slice(0, 10) : value === null ? '' : String(value);
        if (typeof value === 'number' || typeof value === 'bigint')
          // The reader multiplies decimals by a power of ten.
          expect(Number(fields[at]), `${name} ${index}`).toBeCloseTo(Number(value), 9);
        else expect(fields[at], `${name} ${index}`).toBe(text);
      });
    });
    const table = answer.kind === 'chart' || answer.kind === 'ranking' ? answer.table : undefined;
    if (table) {
      expect(names).toEqual(table.columns.map(({ name }) => name));
      expect(lines).toEqual(table.rows.map((row) => row.map(({ value }) => value ?? '').join(',')));
    }
  });
});

describe('only the newest view of a page is answered', () => {
  test('an older one is stopped, a page beside it is not', async () => {
    const client = dashboardClient(server.url);
    const old = client.ask('retention', 'from=2024-02-05&to=2024-03-17', { view: 1 });
    const other = dashboardClient(server.url).ask('retention', 'from=2024-02-05&to=2024-03-17');
    await new Promise((resolve) => setTimeout(resolve, 15));
    const newest = await client.ask('visitors', state, { view: 2 });
    expect(newest.status).toBe(200);
    const { status, answer } = await old;
    expect([status, answer.error?.code]).toEqual([409, 'VIEW_SUPERSEDED']);
    expect((await other).status).toBe(200);
    const late = await client.ask('visitors', state, { view: 1 });
    expect([late.status, late.answer.error.code]).toEqual([409, 'VIEW_SUPERSEDED']);
    const changed = await client.ask('visitors', `${state}&where.brand=~`, { view: 2 });
    expect(changed.status).toBe(409);
    const course = await client.ask('course', state.replace('tile=revenue', 'tile=visitors'), { view: 2 });
    expect(course.status).toBe(200);
    expect(faults).toEqual([]);
  });
});

describe('what is no question is refused', () => {
  test.for([
    ['unknown', state, {}, 400, /tile: expected one of/],
    ['visitors', 'from=2024-02-30', {}, 400, /expected a day/],
    ['visitors', 'where.user_id=1', {}, 400, /expected a column of category_code, brand, product_id/],
    [
      'visitors',
      `where.product_id=${encodeURIComponent("1') or true --")}`,
      {},
      400,
      /whole number of 64 bits/,
    ],
    ['visitors', state, { page: '../..' }, 400, /page: expected/],
    ['visitors', state, { view: -1 }, 400, /view: expected/],
    ['visitors', state, { width: 1e9 }, 400, /width: expected/],
  ] as const)('%s %s %j', async ([tile, query, options, status, message]) => {
    const reply = await dashboardClient(server.url).ask(tile, query, options);
    expect(reply.status).toBe(status);
    expect(reply.answer.error.message).toMatch(message);
  });

  test('a value that looks like SQL is a value', async () => {
    const injected = encodeURIComponent("' or 1=1; drop table clickstream --");
    const answer = await answerOf('sessions', `${state}&where.brand=${injected}`);
    expect(answer).toMatchObject({ kind: 'figure', value: null });
    expect(answer.kind === 'figure' && answer.definition.parameters).toContain(
      "' or 1=1; drop table clickstream --",
    );
  });

  test('bodies, methods and paths', async () => {
    const post = (body: string, headers = { 'content-type': 'application/json' }) =>
      send(`${server.url}api/answer`, { method: 'POST', headers, body });
    expect((await post('{')).status).toBe(400);
    expect((await post('[]')).status).toBe(400);
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(`"${'a'.repeat(40_000)}"`)).status).toBe(413);
    expect((await send(`${server.url}api/answer`)).status).toBe(405);
    expect((await send(`${server.url}api/download/sql?of=visitors`)).status).toBe(404);
    expect((await send(`${server.url}api/download/csv?of=/etc/passwd`)).status).toBe(400);
    expect((await send(`${server.url}../../etc/passwd`)).status).toBe(404);
    // No URL: `new URL('//', base)` throws, and what throws before a request is read would end the process.
    for (const path of ['//', '//[', '//a:b:c'])
      expect((await send(`${server.url}${path.slice(1)}`)).status).toBe(400);
    expect((await send(`${server.url}api/state`)).status).toBe(200);
    expect(
      (await send(`${guarded.url}api/live`, { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(404);
  });
});

describe('who is answered', () => {
  test('no other name, and no other page', async () => {
    const asked = (headers: Readonly<Record<string, string>>) =>
      send(`${server.url}api/state`, { headers }).then(({ status }) => status);
    const { host } = new URL(server.url);
    expect(await asked({})).toBe(200);
    expect(await asked({ host: 'evil.example' })).toBe(403);
    expect(await asked({ host: host.replace('127.0.0.1', 'localhost') })).toBe(200);
    expect(await asked({ origin: `http://${host}` })).toBe(200);
    expect(await asked({ origin: 'http://evil.example' })).toBe(403);
    expect(await asked({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await asked({ 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  test('with a token, nobody without it', async () => {
    const status = async (path: string, headers: Readonly<Record<string, string>> = {}) =>
      (await send(`${guarded.url}${path}`, { headers })).status;
    for (const path of [
      '',
      'page.js',
      'api/state',
      `api/download/csv?of=brands&token=${token}`,
      '?token=wrong',
    ])
      expect(await status(path), path).toBe(401);
    expect(await status('api/state', { authorization: 'Bearer wrong' })).toBe(401);
    expect(await status('api/state', { authorization: `Bearer ${token}` })).toBe(200);
    const opened = await send(`${guarded.url}?token=${token}&tile=revenue`);
    expect([opened.status, opened.headers['location']]).toEqual([303, '/?tile=revenue']);
    const [cookie = ''] = opened.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    expect(await status('api/state', { cookie: cookie.split(';')[0] ?? '' })).toBe(200);
    expect(await status('api/state', { cookie: 'headwater_dashboard=other' })).toBe(401);
  });

  test('a host that others reach needs a token, and one that cannot be guessed', async () => {
    const config = {
      lake: shop.lake,
      schema: clickstream.schema,
      days: async () => shopDays,
      source: '',
      port: 0,
    };
    await expect(serveDashboard({ ...config, host: '0.0.0.0' })).rejects.toThrow(/a token as well/);
    await expect(serveDashboard({ ...config, token: 'secret' })).rejects.toThrow(/32 characters or more/);
    const port = Number(new URL(server.url).port);
    await expect(serveDashboard({ ...config, port })).rejects.toThrow(/expected a free port of 127.0.0.1/);
  });

  test('a strict policy goes with every answer', async () => {
    for (const path of ['', 'page.js', 'page.css', 'api/state', 'api/none']) {
      const { headers } = await send(`${server.url}${path}`);
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(policy).not.toMatch(/unsafe|data:|\*/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    const { headers, status } = await send(`${server.url}page.js`);
    expect(status).toBe(200);
    const again = await send(`${server.url}page.js`, {
      headers: { 'if-none-match': String(headers['etag']) },
    });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

test('it stops while a page waits, and with a reader of a stream', async () => {
  const own = await serveDashboard({
    lake: shop.lake,
    schema: clickstream.schema,
    days: async () => shopDays,
    source: '',
    port: 0,
    live: { subscribe: () => () => {} },
  });
  const waiting = dashboardClient(own.url).ask('retention', 'from=2024-02-05&to=2024-03-17');
  const live = get(`${own.url}api/live`);
  const ended = once(live, 'response').then(([response]) => once(response.resume(), 'close'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  await own.close();
  await own.ended;
  await ended;
  expect([200, 409, 503]).toContain((await waiting).status);
  await expect(send(own.url)).rejects.toThrow(/ECONNREFUSED|hang up/);
});
