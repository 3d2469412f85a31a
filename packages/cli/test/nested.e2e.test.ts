import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

// Events with their items in a list, as trackers write them. All of it is invented.
const folder = mkdtempSync(join(tmpdir(), 'headwater-nested-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

const event = (at: number, name: string, actor: string, items: readonly object[], order?: string): string =>
  JSON.stringify({
    event_date: '20210131',
    ...{
      event_timestamp: `${1_612_069_510_000_000 + at * 1_000_000}`,
      event_name: name,
      user_pseudo_id: actor,
    },
    ...(order === undefined ? {} : { ecommerce: { transaction_id: order } }),
    items,
  });

beforeAll(() => {
  writeFileSync(
    join(folder, 'headwater.config.mjs'),
    `import { decimal, defineEvents, lake, timestamp } from ${JSON.stringify(import.meta.resolve('@headwater/core'))};
    import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
    const text = (path) => z.string().optional().register(lake, { path });
    const web = defineEvents('web', {
      explode: 'items',
      columns: {
        time: timestamp({ from: 'epoch-microseconds' }).register(lake, { path: 'event_timestamp' }),
        event_name: z.string(), actor: text('user_pseudo_id'), order_id: text('ecommerce.transaction_id'),
        product: text('items[].item_id'), colour: text('items[].colour'),
        price: decimal(12, 2).optional().register(lake, { path: 'items[].price' }),
        quantity: z.int32().optional().register(lake, { path: 'items[].quantity' }),
      },
      roles: { time: 'time', action: 'event_name', actor: 'actor', order: 'order_id', item: 'product', amount: 'price', quantity: 'quantity' },
      amountPer: 'unit',
      actions: { view: 'view_item', cart: 'add_to_cart', purchase: 'purchase' },
    });
    export default { tables: [web], lake: './lake' };`,
  );
  const lines = [
    event(0, 'page_view', '1.1', []),
    event(1, 'view_item', '1.1', [{ item_id: 'a', price: 12.5, quantity: '1' }]),
    event(
      2,
      'purchase',
      '1.1',
      [
        { item_id: 'a', price: 12.5, quantity: '2' },
        { item_id: 'b', price: 'n/a' },
      ],
      'T1',
    ),
    event(3, 'purchase', '2.1', [{ item_id: 'b', price: 1.1, quantity: '10' }], 'T2'),
  ];
  writeFileSync(join(folder, 'events.jsonl'), `${lines.join('\n')}\n`);
});

it('loads them, tells records from rows, and answers from the items', async () => {
  const loaded = await run('etl', 'run', 'events.jsonl');
  expect(loaded.stdout).toMatch(/records read +4\nrows in +5\n= rows out +4/);
  expect(loaded.stdout).toContain('missing from the file: colour (events.jsonl)');
  const shown = await run('schema', 'show');
  expect(shown.stdout).toContain('ecommerce.transaction_id');
  expect(shown.stdout).toContain('a row per   element of items');
  const { stdout } = await run('query', 'revenue', '--from', '2021-01-31', '--to', '2021-01-31', '--json');
  expect(JSON.parse(stdout)).toMatchObject([{ orders: 2, revenue: 36 }]);
});

it('writes a rejected item as CSV, which loads again when it is corrected', async () => {
  await run('etl', 'quarantine', '--out', 'rejected.csv');
  const rejected = readFileSync(join(folder, 'rejected.csv'), 'utf8');
  expect(rejected).toContain('price:not_a_decimal');
  // The column, not the raw record.
  writeFileSync(join(folder, 'rejected.csv'), rejected.replace(/,n\/a,([^,\n]*)\n$/, ',4.00,$1\n'));
  const loaded = await run('etl', 'run', 'rejected.csv', '--json');
  expect(JSON.parse(loaded.stdout)).toMatchObject({ rowsIn: 1, rowsOut: 1, quarantined: 0 });
  const { stdout } = await run(
    'sql',
    "SELECT price FROM web WHERE product = 'b' ORDER BY price",
    '--format',
    'csv',
  );
  expect(stdout.trim().split('\n')).toEqual(['price', '1.1', '4']);
});
