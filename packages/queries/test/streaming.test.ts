import { metricQuery, sql, topProducts } from '@headwater/queries';
import { arrowIpc, arrowTable } from '@headwater/queries/arrow';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);
/** Work that would take hours if it were not stopped. */
const endless = 'select sum(a.range * b.range) as n from range(10_000_000) a, range(10_000_000) b';

test('a query and a metric stream, and may be left early', async () => {
  const sizes: number[] = [];
  for await (const row of made.lake.shop.between('2024-03-03', '2024-03-05').select('price').stream(1)) {
    sizes.push(row.price);
    if (sizes.length === 3) break;
  }
  expect(sizes).toHaveLength(3);
  const products = [];
  const range = { from: '2024-03-03', to: '2024-03-05' };
  for await (const row of metricQuery(made.lake.shop, topProducts, range).stream())
    products.push(row.product);
  expect(products).toEqual(['1', '2', '3', '4']);
});

test('leaving a stream early stops the engine, whose remaining work would take hours', async () => {
  const { batches } = await sql(made.lake, 'select range as n from range(100_000_000_000)');
  let first: unknown;
  for await (const batch of batches()) {
    first = batch[0];
    break;
  }
  expect(first).toEqual({ n: 0n });
});

test('an aborted statement stops, and rejects with the reason of the signal', async () => {
  const reason = new Error('the reader went away');
  const abort = new AbortController();
  setTimeout(() => abort.abort(reason), 50);
  const run = async () => {
    const { batches } = await sql(made.lake, endless, { signal: abort.signal });
    for await (const _ of batches());
  };
  await expect(run()).rejects.toBe(reason);
  await expect(sql(made.lake, 'select 1', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('gives every type exactly as Arrow, as a table and as bytes', async () => {
  const query = made.lake.shop.between('2024-03-03', '2024-03-05').selectAll().orderBy('event_time');
  const table = await arrowTable(made.lake, query);
  expect(table.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'event_time Timestamp<MILLISECOND>',
    'event_type Utf8',
    'product_id Int64',
    'category Utf8',
    'brand Utf8',
    'price Decimal[10e+2]',
    'user_id Int64',
    'session Utf8',
    'dt Date32<DAY>',
  ]);
  const pieces: Uint8Array[] = [];
  for await (const piece of arrowIpc(made.lake, query)) pieces.push(piece);
  const back = tableFromIPC(Buffer.concat(pieces));
  expect(back.numRows).toBe(history.length);
  const prices = back.getChild('price');
  const times = back.getChild('event_time');
  history.forEach((row, index) => {
    expect(Number(String(prices?.get(index)))).toBe(Math.round(row.price * 100));
    expect(times?.get(index)).toBe(row.event_time.getTime());
    expect(back.getChild('product_id')?.get(index)).toBe(row.product_id);
    expect(back.getChild('session')?.get(index)).toBe(row.session);
    expect(back.getChild('category')?.get(index)).toBe(row.category);
  });
  expect(table.toArray().map(String)).toEqual(back.toArray().map(String));
});

test('an empty result is an Arrow table with its columns', async () => {
  const query = made.lake.shop.between('2020-01-01', '2020-01-01').select(['price', 'brand']);
  const pieces: Uint8Array[] = [];
  for await (const piece of arrowIpc(made.lake, query)) pieces.push(piece);
  const back = tableFromIPC(Buffer.concat(pieces));
  expect([back.numRows, back.schema.names]).toEqual([0, ['price', 'brand']]);
});

test('Arrow of every plain type, with nulls, texts of several bytes, and numbers at their limits', async () => {
  const select = `select * from (values
    (true, 1::tinyint, '-9223372036854775808'::bigint, 170141183460469231731687303715884105727::hugeint,
      -99999999999999999999.99::decimal(38,2), 1.5::double, date '1969-12-31', timestamp '1969-12-31 23:59:59.999', 'żółw 🐢', uuid '00000000-0000-0000-0000-000000000001'),
    (null, null, null, null, null, null, null, null, null, null),
    (false, -1::tinyint, 9223372036854775807::bigint, 0::hugeint, 0.01::decimal(38,2), -0.5::double, date '2024-02-29', timestamp '2024-03-03 00:00:00.001', '', uuid 'ffffffff-ffff-ffff-ffff-ffffffffffff')
  ) as t(b, i8, i64, huge, wide, f, d, t, s, u)`;
  const query = { sql: `${select} where $1`, parameters: [true] };
  const table = await arrowTable(made.lake, query);
  const column = (name: string) => Array.from(table.getChild(name) ?? []);
  expect(column('b')).toEqual([true, null, false]);
  expect(column('i8')).toEqual([1, null, -1]);
  expect(column('i64')).toEqual([-9223372036854775808n, null, 9223372036854775807n]);
  expect(column('huge').map(String)).toEqual(['170141183460469231731687303715884105727', 'null', '0']);
  expect(column('wide').map(String)).toEqual(['-9999999999999999999999', 'null', '1']);
  expect(column('f')).toEqual([1.5, null, -0.5]);
  expect(column('d')).toEqual([-86_400_000, null, Date.UTC(2024, 1, 29)]);
  expect(column('t')).toEqual([-1, null, Date.UTC(2024, 2, 3, 0, 0, 0, 1)]);
  expect(column('s')).toEqual(['żółw 🐢', null, '']);
  expect(column('u')[0]).toBe('00000000-0000-0000-0000-000000000001');
  const nested = { sql: 'select [1, 2] as list', parameters: [] };
  await expect(arrowTable(made.lake, nested)).rejects.toMatchObject({ code: 'TYPE_UNSUPPORTED' });
});
