import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-wide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = ['--lake', 'lake', '--config', config];
const wide = '1234567890123456789';
async function run(...args: readonly string[]) {
  const { code, stdout, stderr } = await runCli([...args, ...place], { cwd: folder });
  expect(code, stderr).toBe(0);
  return stdout;
}

beforeAll(async () => {
  const rows = [
    '2019-10-01 00:00:00 UTC,purchase,7,1.00,7',
    `2019-10-01 00:00:01 UTC,purchase,${wide},1.00,${wide}`,
    '2019-10-01 00:00:02 UTC,view,7,-1.00,7',
    `2019-10-01 00:00:03 UTC,view,${wide},-1.00,7`,
  ];
  writeFileSync(
    join(folder, 'events.csv'),
    `event_time,event_type,product_id,price,user_id\n${rows.join('\n')}\n`,
  );
  await run('etl', 'run', 'events.csv');
});

it('the integers of a column are digits in every row of a statement', async () => {
  const ids =
    'select product_id, [product_id] as list, count(*) as n from clickstream group by all order by 1';
  const rows = [`{"product_id":7,"list":[7],"n":1}`, `{"product_id":${wide},"list":[${wide}],"n":1}`];
  expect(await run('sql', ids, '--json')).toBe(`[\n${rows.join(',\n')}\n]\n`);
  expect(await run('sql', ids, '--format', 'jsonl')).toBe(`${rows.join('\n')}\n`);
  expect(await run('sql', 'select product_id from clickstream order by 1', '--format', 'csv')).toBe(
    `product_id\n7\n${wide}\n`,
  );
});

it('the ids of a metric are text in every row, and its counts are numbers', async () => {
  const week = ['--from', '2019-10-01', '--to', '2019-10-07'];
  const rows: { product: unknown; purchases: unknown }[] = JSON.parse(
    await run('query', 'top-products', ...week, '--json'),
  );
  expect(rows.map(({ product }) => product).toSorted()).toEqual([wide, '7']);
  expect(new Set(rows.flatMap((row) => typeof row.purchases))).toEqual(new Set(['number']));
});

it('the lines of rejected rows are numbers, and their values the text that was loaded', async () => {
  await run('etl', 'quarantine', '--out', 'rejected.jsonl');
  const lines = readFileSync(join(folder, 'rejected.jsonl'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ line: 4, product_id: '7' }),
    expect.objectContaining({ line: 5, product_id: wide }),
  ]);
  expect(await run('sql', 'select line from clickstream__quarantine order by 1', '--format', 'jsonl')).toBe(
    '{"line":4}\n{"line":5}\n',
  );
});
