import { derivePostgresTable } from '@headwater/core';
import {
  closeLake,
  estimateScan,
  type Lake,
  metricQuery,
  revenue,
  runMetric,
  sql,
  topProducts,
} from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { sql as kyselySql } from 'kysely';
import { expect, test } from 'vitest';
import type { AllTables } from './support/all-lakes.ts';
import { assertExtremes, assertMetricsRefuse, assertTextsAreValues } from './support/assert-hostile.ts';
import { assertEmptyLists, assertParameters } from './support/assert-lists.ts';
import { assertHours, assertPeriods, assertReturns, zoneCases } from './support/assert-zones.ts';
import { basketRows, baskets } from './support/baskets.ts';
import { hostileTexts } from './support/hostile-texts.ts';
import { simulated } from './support/simulated.ts';
import { withPostgresLake } from './support/with-postgres-lake.ts';

const lakes = withPostgresLake();
const range = { from: simulated.start, to: simulated.end };

async function rowsOf(lake: Lake<AllTables>, text: string, parameters: readonly unknown[] = []) {
  const { columns, batches } = await sql(lake, text, parameters);
  const rows: Record<string, unknown>[] = [];
  for await (const batch of batches()) rows.push(...batch);
  return { columns, rows };
}

test.for(zoneCases)('%s, %s to %s: the periods, hours and returns of Temporal', async (one) => {
  await assertPeriods(lakes.remote as never, one);
  await assertHours(lakes.remote as never, one);
  if (one[0] === 'Europe/London') await assertReturns(lakes.remote as never, one);
});

test('an empty list holds nothing', () => assertEmptyLists(lakes.remote as never));

test("parameters of a person's statement are values, as ? and as $1", async () => {
  await assertParameters(lakes.remote as never);
  const { rows } = await rowsOf(lakes.remote, "select $2 as b, $1 as a, '?' as c, $tag$ ? $tag$ as d", [
    'x',
    'y',
  ]);
  expect(rows).toEqual([{ b: 'y', a: 'x', c: '?', d: ' ? ' }]);
});

test('hostile texts are values, and a null byte is refused', async () => {
  const held = hostileTexts.filter((text) => !text.includes('\0'));
  await assertTextsAreValues(lakes.remote as never, held);
  await assertExtremes(lakes.remote as never);
  const find = lakes.remote.shop
    .between('2024-03-03', '2024-03-03')
    .select('brand')
    .where('brand', '=', 'a\0b');
  await expect(find.execute()).rejects.toMatchObject({ code: 'QUERY_PARAMETER_INVALID' });
});

test('every metric rejects hostile parameters', () => assertMetricsRefuse(lakes.remote as never));

test('rows have the types that DuckDB gives, executed and streamed', async () => {
  const ask = (lake: Lake<AllTables>) =>
    lake.clicks
      .between('2024-02-26', '2024-02-27')
      .selectAll()
      .orderBy('event_time')
      .orderBy('user_id')
      .orderBy('product_id')
      .orderBy('event_type');
  const expected = await ask(lakes.local).execute();
  expect(expected.length).toBeGreaterThan(1000);
  const days = expected.map((row) => ({ ...row, dt: String(row.dt) }));
  expect(await ask(lakes.remote).execute()).toEqual(days);
  const streamed: unknown[] = [];
  for await (const row of ask(lakes.remote).stream(100)) streamed.push(row);
  expect(streamed).toEqual(days);
});

test('a column of text is ordered as on DuckDB, whatever the collation of the database', async () => {
  const { rows } = await rowsOf(lakes.remote, "select 'a' < 'B' as by_language");
  expect(rows).toEqual([{ by_language: true }]);
  const ask = (lake: Lake<AllTables>) =>
    lake.shop.between('2024-03-20', '2024-03-20').select('brand').distinct().orderBy('brand').execute();
  const expected = (await ask(lakes.local)).filter(({ brand }) => !brand?.includes('\0'));
  expect(await ask(lakes.remote)).toEqual(expected);
});

