import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Manifest, manifestPath, readLakeState } from '@headwater/core/internal';
import { loadEvents } from '@headwater/etl';
import {
  type FinishedQuery,
  peakHours,
  type RowStream,
  resultCache,
  revenue,
  runMetric,
  sql,
} from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { trinoEngine } from '@headwater/queries/trino';
import { openLakeStore } from '@headwater/storage';
import { expect, onTestFinished, test } from 'vitest';
import { clicks } from './support/clicks.ts';
import { history } from './support/shop.ts';
import { withPublishedLakes } from './support/with-published-lakes.ts';

const published = withPublishedLakes('trino');
const finished: FinishedQuery[] = [];
const trino = published.aws.endpoints.trino;
const lake = published.open(
  trinoEngine({
    url: trino,
    catalog: 'awsdatacatalog',
    schema: published.aws.database,
  }),
  { onFinish: (query) => finished.push(query) },
);

async function rowsOf({ batches }: RowStream): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const batch of batches()) rows.push(...batch);
  return rows;
}

const stateOf = async (queryId: string): Promise<unknown> => {
  const answer = await fetch(`${trino}/v1/query/${queryId}`, { headers: { 'X-Trino-User': 'headwater' } });
  return (await answer.json()) as unknown;
};

/** A name that no earlier run used on this server. */
const markOf = (what: string): string => `${what}_${published.aws.database}`;

/** The queries on the server whose text contains this text. */
async function queriesWith(mark: string): Promise<{ queryId: string; state: string }[]> {
  const answer = await fetch(`${trino}/v1/query`, { headers: { 'X-Trino-User': 'headwater' } });
  const all = (await answer.json()) as { queryId: string; state: string; query: string }[];
  return all.filter(({ query }) => query.includes(mark));
}

test('rows have the documented types, as on DuckDB', async () => {
  const rows = (one: typeof lake) =>
    one.shop.between('2024-03-03', '2024-03-05').selectAll().orderBy('event_time').execute();
  expect(await rows(lake)).toEqual(await rows(published.local));
  expect(await rows(lake)).toHaveLength(history.length);
});

test('decodes every type of a result, up to its limits', async () => {
  const select = `select bigint '-9223372036854775808' as low, bigint '9007199254740993' as odd, decimal '123.40' as short,
    cast('-99999999999999999999.99' as decimal(38, 2)) as wide, timestamp '1969-12-31 23:59:59.999' as t,
    timestamp '2024-01-02 03:04:05.678901' as fine, timestamp '2024-01-02 03:04:05 +02:00' as zoned, date '1969-12-31' as d,
    array[bigint '9007199254740993', null] as list, cast(row(1, 'x') as row(a bigint, b varchar)) as r,
    map(array['a', 'b'], array[1.5e0, null]) as m, nan() as nan, -infinity() as low_end, 1e300 as huge, true as yes,
    uuid '00000000-0000-0000-0000-000000000001' as u, 'żółw 🐢' as s, null as nothing, 1 as n, 2 as n`;
  expect(await rowsOf(await sql(lake, select))).toEqual([
    {
      low: -9223372036854775808n,
      odd: 9007199254740993n,
      short: 123.4,
      wide: '-99999999999999999999.99',
      t: new Date(-1),
      fine: new Date('2024-01-02T03:04:05.678Z'),
      zoned: new Date('2024-01-02T01:04:05Z'),
      d: '1969-12-31',
      list: [9007199254740993n, null],
      r: { a: 1n, b: 'x' },
      m: { a: 1.5, b: null },
      nan: Number.NaN,
      low_end: -Infinity,
      huge: 1e300,
      yes: true,
      u: '00000000-0000-0000-0000-000000000001',
      s: 'żółw 🐢',
      nothing: null,
      n: 1,
      'n:1': 2,
    },
  ]);
});

test('rejects a time in a named zone, which may be ambiguous', async () => {
  const zoned = "select timestamp '2024-10-27 02:30:00 Europe/Paris' as t";
  await expect(sql(lake, zoned).then(rowsOf)).rejects.toThrow(
    't: JavaScript cannot carry a time in the zone',
  );
});

