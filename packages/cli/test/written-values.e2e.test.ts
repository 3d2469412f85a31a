import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-written-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]) {
  const { code, stdout, stderr } = await runCli(args, { cwd: folder });
  expect(code, stderr).toBe(0);
  return stdout;
}

// Invoice lines as a shop in London exports them: local times over both changes of the clock, decimal commas, floats as ids.
const lines = [
  'InvoiceNo;Quantity;InvoiceDate;UnitPrice;CustomerID',
  '1;6;3/31/2019 0:59;2,55;17850.0',
  '2;6;3/31/2019 1:30;3,39;17850.0',
  '3;6;3/31/2019 2:00;1.003,39;NULL',
  '4;6;10/27/2019 1:30;3,39;17851.0',
  '5;6;10/27/2019 2:30;3,39;17851.5',
  '6;-1;2019-07-01 12:00:00;3,39;',
  '7;1;31/3/2019 12:00;3,39;17850.0',
  '8;1;12/31/2019 23:59;3.39;17850.0',
];

beforeAll(async () => {
  const core = pathToFileURL(join(import.meta.dirname, '..', '..', 'core', 'src', 'index.ts')).href;
  const zod = dirname(createRequire(import.meta.url).resolve('zod/package.json'));
  writeFileSync(
    join(folder, 'headwater.config.mjs'),
    `import { decimal, defineEvents, emptyToNull, lake, timestamp, trim, wholeNumber } from ${JSON.stringify(core)};
import { z } from ${JSON.stringify(pathToFileURL(join(zod, 'index.js')).href)};
const sales = defineEvents('sales', {
  columns: {
    invoice: z.string().register(lake, { aliases: ['InvoiceNo'] }),
    quantity: z.int32(),
    time: timestamp({ formats: ['M/D/YYYY H:mm', 'YYYY-MM-DD HH:mm:ss'], zone: 'Europe/London' }).register(lake, { aliases: ['InvoiceDate'] }),
    price: decimal(12, 3).register(lake, { aliases: ['UnitPrice'], numberFormat: { decimal: ',', group: '.' } }),
    customer: z.int64().optional().register(lake, {
      aliases: ['CustomerID'], nullTexts: ['NULL'], invalid: 'null', clean: [trim(), wholeNumber(), emptyToNull()],
    }),
  },
  roles: { time: 'time', actor: 'customer', order: 'invoice', amount: 'price', quantity: 'quantity' },
});
export default { tables: [sales], lake: './lake' };
`,
  );
  writeFileSync(join(folder, 'lines.csv'), `${lines.join('\n')}\n`);
});

it('a load says which values became null, and which were in another format', async () => {
  const report = await run('etl', 'run', 'lines.csv');
  expect(report).toMatch(/rows in +8\n= rows out +6/);
  expect(report).toMatch(/time:not_in_time_format +1/);
  expect(report).toMatch(/price:not_in_number_format +1/);
  expect(report).toMatch(
    /bad values that became null \(column:code\) +rows +first at\ncustomer:not_an_integer +1 +lines.csv, line 6\n/,
  );
  expect(await run('etl', 'status')).toMatch(/values nulled\n.* 1\n/);
  const { runs } = JSON.parse(await run('etl', 'status', '--json'));
  expect(runs).toMatchObject([{ nulled: { 'customer:not_an_integer': 1 } }]);
});

it('local times and decimal commas are right', async () => {
  const rows = await run(
    'sql',
    'select invoice, time, price, customer from sales order by invoice',
    '--format',
    'csv',
  );
  expect(rows.trim().split('\n')).toEqual([
    'invoice,time,price,customer',
    '1,2019-03-31T00:59:00.000Z,2.55,17850',
    // There was no 01:30 that day: half past one before the change is half past two after it.
    '2,2019-03-31T01:30:00.000Z,3.39,17850',
    '3,2019-03-31T01:00:00.000Z,1003.39,',
    '4,2019-10-27T00:30:00.000Z,3.39,17851',
    '5,2019-10-27T02:30:00.000Z,3.39,',
    '6,2019-07-01T11:00:00.000Z,3.39,',
  ]);
});

it('the definition is shown with the ways of reading', async () => {
  const shown = await run('schema', 'show');
  expect(shown).toMatch(
    /^time: read as `M\/D\/YYYY H:mm` or `YYYY-MM-DD HH:mm:ss`, in the zone Europe\/London/m,
  );
  expect(shown).toMatch(
    /^customer: .*`NULL` becomes null; a value that fails a rule becomes null, and is counted$/m,
  );
});
