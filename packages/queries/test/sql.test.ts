import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isHeadwaterError } from '@headwater/core';
import { quarantineColumns } from '@headwater/core/internal';
import { sql } from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { expect, test } from 'vitest';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);

async function rowsOf(text: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const { batches } = await sql(made.lake, text);
  for await (const batch of batches()) rows.push(...batch);
  return rows;
}

const codeOf = (text: string): Promise<unknown> =>
  rowsOf(text).then(
    () => 'ran',
    (error: unknown) => (isHeadwaterError(error) ? error.code : error),
  );

test('runs one SELECT and gives its columns, types and rows', async () => {
  const { columns, batches } = await sql(
    made.lake,
    "with p as (from shop where event_type = 'purchase') select count(*) as n, sum(price) as spent, min(dt) as first from p;",
  );
  expect(columns).toEqual([
    { name: 'n', type: 'BIGINT' },
    { name: 's'.concat('pent'), type: 'DECIMAL(38,2)' },
    { name: 'first', type: 'DATE' },
  ]);
  const rows = [];
  for await (const batch of batches()) rows.push(...batch);
  expect(rows).toEqual([{ n: 6n, spent: '284.90', first: '2024-03-03' }]);
});

test.each([
  'select 1; select 2',
  'drop view shop',
  'create table x as select 1',
  'create view v as select 1',
  "set memory_limit = '1GB'",
  "attach ':memory:' as other",
  'checkpoint',
  'explain select 1',
  'call pragma_version()',
  '',
  '-- nothing',
])('rejects %j', async (text) => {
  expect(await codeOf(text)).toBe('QUERY_NOT_READ_ONLY');
  await expect(arrowTable(made.lake, { sql: text, parameters: [] })).rejects.toMatchObject({
    code: 'QUERY_NOT_READ_ONLY',
  });
});

test('reads nothing that is not a committed file of the lake', async () => {
  const leftover = join(made.folder, 'shop', 'leftover.csv');
  await writeFile(leftover, 'a\n1\n');
  for (const from of [
    "read_csv('/etc/passwd')",
    "'/etc/passwd'",
    "glob('/etc/*')",
    `read_csv('${leftover}')`,
    `read_text('${made.folder}/shop/../../secret')`,
    `read_text('${made.folder}/_headwater/shop/00000001.json')`,
  ]) {
    expect(await codeOf(`select * from ${from}`), from).toBe('QUERY_FAILED');
  }
});

test('writes nothing, not even over a file that it may read', async () => {
  const { added } = JSON.parse(await readFile(join(made.folder, '_headwater/shop/00000001.json'), 'utf8'));
  const file = join(made.folder, added[0].path);
  const before = await readFile(file);
  expect(await codeOf(`copy (select 1) to '${file}' (format parquet)`)).toBe('QUERY_NOT_READ_ONLY');
  expect(await codeOf(`copy (select 1) to '/tmp/headwater-never.csv'`)).not.toBe('ran');
  expect(await readFile(file)).toEqual(before);
});

test("fails with the engine's message for a text that does not run", async () => {
  await expect(rowsOf('select nope from shop')).rejects.toThrow(/duckdb: .*"nope" not found/);
  expect(await codeOf('selec 1')).toBe('QUERY_FAILED');
});

test('a table without rejected rows has an empty quarantine, with the columns of the published one', async () => {
  const { columns, batches } = await sql(made.lake, 'from shop__quarantine');
  expect(columns.map(({ name }) => name)).toEqual([
    ...quarantineColumns(shop.schema).map(({ name }) => name),
    'dt',
  ]);
  for await (const rows of batches()) expect(rows).toEqual([]);
});
