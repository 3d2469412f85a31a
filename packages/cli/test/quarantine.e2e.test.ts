import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-quarantine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = ['--lake', 'lake', '--config', config];
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });
async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const header = 'event_time,event_type,product_id,brand,price,user_id\n';
const rejected = [
  '2019-10-01 00:00:01 UTC,view,1,"nike, inc",-5.00,10',
  '2019-10-01 00:00:02 UTC,view,1,"a ""quoted"" brand",-6.00,10',
  '2019-10-01 00:00:03 UTC,view,x,,1.00,10',
];

beforeAll(async () => {
  const good = '2019-10-01 00:00:00 UTC,view,1,nike,5.00,10';
  writeFileSync(join(folder, 'raw.csv'), `${header}${[good, ...rejected, 'cut off'].join('\n')}\n`);
  expect(
    await json('etl', 'run', 'raw.csv', '--config', config, '--lake', 'lake', '--max-quarantine', '90%'),
  ).toMatchObject({
    rowsOut: 1,
    quarantined: 4,
  });
});

it.each(['rejected.csv', 'rejected.jsonl.gz', 'rejected.parquet'])(
  '%s loads again, row by row',
  async (out) => {
    expect(await json('etl', 'quarantine', ...place, '--out', out)).toMatchObject({ out });
    const again = ['--lake', `again-${out}`, '--config', config, '--max-quarantine', '100%'];
    const { rowsIn, quarantined, reasons } = await json('etl', 'run', out, ...again);
    expect({ rowsIn, quarantined }).toEqual({ rowsIn: 4, quarantined: 4 });
    // The same faults are found again; only the line that could not be split is now a row without values.
    expect(reasons).toMatchObject({ 'price:below_minimum': 2, 'product_id:not_an_integer': 1 });
  },
);

it('a corrected export loads into the same lake', async () => {
  await json('etl', 'quarantine', ...place, '--reason', 'price:below_minimum', '--out', 'negative.csv');
  const text = readFileSync(join(folder, 'negative.csv'), 'utf8');
  expect(text.split('\n')[0]).toMatch(/^source,line,reasons,found,raw,event_time,/);
  writeFileSync(join(folder, 'corrected.csv'), text.replaceAll(/,-(\d)/g, ',$1'));
  expect(await json('etl', 'run', 'corrected.csv', ...place)).toMatchObject({ rowsIn: 2, rowsOut: 2 });
  const rows = await json('sql', 'select brand, price from clickstream order by event_time', ...place);
  expect(rows).toEqual([
    { brand: 'nike', price: 5 },
    { brand: 'nike, inc', price: 5 },
    { brand: 'a "quoted" brand', price: 6 },
  ]);
});

it('discards the rows of a reason, counted, and only when that is confirmed', async () => {
  const negative = ['etl', 'quarantine', ...place, '--reason', 'price:below_minimum', '--discard'];
  expect(await run(...negative)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Give --yes'),
  });
  expect((await run(...negative, '--yes')).stdout).toBe('discarded 2 rows; 2 left in the quarantine\n');
  expect(await json('etl', 'status', ...place)).toMatchObject({ rows: 3, quarantined: 2 });
  expect((await run('etl', 'status', ...place)).stdout).toContain('discard');
  expect(await run(...negative, '--yes')).toMatchObject({ code: 2 });
});

it('refuses a reason that no row has, and names those that there are', async () => {
  for (const args of [[], ['--discard', '--yes']]) {
    const { code, stdout, stderr } = await run('etl', 'quarantine', ...place, '--reason', 'nope', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('line:too_few_fields, product_id:not_an_integer');
  }
});