test('values of every type of PostgreSQL', async () => {
  const { columns, rows } = await rowsOf(
    lakes.remote,
    `select true as yes, 1::smallint as small, 2147483647 as whole, 9007199254740993::bigint as wide, 0.1::float8 as double,
       'NaN'::float8 as nan, 12.50::numeric(10, 2) as price, 1.5::numeric as computed, 1::numeric(20, 2) as wide_price,
       '2024-02-29'::date as day, '2024-02-29 10:00:00.5'::timestamp as at, '2024-02-29 10:00:00+02'::timestamptz as zoned,
       '0044-03-15 12:00:00 BC'::timestamp as ides, '12024-01-01 00:00:00'::timestamp as late, '{"a": [1, 12345678901234567890]}'::jsonb as json,
       'x'::varchar(3) as text, null::integer as nothing, 1 as whole`,
  );
  expect(columns.map(({ type }) => type)).toEqual([
    ...[
      'boolean',
      'smallint',
      'integer',
      'bigint',
      'double precision',
      'double precision',
      'numeric(10,2)',
      'numeric',
    ],
    ...[
      'numeric(20,2)',
      'date',
      'timestamp without time zone',
      'timestamp with time zone',
      'timestamp without time zone',
    ],
    ...['timestamp without time zone', 'jsonb', 'character varying(3)', 'integer', 'integer'],
  ]);
  expect(rows).toEqual([
    {
      ...{ yes: true, small: 1, whole: 2147483647, wide: 9007199254740993n, double: 0.1, nan: Number.NaN },
      ...{ price: 12.5, computed: '1.5', wide_price: '1.00', day: '2024-02-29' },
      at: new Date('2024-02-29T10:00:00.500Z'),
      zoned: new Date('2024-02-29T08:00:00Z'),
      ides: new Date('-000043-03-15T12:00:00Z'),
      late: new Date('+012024-01-01T00:00:00Z'),
      json: { a: [1, 12345678901234567890n] },
      ...{ text: 'x', nothing: null, 'whole:1': 1 },
    },
  ]);
  await expect(rowsOf(lakes.remote, "select 'infinity'::timestamp as forever")).rejects.toMatchObject({
    code: 'TYPE_UNSUPPORTED',
  });
});

test('lists, structs and maps of a table are decoded as on DuckDB, with every digit', async () => {
  const schema = 'nested';
  await lakes.postgres.query(derivePostgresTable(baskets.schema, { schema }));
  // As DuckDB writes JSON, and so `lake load`.
  const [place, labels] = [
    '{"city":"a, b=c] \\"d\\"","seen_at":"2024-03-03 09:59:59.123","total":12345678901234567890.10}',
    '{"k=1, x":["[","}",""],"empty":[]}',
  ];
  await lakes.postgres.query(
    `insert into nested.baskets (at, shopper, products, place, labels) values
      ('2024-03-03 10:00:00', 'a', '[9007199254740993,-1]', $1, $2), ('2024-03-03 11:00:00', 'b', '[]', null, null)`,
    [place, labels],
  );
  const lake = lakes.open({ schema });
  const rows = await lake.baskets
    .between('2024-03-03', '2024-03-03')
    .selectAll()
    .orderBy('shopper')
    .execute();
  expect(rows).toEqual(basketRows.map((row) => ({ ...row, dt: '2024-03-03' })));
});

test('Arrow has the rows and the types of DuckDB', async () => {
  const ask = (lake: Lake<AllTables>) =>
    lake.clicks
      .between('2024-02-26', '2024-02-26')
      .select(['event_time', 'brand', 'price', 'product_id', 'dt'])
      .orderBy('event_time')
      .orderBy('product_id');
  const [own, expected] = await Promise.all([
    arrowTable(lakes.remote, ask(lakes.remote)),
    arrowTable(lakes.local, ask(lakes.local)),
  ]);
  expect(own.schema.fields.map(String)).toEqual(expected.schema.fields.map(String));
  expect(own.toArray().map(String)).toEqual(expected.toArray().map(String));
});

test('a statement that writes, several statements and settings of a session are refused or undone', async () => {
  const refused = (text: string) => expect(rowsOf(lakes.remote, text)).rejects;
  for (const text of [
    'delete from shop',
    'with gone as (delete from shop returning *) select * from gone',
    "select nextval('none')",
  ])
    await refused(text).toMatchObject({ code: expect.stringMatching(/^QUERY_(NOT_READ_ONLY|FAILED)$/) });
  await refused('with gone as (delete from shop returning *) select * from gone').toMatchObject({
    code: 'QUERY_NOT_READ_ONLY',
  });
  await refused('select 1; drop table shop').toMatchObject({ code: 'QUERY_FAILED' });
  const one = lakes.open({ maxConcurrentQueries: 1 });
  await rowsOf(
    one,
    "select set_config('timezone', 'Asia/Tokyo', false), set_config('search_path', 'pg_catalog', false)",
  );
  expect(
    (
      await rowsOf(
        one,
        "select current_setting('timezone') as zone, count(*) as n from shop where dt = '2024-03-03'",
      )
    ).rows,
  ).toMatchObject([{ zone: 'UTC' }]);
});

