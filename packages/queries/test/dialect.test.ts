import { DuckDBInstance } from '@duckdb/node-api';
import { dailyVisitors, runMetric, sql as select } from '@headwater/queries';
import { DuckdbDialect } from '@headwater/queries/duckdb';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);

test('the dialect works with any DuckDB, and its introspector lists tables, views and columns', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const open = async () => ({
    connect: () => instance.connect(),
    queryError: (_text: string, error: unknown) => error,
    close: () => instance.closeSync(),
  });
  const db = new Kysely<{ t: { id: bigint; label: string | null } }>({
    dialect: new DuckdbDialect({ open }),
  });
  await sql`create table t (id bigint not null, label varchar default 'x')`.execute(db);
  await sql`create view v as select id from t`.execute(db);
  await db
    .insertInto('t')
    .values([{ id: 9_007_199_254_740_993n, label: null }])
    .execute();
  expect(await db.selectFrom('t').selectAll().execute()).toEqual([
    { id: 9_007_199_254_740_993n, label: null },
  ]);
  const tables = await db.introspection.getTables();
  expect(
    tables.map(({ name, isView, columns }) => [name, isView, columns.map((column) => column.name)]),
  ).toEqual([
    ['t', false, ['id', 'label']],
    ['v', true, ['id']],
  ]);
  expect(tables[0]?.columns[0]).toMatchObject({
    dataType: 'BIGINT',
    isNullable: false,
    hasDefaultValue: false,
  });
  expect((await db.introspection.getSchemas()).map(({ name }) => name)).toContain('main');
  await expect(db.selectFrom('t').select(sql`nope`.as('x')).execute()).rejects.toThrow('nope');
  instance.closeSync();
});

test('files of other days are not opened', async () => {
  const { sql: text } = made.lake.shop.between('2024-03-04', '2024-03-04').select('brand').compile();
  // The predicates are literals, so the text can be explained without parameters.
  const connection = await DuckDBInstance.create(':memory:').then((i) => i.connect());
  const from = `read_parquet('${made.folder}/shop/*/*.parquet', hive_partitioning = true, hive_types = {'dt': DATE})`;
  await connection.run(`create view shop as select * from ${from}`);
  const plan = JSON.stringify((await connection.runAndReadAll(`explain analyze ${text}`)).getRows());
  expect(plan).toContain('Scanning Files: 1/3');
});

test('an aborted metric rejects with the reason, and the lake stays usable', async () => {
  const reason = new Error('enough');
  const range = { from: '2024-03-03', to: '2024-03-05' };
  await expect(
    runMetric(made.lake.shop, dailyVisitors, range, { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
  const abort = new AbortController();
  const running = runMetric(made.lake.shop, dailyVisitors, range, { signal: abort.signal });
  queueMicrotask(() => abort.abort(reason));
  await expect(running).rejects.toBe(reason);
  const { batches } = await select(made.lake, 'select 1 as one');
  for await (const batch of batches()) expect(batch).toEqual([{ one: 1 }]);
});
