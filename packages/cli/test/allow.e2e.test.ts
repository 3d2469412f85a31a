import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-allow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

/** The example's table, without these columns. */
const define = (...dropped: readonly string[]): void =>
  writeFileSync(
    join(folder, 'headwater.config.mjs'),
    `import base from ${JSON.stringify(pathToFileURL(config).href)};
const [{ schema, ...table }] = base.tables;
const dropped = ${JSON.stringify(dropped)};
const columns = schema.columns.filter(({ name }) => !dropped.includes(name));
const { brand, ...roles } = schema.roles;
const kept = (names) => names.filter((name) => !dropped.includes(name));
export default {
  lake: './lake',
  tables: [{
    ...table,
    schema: { ...schema, columns, roles, duplicateKey: kept(schema.duplicateKey), sortOrder: kept(schema.sortOrder) },
  }],
};
`,
  );

beforeAll(async () => {
  define();
  const row = (second: number) => `2019-10-01 00:00:0${second} UTC,view,1,nike,1.00,7\n`;
  const header = 'event_time,event_type,product_id,brand,price,user_id\n';
  for (const second of [1, 2, 3]) writeFileSync(join(folder, `${second}.csv`), header + row(second));
  expect(await run('etl', 'run', '1.csv')).toMatchObject({ code: 0 });
  define('brand');
});

it('an unknown id of --allow is refused, with the ids of the changes', async () => {
  for (const args of [['run', '2.csv'], ['compact'], ['replay']]) {
    const { code, stdout, stderr } = await run('etl', ...args, '--allow', 'drop-column:brnd');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--allow drop-column:brnd: there is no such change. The changes are: ');
    expect(stderr).toContain('drop-column:brand');
  }
});

it('a known id is accepted, and accepted again when the command is repeated', async () => {
  expect(await run('etl', 'run', '2.csv')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('[SCHEMA_INCOMPATIBLE]'),
  });
  for (const input of ['2.csv', '3.csv'])
    expect(await run('etl', 'run', input, '--allow', 'drop-column:brand')).toMatchObject({ code: 0 });
});