test('counts are numbers, ids and wide sums are not; parameters are bound with their types', async () => {
  const find = () =>
    lake.shop.between('2024-03-03', '2024-03-05').select(({ fn }) => fn.countAll<number>().as('n'));
  const one = async (query: ReturnType<typeof find>): Promise<unknown> => (await query.executeTakeFirst())?.n;
  expect(await one(find())).toBe(18);
  expect(await one(find().where('price', '=', 100.1))).toBe(6);
  expect(await one(find().where('product_id', '=', 1n))).toBe(6);
  expect(await one(find().where('event_time', '=', new Date('2024-03-03T10:00:00Z')))).toBe(1);
  expect(await one(find().where('dt', '=', '2024-03-03'))).toBe(5);
  expect(await one(find().where('product_id', 'in', [1n, 9_007_199_254_740_993n]))).toBe(6);
  const sums = await lake.shop
    .between('2024-03-03', '2024-03-05')
    .select(({ fn }) => [fn.max('product_id').as('id'), fn.sum<string>('price').as('sum')])
    .execute();
  expect(sums).toEqual([{ id: 4n, sum: '910.40' }]);
});

test("a query for one day reads that day's files and no others, by the server's statistics", async () => {
  const day = '2024-02-29';
  await lake.clicks.between(day, day).selectAll().execute();
  const run = finished.at(-1);
  const manifest = await readFile(join(published.folder, manifestPath('clicks', 1)), 'utf8');
  const files = (JSON.parse(manifest) as Manifest).added.filter((file) => file.day === day);
  const [rows, bytes] = [
    files.reduce((sum, file) => sum + file.rows, 0),
    files.reduce((sum, file) => sum + file.bytes, 0),
  ];
  expect(await stateOf(run?.queryId ?? '')).toMatchObject({ queryStats: { physicalInputPositions: rows } });
  expect(run?.scannedBytes).toBeGreaterThan(0);
  // A small file is read whole, after its footer.
  expect(run?.scannedBytes).toBeLessThanOrEqual(bytes * 2);
});

test('streams a result, and stops the query when it is left', async () => {
  const mark = markOf('left_early');
  const { batches } = await sql(
    lake,
    `select a.sequential_number as ${mark} from table(sequence(1, 100000000)) a`,
  );
  for await (const [row] of batches()) {
    expect(typeof row?.[mark]).toBe('bigint');
    break;
  }
  await expect.poll(() => queriesWith(mark), { timeout: 20_000 }).toMatchObject([{ state: 'FAILED' }]);
});

