import { globSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

/** What `--json` prints, whatever the exit code. */
async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  return { code, answer: JSON.parse(stdout || 'null'), stderr };
}

beforeAll(async () => {
  // Three tables of the same columns; `returns` is never loaded.
  writeFileSync(
    join(folder, 'headwater.config.mjs'),
    `import base from ${JSON.stringify(pathToFileURL(config).href)};
const named = (name) => ({ ...base.tables[0], name, schema: { ...base.tables[0].schema, name } });
export default { tables: [named('shop'), named('returns'), named('outlet')], lake: './lake' };
`,
  );
  const head = 'event_time,event_type,product_id,price,user_id\n';
  const row = (second: number, price: string) => `2019-10-01 00:00:0${second} UTC,view,1,${price},7\n`;
  writeFileSync(join(folder, 'shop-1.csv'), head + row(1, '1.00') + row(2, '-1'));
  writeFileSync(join(folder, 'shop-2.csv'), head + row(3, '1.00'));
  writeFileSync(join(folder, 'outlet.csv'), head + row(1, '2.00'));
  for (const [table, input] of [
    ['shop', 'shop-1.csv'],
    ['shop', 'shop-2.csv'],
    ['outlet', 'outlet.csv'],
  ])
    expect(await run('etl', 'run', input ?? '', '--table', table ?? '')).toMatchObject({ code: 0 });
});

it('reports on every table that the lake holds, and on the named one alone', async () => {
  expect((await json('etl', 'status')).answer).toMatchObject({
    tables: [
      { table: 'shop', rows: 2, quarantined: 1 },
      { table: 'outlet', rows: 1 },
    ],
  });
  expect((await json('etl', 'status', '--table', 'outlet')).answer).toMatchObject({
    table: 'outlet',
    rows: 1,
  });
  const { stdout } = await run('etl', 'status');
  expect(stdout).toContain('shop in lake\n');
  expect(stdout).toContain('etl quarantine --table shop\n');
  expect(stdout).toContain('outlet in lake\n');
  expect(await run('etl', 'status', '--table', 'returns')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('[LAKE_NOT_FOUND]'),
  });
});

it('compacts and replays every table', async () => {
  expect((await json('etl', 'replay')).answer).toMatchObject({
    tables: [
      { table: 'shop', rowsIn: 1, quarantined: 1 },
      { table: 'outlet', rowsIn: 0 },
    ],
  });
  expect((await json('etl', 'compact')).answer).toMatchObject({
    tables: [
      { table: 'shop', partitions: 1, filesBefore: 2, filesAfter: 1 },
      { table: 'outlet', partitions: 0 },
    ],
  });
  expect((await run('etl', 'compact')).stdout).toMatch(/^shop\nNothing to rewrite.*\n\noutlet\nNothing/);
});

it('verifies every table, and fails for a damaged file of any', async () => {
  const { stdout } = await run('etl', 'verify');
  expect(stdout).toMatch(/^shop\nverified 2 files, 2 rows, .*\n\noutlet\nverified 1 file, 1 row, /);
  const [file = ''] = globSync('lake/outlet/dt=2019-10-01/*.parquet', { cwd: folder });
  truncateSync(join(folder, file), 100);
  const { code, answer } = await json('etl', 'verify');
  expect({ code, answer }).toMatchObject({
    code: 1,
    answer: {
      tables: [
        { table: 'shop', ok: true },
        { table: 'outlet', ok: false },
      ],
    },
  });
});

it('goes on with the other tables when the manifests of one cannot be read', async () => {
  const [manifest = ''] = globSync('lake/_headwater/shop/00000001.json', { cwd: folder });
  writeFileSync(join(folder, manifest), '{');
  const { code, answer, stderr } = await json('etl', 'verify');
  expect({ code, answer }).toMatchObject({ code: 1, answer: { tables: [{ table: 'outlet' }] } });
  expect(JSON.parse(stderr)).toMatchObject({ code: 'LAKE_CORRUPT', payload: { table: 'shop' } });
});

it('repairs the table that lost a manifest, without its name, and leaves the others', async () => {
  const place = ['--lake', 'own'];
  await run('etl', 'run', 'shop-2.csv', '--table', 'shop', ...place);
  await run('etl', 'run', 'outlet.csv', '--table', 'outlet', ...place);
  rmSync(join(folder, 'own/_headwater/outlet/00000001.json'));
  const { code, answer } = await json('etl', 'verify', ...place);
  expect({ code, answer }).toMatchObject({
    code: 1,
    answer: {
      tables: [
        { table: 'shop', ok: true },
        {
          table: 'outlet',
          ok: false,
          problems: [{ fix: expect.stringContaining('headwater lake repair --lake own') }],
        },
      ],
    },
  });
  expect((await json('lake', 'repair', ...place)).answer).toMatchObject({
    tables: [
      { table: 'shop', adopted: [], inputsUnknown: false },
      { table: 'outlet', rows: 1, inputsUnknown: true, problems: [] },
    ],
  });
  expect(await json('etl', 'verify', ...place)).toMatchObject({ code: 0 });
});
