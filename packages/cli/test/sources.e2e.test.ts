import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

// Clicks and buys in two files without a header, and visits with a table of pages beside them. All of it is invented.
const folder = mkdtempSync(join(tmpdir(), 'headwater-sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });
const write = (name: string, lines: readonly string[]): void =>
  writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(''));

/** What `--json` prints. */
async function json(...args: readonly string[]) {
  const { stdout, stderr } = await run(...args, '--json');
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

beforeAll(() => {
  write('headwater.config.mjs', [
    `import { decimal, defineEvents, defineLookup, lake, timestamp } from ${JSON.stringify(import.meta.resolve('@headwater/core'))};`,
    `import { z } from ${JSON.stringify(import.meta.resolve('zod'))};`,
    `const shop = defineEvents('shop', {
      columns: {
        session: z.int64(), event_time: timestamp(), product: z.int64(), action: z.enum(['view', 'cart', 'purchase']),
        price: decimal(12, 2).optional(), quantity: z.int32().optional(), category: z.string().optional(),
      },
      sources: {
        clicks: {
          positions: ['session', 'event_time', 'product', 'category'],
          constants: { action: 'view' },
          where: { category: { not: 'test' } },
        },
        buys: { positions: ['session', 'event_time', 'product', 'price', 'quantity'], constants: { action: 'purchase' } },
      },
      roles: {
        time: 'event_time', action: 'action', session: 'session', actor: 'session', item: 'product', category: 'category',
        amount: 'price', quantity: 'quantity',
      },
      amountPer: 'unit',
    });
    const pages = defineLookup('pages', {
      key: 'page_id',
      columns: { page_name: z.string(), kind: z.string().optional().register(lake, { nullTexts: ['NULL'] }) },
      none: 'null',
    });
    const visits = defineEvents('visits', {
      columns: {
        at: timestamp(), visit: z.string(), page_id: z.int32(),
        action: z.enum(['view', 'cart', 'purchase']).register(lake, { map: { 1: 'view', 2: 'cart', 3: 'purchase' } }),
        page: z.string().optional().register(lake, { lookup: 'page.page_name' }),
        kind: z.string().optional().register(lake, { lookup: 'page.kind' }),
      },
      lookups: { page: { table: pages, on: 'page_id' } },
      roles: { time: 'at', session: 'visit', action: 'action', item: 'page', category: 'kind' },
    });
    export default { tables: [shop, visits], lake: './lake', lookups: { page: 'pages.csv' } };`,
  ]);
  // The same tables before there were sources.
  write('before.config.mjs', [
    "import config from './headwater.config.mjs';",
    'const [shop] = config.tables;',
    'const { sources: _, ...schema } = shop.schema;',
    'export default { ...config, tables: [{ ...shop, schema }] };',
  ]);
  write('clicks.dat', [
    '1,2014-04-07T10:51:09.277Z,11,0',
    '1,2014-04-07T10:54:09.868Z,12,0',
    '2,2014-04-07T13:56:37.614Z,13,test',
    '3,2014-04-07T13:57:19.373Z,13,12',
    '3,soon,13,12',
  ]);
  write('buys.dat', ['1,2014-04-07T11:00:00.000Z,12,100.50,2']);
  write('pages.csv', ['page_id,page_name,kind', '1,Home,NULL', '2,Oysters,shellfish']);
  write('visits.csv', [
    'visit,page_id,action,at',
    'a,1,1,2020-01-01 00:00:00',
    'a,2,1,2020-01-01 00:01:00',
    'a,2,2,2020-01-01 00:02:00',
    'b,9,1,2020-01-02 00:00:00',
  ]);
});

describe('sources', () => {
  it('load two kinds of files into one table, and show what they left out', async () => {
    const refused = await run('etl', 'run', 'clicks.dat');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--source') });
    expect((await run('etl', 'run', 'clicks.dat', '--source', 'click')).stderr).toContain(
      'one of clicks, buys',
    );
    const { code, stdout } = await run('etl', 'run', '--source', 'clicks', 'clicks.dat');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\+ filtered +1 +20\.0%/);
    expect(stdout).toContain('committed shop (source clicks)');
    expect(await json('etl', 'run', '--source', 'buys', 'buys.dat')).toMatchObject({
      source: 'buys',
      rowsOut: 1,
    });
    expect((await run('etl', 'run', '--source', 'clicks', 'clicks.dat')).stdout).toContain(
      'loaded before, skipped',
    );
    expect((await run('etl', 'status', '--table', 'shop')).stdout).toMatch(/quarantined +filtered/);
    expect(await json('etl', 'verify', '--table', 'shop')).toMatchObject({ ok: true, rows: 4 });
    const [row] = await json('etl', 'quarantine', '--table', 'shop');
    expect(row).toMatchObject({ source: 'clicks.dat', source_name: 'clicks', line: 5 });
  });

  it('answer the questions of both', async () => {
    const range = ['--from', '2014-04-07', '--to', '2014-04-08'];
    const [funnel] = await json('query', 'conversion-funnel', ...range);
    expect(funnel).toMatchObject({ viewSessions: 2, purchaseSessions: 1 });
    const [revenue] = await json('query', 'revenue', ...range);
    expect(revenue).toMatchObject({ orders: 1, revenue: 201 });
  });

  it('find the rows that were rejected before the table had them', async () => {
    write('old.csv', ['session,event_time,product,action', '1,soon,1,view']);
    const load = ['etl', 'run', 'old.csv', '--lake', 'old', '--max-quarantine', '100%', '--table', 'shop'];
    expect((await run(...load, '--config', 'before.config.mjs')).code).toBe(0);
    const shown = ['etl', 'quarantine', '--lake', 'old', '--table', 'shop'];
    expect(await json(...shown)).toEqual([expect.objectContaining({ source: 'old.csv', source_name: null })]);
    await run('etl', 'run', '--source', 'clicks', 'clicks.dat', '--lake', 'old', '--table', 'shop');
    expect((await json(...shown)).map((row: { source_name: unknown }) => row.source_name)).toEqual([
      null,
      'clicks',
    ]);
    expect(await json(...shown, '--config', 'before.config.mjs')).toHaveLength(2);
    expect(await json('etl', 'replay', '--lake', 'old', '--table', 'shop')).toMatchObject({
      rowsIn: 2,
      quarantined: 2,
    });
  });

  it('are shown, and completed', async () => {
    expect((await run('schema', 'show')).stdout).toContain('only rows where category is not "test"');
    expect(await json('schema', 'show')).toMatchObject({
      sources: { clicks: { constants: { action: 'view' } } },
    });
    expect((await run('completion', 'sources')).stdout).toBe('clicks\nbuys\n');
  });
});

describe('lookups', () => {
  it('take the file of the config, or of --lookup, and show the rows without a match', async () => {
    const { stdout } = await run('etl', 'run', '--table', 'visits', 'visits.csv');
    expect(stdout).toContain('lookup page: pages.csv, 2 rows; 1 row in without a match, with nulls');
    const top = await json(
      'query',
      'top-products',
      '--table',
      'visits',
      '--from',
      '2020-01-01',
      '--to',
      '2020-01-02',
    );
    expect(top).toContainEqual(expect.objectContaining({ product: 'Oysters', carts: 1 }));
    write('more.csv', ['page_id,page_name', '9,Nine']);
    const again = ['etl', 'run', '--table', 'visits', 'visits.csv', '--lookup', 'page=more.csv'];
    expect((await run(...again)).stdout).toContain(
      'the file of the lookup page is another one than when 1 input',
    );
    expect(await json(...again)).toMatchObject({ inputs: [{ skipped: true, otherLookups: ['page'] }] });
    expect(await json(...again, '--lake', 'other')).toMatchObject({
      lookups: [{ name: 'page', source: 'more.csv', rows: 1, unmatched: 3 }],
    });
  });

  it('are named when they are wrong', async () => {
    const load = (...words: readonly string[]) =>
      run('etl', 'run', '--table', 'visits', 'visits.csv', '--lake', 'l', ...words);
    expect(await load('--lookup', 'pages=pages.csv')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('The lookups are: page.'),
    });
    expect(await load('--lookup', 'page')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected NAME=FILE'),
    });
    write('twice.csv', ['page_id,page_name', '1,Home', '01,House']);
    expect(await load('--lookup', 'page=twice.csv')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'twice.csv line 3: cannot be used as the lookup page: page_id: the key "1" has 2 rows',
      ),
    });
  });
});