test('an aborted query is cancelled on the server', async () => {
  const running = () =>
    lakes.postgres.query(
      "select count(*)::int as n from pg_stat_activity where application_name = 'headwater' and state = 'active' and query like '%pg_sleep%'",
    );
  const stop = new AbortController();
  const slow = lakes.remote.shop
    .between('2024-03-03', '2024-03-03')
    .select(kyselySql<string>`pg_sleep(20)::text`.as('slept'))
    .execute({ signal: stop.signal });
  await expect.poll(running).toEqual([{ n: 1 }]);
  stop.abort(new Error('enough'));
  await expect(slow).rejects.toThrow('enough');
  await expect.poll(running).toEqual([{ n: 0 }]);
  // A stream that is left ends its query, and the connection serves the next one.
  const one = lakes.open({ maxConcurrentQueries: 1 });
  for await (const row of one.clicks.between(range.from, range.to).select('event_time').stream(10)) {
    expect(row.event_time).toBeInstanceOf(Date);
    break;
  }
  expect(await runMetric(one.clicks, revenue, range)).toEqual(
    await runMetric(lakes.local.clicks, revenue, range),
  );
});

test('a query ends by its timeout, with what to do', async () => {
  const impatient = lakes.open({ statementTimeoutSeconds: 0.2 });
  await expect(rowsOf(impatient, 'select pg_sleep(10)')).rejects.toMatchObject({
    code: 'QUERY_FAILED',
    payload: { engine: 'postgres', advice: expect.stringContaining('statementTimeoutSeconds') },
  });
});

test('closing a lake ends what nobody reads', async () => {
  const lake = lakes.open({ maxConcurrentQueries: 1 });
  const { batches } = await sql(lake, 'select generate_series(1, 1000000) as n');
  await closeLake(lake, { timeoutSeconds: 0 });
  await expect(batches().next()).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
});

test('no message has the password of the URL', async () => {
  const url = new URL(lakes.postgres.url);
  url.password = 'wrong-secret';
  const refused: unknown = await rowsOf(lakes.open({ url: url.href }), 'select 1').catch(
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({
    code: 'QUERY_FAILED',
    payload: { advice: expect.stringContaining('password') },
  });
  url.port = '1';
  const absent: unknown = await rowsOf(lakes.open({ url: url.href }), 'select 1').catch(
    (error: unknown) => error,
  );
  expect(absent).toMatchObject({ code: 'QUERY_UNAVAILABLE', retryable: true });
  expect(JSON.stringify([refused, absent, String(refused), String(absent)])).not.toContain('wrong-secret');
});

test('a password may be made for each connection, and a schema be chosen', async () => {
  const url = new URL(lakes.postgres.url);
  const { password } = url;
  url.password = '';
  await lakes.postgres.query(
    'create schema other; create table other.shop as select * from public.shop limit 1',
  );
  const lake = lakes.open({
    url: url.href,
    password: async () => decodeURIComponent(password),
    schema: 'other',
  });
  expect((await rowsOf(lake, 'select count(*) as n from shop')).rows).toEqual([{ n: 1n }]);
});

test('a table that is not there is named, with what loads it', async () => {
  const lake = lakes.open({ schema: 'nowhere' });
  await expect(
    runMetric(lake.shop, topProducts, { from: '2024-03-03', to: '2024-03-03' }),
  ).rejects.toMatchObject({
    code: 'QUERY_FAILED',
    payload: { advice: expect.stringContaining('headwater lake load --to postgres') },
  });
});

test('the estimate is the plan, and a query above the maximum does not run', async () => {
  await lakes.postgres.query('analyze clicks');
  const [{ size } = { size: 0 }] = await lakes.postgres.query("select pg_table_size('clicks')::int as size");
  const query = metricQuery(lakes.remote.clicks, revenue, range);
  const estimate = await estimateScan(lakes.remote, query);
  expect(estimate).toMatchObject({ mostBytes: size, tables: [{ table: 'clicks', partitions: 1, files: 0 }] });
  expect(estimate.tables[0]?.columns).toContain('price');
  const small = lakes.open({}, { maxScan: '10 kB' });
  await expect(runMetric(small.clicks, revenue, range)).rejects.toMatchObject({
    code: 'SCAN_BUDGET_EXCEEDED',
  });
  const large = lakes.open({}, { maxScan: '1 GB' });
  expect(await runMetric(large.clicks, revenue, range)).toEqual(
    await runMetric(lakes.local.clicks, revenue, range),
  );
});
