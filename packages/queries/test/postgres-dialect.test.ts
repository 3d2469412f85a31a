import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { postgresAddress } from '@headwater/core/internal';
import { closeLake, createLake, type Lake, metricOf, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { postgresEngine } from '@headwater/queries/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numberedPlaceholders } from '../src/engines/postgres/numbered-placeholders.ts';
import { postgresParameter } from '../src/engines/postgres/postgres-parameter.ts';
import { bazaar, bazaarRows } from './support/bazaar.ts';
import { copyToPostgres } from './support/copy-to-postgres.ts';
import { type MadeLake, makeLake } from './support/made-lake.ts';
import { market, marketRows } from './support/market.ts';
import { metricCases } from './support/metric-cases.ts';
import { history, shop } from './support/shop.ts';

describe('on PostgreSQL in this process', () => {
  const tables = [shop, market, bazaar] as const;
  let made: MadeLake | undefined;
  let database: PGlite | undefined;
  let server: PGLiteSocketServer | undefined;
  let local: Lake | undefined;
  let remote: Lake | undefined;

  beforeAll(async () => {
    made = await makeLake();
    await made.commit(shop, history);
    await made.commit(market, marketRows);
    await made.commit(bazaar, bazaarRows(60, 4));
    local = createLake({ tables, engine: duckdbEngine({ lake: made.folder }) }) as unknown as Lake;
    const pglite = await PGlite.create();
    database = pglite;
    await copyToPostgres((text, values) => pglite.query(text, [...(values ?? [])]), local, tables);
    server = new PGLiteSocketServer({ db: pglite, port: 0 });
    await server.start();
    const url = `postgres://postgres@${server.getServerConn()}/postgres`;
    const engine = postgresEngine({ url, maxConcurrentQueries: 1 });
    remote = createLake({ tables, engine }) as unknown as Lake;
  });
  afterAll(async () => {
    for (const lake of [local, remote]) if (lake) await closeLake(lake);
    await server?.stop();
    await database?.close();
    await made?.remove();
  });

  /** One question to each metric over tables with traps: a real server has all of them. */
  const cases = metricCases.filter(({ title }) => /the traps of the history|the bazaar/.test(title));
  test.for(cases)('$title: the rows of DuckDB', async ({ table, metric, parameters }) => {
    const ask = (lake: Lake | undefined) =>
      namedMetricQuery(tableOf(lake ?? {}, table), metricOf(metric), parameters).rows();
    expect(await ask(remote)).toEqual(await ask(local));
  });
});

test('a text column of a table has the collation C in an answer, and none in a condition', () => {
  const lake = createLake({ tables: [shop], engine: postgresEngine({ url: 'postgres://127.0.0.1:1/shop' }) });
  const { sql } = lake.shop
    .between('2024-03-03', '2024-03-03')
    .select(['brand', 'shop.category as kind', 'price', ({ fn }) => fn.countAll<number>().as('n')])
    .where('brand', '=', 'acme')
    .groupBy(['brand', 'category', 'price'])
    .orderBy('brand')
    .compile();
  expect(sql).toBe(
    'select "brand" collate "C" as "brand", "shop"."category" collate "C" as "kind", "price", cast(count(*) as decimal(15, 0)) as "n" ' +
      `from "shop" where "shop"."dt" >= date '2024-03-03' and "shop"."dt" <= date '2024-03-03' ` +
      'and "brand" = $1 group by "brand", "category", "price" order by "brand"',
  );
});

test('a part of a WITH that has the name of a table is no table', () => {
  const lake = createLake({ tables: [shop], engine: postgresEngine({ url: 'postgres://127.0.0.1:1/shop' }) });
  const { sql } = namedMetricQuery(tableOf(lake, 'shop'), 'top-brands', {
    from: '2024-03-03',
    to: '2024-03-03',
  });
  expect(sql.match(/collate "C" as "brand"/g)).toHaveLength(1);
});

test.each([
  ['select ? where a = \'?\' and "?" = ?', 2, 'select $1 where a = \'?\' and "?" = $2'],
  ['select 1 -- ?\n, /* ? */ ?', 1, 'select 1 -- ?\n, /* ? */ $1'],
  ['select $$ ? $$, $a$ $$ ? $a$, ?', 1, 'select $$ ? $$, $a$ $$ ? $a$, $1'],
  ["select 'it''s ?', ?", 1, "select 'it''s ?', $1"],
  ["select data ? 'key', $1", 1, "select data ? 'key', $1"],
  ["select data ? 'key'", 0, "select data ? 'key'"],
])('the placeholders of %j', (text, parameters, expected) => {
  expect(numberedPlaceholders(text, parameters)).toBe(expected);
});

test('parameters are texts that PostgreSQL reads by the type it expects', () => {
  const given = [null, undefined, true, 7n, 1.5, -0, Number.NaN, "it's", new Date(0), ['a"b', null, [1, 2]]];
  expect(given.map((value) => postgresParameter(value, 1))).toEqual([
    ...[null, null, 'true', '7', '1.5', '-0', 'NaN', "it's", '1970-01-01T00:00:00.000Z'],
    '{"a\\"b",null,{"1","2"}}',
  ]);
  for (const bad of ['a\0b', 'a\ud800b', new Date(Number.NaN), new Date('+012024-01-01'), { a: 1 }])
    expect(() => postgresParameter(bad, 3)).toThrow(
      expect.objectContaining({
        code: 'QUERY_PARAMETER_INVALID',
        payload: expect.objectContaining({ position: 3 }),
      }),
    );
});

test('an address names the server without what is secret, and encrypts beyond this machine', () => {
  const { server, password, encryption } = postgresAddress('postgres://me:s%3Acret@db.example.com/shop');
  expect({ server, password, encryption }).toEqual({
    server: 'db.example.com:5432/shop',
    password: 's:cret',
    encryption: 'verified',
  });
  expect(postgresAddress('postgresql://localhost:5433/shop').encryption).toBe('none');
  expect(postgresAddress('postgres://db/shop?sslmode=disable')).toMatchObject({
    encryption: 'none',
    user: undefined,
  });
  for (const bad of [
    'shop',
    'mysql://db/shop',
    'postgres://db',
    'postgres://u:p%@db/x',
    'postgres://u:secret@db/x?sslmode=prefer',
    'postgres://db/x?ssl=1',
  ]) {
    const error = (() => {
      try {
        return postgresAddress(bad);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ code: 'OPTION_INVALID' });
    expect(String(error)).not.toContain('secret');
  }
});

test.each([
  ['statementTimeoutSeconds', { statementTimeoutSeconds: 0 }],
  ['maxConcurrentQueries', { maxConcurrentQueries: 0 }],
])('%s is checked when the engine is made', (option, config) => {
  expect(() => postgresEngine({ url: 'postgres://db/shop', ...config })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', payload: expect.objectContaining({ option }) }),
  );
});
