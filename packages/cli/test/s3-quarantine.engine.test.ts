import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const aws = useAwsSandbox('quarantine');
const folder = mkdtempSync(join(tmpdir(), 'headwater-s3-quarantine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Temporary files in a place of their own, so that the test sees which of them are left.
const temporary = mkdtempSync(join(tmpdir(), 'headwater-s3-quarantine-tmp-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));
const env = { XDG_CACHE_HOME: join(folder, 'cache'), TMPDIR: temporary };

const run = async (...args: readonly string[]) => {
  const ended = await runCli([...args, '--config', config], { cwd: folder, env });
  expect(ended.code, ended.stderr).toBe(0);
  return ended.stdout;
};
const json = async (...args: readonly string[]) => JSON.parse(await run(...args, '--json'));

const header = 'event_time,event_type,product_id,brand,price,user_id\n';
const first = [
  '2019-10-01 00:00:00 UTC,view,1,nike,5.00,10',
  '2019-10-01 00:00:01 UTC,view,1,"nike, inc",-5.00,10',
  'cut off',
];
const second = ['2019-10-02 00:00:03 UTC,view,x,,1.00,10', '2019-10-02 00:00:04 UTC,view,2,,1.00,10'];

const copies = () => readdirSync(temporary).filter((name) => name.startsWith('headwater-'));
const places = () => ({ local: ['--lake', 'lake'], remote: ['--lake', aws.location] });

beforeAll(async () => {
  writeFileSync(join(folder, 'first.csv'), `${header}${first.join('\n')}\n`);
  writeFileSync(join(folder, 'second.csv'), `${header}${second.join('\n')}\n`);
  for (const place of Object.values(places()))
    for (const file of ['first.csv', 'second.csv'])
      await run('etl', 'run', file, ...place, '--max-quarantine', '90%');
});

it('shows the rejected rows of a lake on S3 as of one in a folder', async () => {
  const { local, remote } = places();
  const rows = await json('etl', 'quarantine', ...remote);
  expect(rows).toHaveLength(3);
  expect(rows).toEqual(await json('etl', 'quarantine', ...local));
  expect(await run('etl', 'quarantine', ...remote)).toBe(await run('etl', 'quarantine', ...local));
  expect(await json('etl', 'quarantine', ...remote, '--reason', 'line:too_few_fields')).toMatchObject([
    { source: 'first.csv', line: 4, raw: 'cut off' },
  ]);
});

it.each(['rejected.csv', 'rejected.parquet'])('writes %s in full, and leaves no copy behind', async (out) => {
  const { local, remote } = places();
  await run('etl', 'quarantine', ...local, '--out', `local-${out}`);
  await run('etl', 'quarantine', ...remote, '--out', `remote-${out}`);
  expect(readFileSync(join(folder, `remote-${out}`))).toEqual(readFileSync(join(folder, `local-${out}`)));
  expect(copies()).toEqual([]);
});

it('refuses a reason that no row has, and leaves no copy behind', async () => {
  const args = ['etl', 'quarantine', '--lake', aws.location, '--config', config, '--reason', 'nope'];
  const { code, stderr } = await runCli(args, { cwd: folder, env });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('line:too_few_fields') });
  expect(copies()).toEqual([]);
});

it('names the command after a load, as of a folder', async () => {
  expect(await run('etl', 'status', '--lake', aws.location)).toContain(
    `etl quarantine --lake ${aws.location}`,
  );
});

it('discards rows, and an empty quarantine has no rows to show', async () => {
  await run('etl', 'quarantine', '--lake', aws.location, '--discard', '--yes');
  expect(await json('etl', 'quarantine', '--lake', aws.location)).toEqual([]);
});