test('stops an aborted query on the server, and rejects with the reason of the signal', async () => {
  const reason = new Error('the reader went away');
  const mark = markOf('aborted_work');
  const abort = new AbortController();
  onTestFinished(() => abort.abort(reason));
  // A count, because on a fast machine a sum would exceed 64 bits and fail before the abort.
  const endless = `select count_if(a.n * b.n % 7 = 3) as ${mark}
    from (select sequential_number as n from table(sequence(1, 10000000))) a
    cross join (select sequential_number as n from table(sequence(1, 10000000))) b`;
  const stopped = expect(sql(lake, endless, { signal: abort.signal }).then(rowsOf)).rejects.toBe(reason);
  await expect.poll(() => queriesWith(mark), { timeout: 30_000 }).toMatchObject([{ state: 'RUNNING' }]);
  abort.abort(reason);
  await stopped;
  await expect.poll(() => queriesWith(mark), { timeout: 20_000 }).toMatchObject([{ state: 'FAILED' }]);
  const range = { from: '2024-03-03', to: '2024-03-05' };
  await expect(runMetric(lake.shop, revenue, range, { signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
});

test('caches answers until a commit touches their days', async () => {
  const { aws } = published;
  const ran: FinishedQuery[] = [];
  const engine = trinoEngine({
    url: trino,
    catalog: 'awsdatacatalog',
    schema: aws.database,
    lake: aws.location,
  });
  const caching = published.open(engine, { cache: resultCache(), onFinish: (query) => ran.push(query) });
  const day = { from: '2024-03-03', to: '2024-03-03' };
  const ask = async () =>
    (await runMetric(caching.clicks, peakHours, day)).reduce((sum, { events }) => sum + events, 0);
  const before = await ask();
  expect(await ask()).toBe(before);
  expect(ran).toHaveLength(1);
  const raw = await mkdtemp(join(tmpdir(), 'headwater-late-'));
  const load = async (time: string) => {
    const file = join(raw, `${time.slice(0, 10)}.csv`);
    const columns =
      'event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session';
    await writeFile(file, `${columns}\n${time},view,1,1,a,b,1.00,1,s\n`);
    await loadEvents({ table: clicks, lake: aws.location, inputs: [file] });
  };
  await load('2024-04-20 10:00:00');
  expect(await ask()).toBe(before);
  expect(ran).toHaveLength(1);
  await load('2024-03-03 10:00:00');
  expect(await ask()).toBe(before + 1);
  expect(ran).toHaveLength(2);
  await rm(raw, { recursive: true });

  // A file that is in its folder before its commit, as during every load to S3. Trino reads it, so the answer must not be cached.
  const other = { from: '2024-03-05', to: '2024-03-05' };
  const askOther = async () =>
    (await runMetric(caching.clicks, peakHours, other)).reduce((sum, { events }) => sum + events, 0);
  const { files } = await readLakeState(openLakeStore(aws.location), clicks.name);
  const present = files.find(({ day }) => day === other.from);
  if (!present) throw new Error('no file of that day');
  const stray = present.path.replace('.parquet', '-00000099-stray.parquet');
  const store = openLakeStore(aws.location);
  await store.copy(present.path, stray);
  expect(await askOther()).toBe(2 * present.rows);
  await store.remove([stray]);
  expect(await askOther()).toBe(present.rows);
  expect(await askOther()).toBe(present.rows);
  expect(ran).toHaveLength(4);
});

test('gives every type exactly as Arrow', async () => {
  const query = (one: typeof lake) =>
    one.shop.between('2024-03-03', '2024-03-05').selectAll().orderBy('event_time');
  const [table, local] = await Promise.all([
    arrowTable(lake, query(lake)),
    arrowTable(published.local, query(published.local)),
  ]);
  const withoutDay = (one: typeof table) =>
    one.select(one.schema.names.filter((name) => name !== 'dt') as never[]);
  expect(withoutDay(table).schema.fields.map(String)).toEqual(withoutDay(local).schema.fields.map(String));
  expect(withoutDay(table).toArray().map(String)).toEqual(withoutDay(local).toArray().map(String));
  await expect(arrowTable(lake, { sql: 'select array[1] as list', parameters: [] })).rejects.toMatchObject({
    code: 'TYPE_UNSUPPORTED',
  });
});

test('errors have the query id, the text with placeholders, and what to do', async () => {
  const secret = 'someone@example.com';
  const failing = lake.shop
    .between('2024-03-03', '2024-03-05')
    .select('brand')
    .where('brand', '=', secret)
    .where('price', '=', 'not a price' as unknown as number)
    .execute();
  const error: unknown = await failing.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'QUERY_FAILED',
    payload: { engine: 'trino', queryId: expect.any(String), advice: expect.stringContaining('cast') },
  });
  expect(JSON.stringify(error)).not.toContain(secret);
  await expect(sql(lake, 'select * from no_such_table')).rejects.toThrow('Has the table been published');
  for (const text of [
    'drop table shop',
    'insert into shop select * from shop',
    '-- select\ncall x()',
    '',
    '/* select */',
  ])
    await expect(sql(lake, text), text).rejects.toMatchObject({ code: 'QUERY_NOT_READ_ONLY' });
  expect(await rowsOf(await sql(lake, '/* a */ -- b\n (select 1 as one) ; '))).toEqual([{ one: 1 }]);
});
