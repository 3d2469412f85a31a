import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-misfit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workspace = join(import.meta.dirname, '..', '..', '..');
const run = (...args: readonly string[]) => runCli([...args, '--lake', 'lake'], { cwd: folder });
const failure = async (...args: readonly string[]) => {
  const { stderr } = await run(...args, '--json');
  return JSON.parse(stderr);
};

/** The project's definition, with these columns after the first three. */
const define = (amount: string, columns: string, rest = ''): void =>
  writeFileSync(
    join(folder, 'events.ts'),
    `import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';
export const events = defineEvents('events', {
  columns: { at: timestamp(), kind: z.enum(['view', 'purchase']), actor: z.string(), session: z.string(), ${columns} },
  roles: { time: 'at', action: 'kind', actor: 'actor', session: 'session', amount: '${amount}' },
  ${rest}
});
`,
  );

beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules/@headwater'), { recursive: true });
  symlinkSync(join(workspace, 'packages/core'), join(folder, 'node_modules/@headwater/core'));
  symlinkSync(join(workspace, 'node_modules/zod'), join(folder, 'node_modules/zod'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'headwater.config.ts'),
    "import { events } from './events.ts';\nexport default { tables: [events] };\n",
  );
  define('price', 'price: decimal(8, 2).optional()');
  const row = '2019-10-01 00:00:00,purchase,a,s,1.40';
  writeFileSync(join(folder, 'raw.csv'), `at,kind,actor,session,price\n${row}\n`);
  expect((await run('etl', 'run', 'raw.csv')).code).toBe(0);
});

const week = ['--from', '2019-10-01', '--to', '2019-10-07'];

describe('a definition that the lake’s files do not fit', () => {
  it('is refused by query, sql and a load, and is a problem that verify names', async () => {
    define('paid', 'paid: decimal(8, 2).optional()');
    const misfit = { id: 'drop-column:price', column: 'price', files: 1, commits: [1, 1] };
    const refused = { code: 'SCHEMA_INCOMPATIBLE', payload: { table: 'events', misfits: [misfit] } };
    expect(await failure('query', 'revenue', ...week)).toMatchObject(refused);
    expect(await failure('sql', 'select count(*) as n from events')).toMatchObject(refused);
    writeFileSync(
      join(folder, 'more.csv'),
      'at,kind,actor,session,paid\n2019-10-02 00:00:00,purchase,a,s,2.00\n',
    );
    expect(await failure('etl', 'run', 'more.csv')).toMatchObject(refused);
    const verified = await run('etl', 'verify');
    expect(verified.code).toBe(1);
    expect(verified.stdout.replaceAll(/\s+/g, ' ')).toContain(
      "(drop-column:price; 1 file of commit 1). If it was renamed to paid, declare renamedFrom: 'price' there; if not, allow the change: " +
        'headwater etl compact --allow drop-column:price',
    );
    const text = await run('query', 'revenue', ...week);
    expect(text.code).not.toBe(0);
    expect(text.stderr.replaceAll(/\s+/g, ' ')).toContain(
      "Nothing was read. price: is gone, and paid is new (drop-column:price; 1 file of commit 1): if it was renamed to paid, declare renamedFrom: 'price' there",
    );
  });

  it('is answered once the rename is declared, and once the change is allowed', async () => {
    define('paid', "paid: decimal(8, 2).register(lake, { renamedFrom: 'price' }).optional()");
    const answer = async () =>
      JSON.parse((await run('query', 'revenue', ...week, '--grain', 'all', '--json')).stdout);
    expect(await answer()).toMatchObject([{ revenue: 1.4 }]);
    define('paid', 'paid: decimal(8, 2).optional()');
    const allowed = await run('etl', 'compact', '--allow', 'drop-column:price');
    expect(allowed.stdout).toContain('allowed drop-column:price, for the files of earlier commits\n');
    expect(await answer()).toMatchObject([{ revenue: 0 }]);
  });
});

it('a load into many folders of few rows says what to change', async () => {
  define('price', 'price: decimal(8, 2).optional()', 'partitionBy: { hour: true },');
  const rows = Array.from({ length: 120 }, (_, hour) => {
    const at = new Date(Date.UTC(2019, 9, 1, hour)).toISOString();
    return `${at},purchase,a,s,1.40`;
  });
  writeFileSync(join(folder, 'hours.csv'), `at,kind,actor,session,price\n${rows.join('\n')}\n`);
  const { stdout } = await runCli(['etl', 'run', 'hours.csv', '--lake', 'hourly'], { cwd: folder });
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    '120 folders by day, hour hold 1 row each on average: loads take several times as long, and a query opens a file for each. ' +
      'partitionBy day makes 5 folders of 24 rows; to change it, load the raw files into a new lake',
  );
});
