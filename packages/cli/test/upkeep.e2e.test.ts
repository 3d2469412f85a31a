import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-upkeep-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = ['--lake', 'lake', '--config', config];
const env = { XDG_CACHE_HOME: join(folder, 'cache') };
const run = (...args: readonly string[]) => runCli(args, { cwd: folder, env });
async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

beforeAll(async () => {
  const header = 'event_time,event_type,product_id,brand,price,user_id\n';
  const rows = Array.from(
    { length: 60 },
    (_, n) =>
      `2019-10-0${1 + (n % 3)} 00:00:${10 + (n % 50)} UTC,view,${n},nike,5.00,${7_000_000_001 + (n % 4)}`,
  );
  writeFileSync(join(folder, 'raw.csv'), `${header}${rows.join('\n')}\ncut off\n`);
  expect(await json('etl', 'run', 'raw.csv', ...place)).toMatchObject({ rowsOut: 60, quarantined: 1 });
});

it('expires days, and only when that is confirmed', async () => {
  const expire = ['etl', 'expire', ...place, '--older-than', '2019-10-02'];
  expect(await run('etl', 'expire', ...place)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('needs --older-than'),
  });
  expect(await run(...expire)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Give --yes'),
  });
  const what = '1 day before 2019-10-02 (20 rows, 2019-10-01 to 2019-10-01), 1 file';
  expect((await run(...expire, '--dry-run')).stdout).toContain(
    `Dry run: nothing was changed. It would remove ${what}`,
  );
  expect(await json('etl', 'status', ...place)).toMatchObject({ rows: 60 });
  expect((await run(...expire, '--yes')).stdout).toContain(`removed ${what}`);
  expect((await run(...expire, '--yes')).stdout).toBe('Nothing to remove: no day is before 2019-10-02.\n');
  expect((await run('etl', 'status', ...place)).stdout).toMatch(/erased\n(.*\n)*.* expire .* 20\n/);
  expect(await json('etl', 'verify', ...place)).toMatchObject({ ok: true, rows: 40 });
  expect(await run('etl', 'expire', ...place, '--older-than', 'soon', '--yes')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('such as 90d'),
  });
});
