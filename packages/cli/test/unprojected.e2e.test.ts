import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { awsTarget } from '@headwater/core';
import { afterAll, expect, it } from 'vitest';
import { unprojectedNotes } from '../src/lake/unprojected-notes.ts';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-unprojected-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const aws = {
  region: 'us-east-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://shop-lake/events',
  firstDay: '2019-10-02',
};
const omits =
  /queries on Athena and Trino omit 2 rows in 1 day \(2019-10-01\): their partition projection covers 2019-10-02 to \d{4}-\d\d-\d\d; set firstDay in `aws` to 2019-10-01 or earlier, then run headwater schema publish/;

it('names the days of a load that Athena and Trino omit, and the setting to change', async () => {
  writeFileSync(
    join(folder, 'headwater.config.mjs'),
    `import base from ${JSON.stringify(pathToFileURL(config).href)};\nexport default { ...base, lake: 'lake', aws: ${JSON.stringify(aws)} };\n`,
  );
  const rows = ['2019-10-01 00:00:00', '2019-10-01 00:00:01', '2019-10-02 00:00:00'];
  writeFileSync(
    join(folder, 'events.csv'),
    `event_time,event_type,product_id,price,user_id\n${rows.map((at) => `${at} UTC,view,1,1.00,1\n`).join('')}`,
  );
  const run = (...args: readonly string[]) => runCli(['etl', 'run', 'events.csv', ...args], { cwd: folder });
  expect(await run()).toMatchObject({ code: 0, stdout: expect.stringMatching(omits) });
  const { stdout } = await run('--json', '--lake', 'other');
  expect(JSON.parse(stdout)).toMatchObject({
    unprojected: {
      days: 1,
      rows: 2,
      first: '2019-10-01',
      last: '2019-10-01',
      projected: ['2019-10-02', expect.any(String)],
    },
  });
  // Without `aws` nobody reads the lake through a projection.
  const local = await run('--json', '--lake', 'third', '--config', config);
  expect(JSON.parse(local.stdout)).toMatchObject({ rowsOut: 3, unprojected: null });
});

it('notes them beside an answer of Athena or Trino over these days, and nowhere else', async () => {
  const target = awsTarget(aws);
  const lake = { config: { aws: target }, engine: { reportsScan: true }, location: join(folder, 'lake') };
  const notes = (asked?: readonly [string, string], more: object = {}) =>
    unprojectedNotes({ ...lake, ...more }, ['clickstream'], asked);
  expect(await notes()).toEqual([expect.stringMatching(omits)]);
  expect(await notes(['2019-09-01', '2019-10-01'])).toEqual([expect.stringMatching(omits)]);
  expect(await notes(['2019-10-02', '2019-10-31'])).toEqual([]);
  expect(await notes(undefined, { engine: { reportsScan: false } })).toEqual([]);
  expect(await notes(undefined, { config: {} })).toEqual([]);
  expect(await notes(undefined, { location: join(folder, 'nowhere') })).toEqual([]);
});

it('doctor names them too, and a lake that it cannot read', async () => {
  const env = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_MAX_ATTEMPTS: '1',
  };
  const days = async (...args: readonly string[]): Promise<{ state: string; found: string } | undefined> => {
    const { code, stdout, stderr } = await runCli(['doctor', '--json', ...args], { cwd: folder, env });
    expect(code, stderr).toBe(0);
    const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; found: string }[] };
    return checks.find(({ name }) => name === 'projected days');
  };
  const found = await days();
  expect(found?.state).toBe('note');
  expect(found?.found).toMatch(omits);
  expect(found?.found).toMatch(/s3:\/\/shop-lake\/events: not checked, .*ECONNREFUSED/);
  // What to change stands at the end, so that no terminal is too narrow for it.
  const { stdout } = await runCli(['doctor'], { cwd: folder, env: { ...env, COLUMNS: '50' } });
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(omits);
  for (const line of stdout.split('\n'))
    if (line.trim().includes(' ')) expect(line.length).toBeLessThanOrEqual(50);
  // Without `aws` nobody reads the lake through a projection.
  const local = join(folder, 'local.config.mjs');
  writeFileSync(
    local,
    `import base from ${JSON.stringify(pathToFileURL(config).href)};\nexport default { tables: base.tables };\n`,
  );
  expect(await days('--config', local)).toBeUndefined();
});

it('names the days after lastDay, and doctor warns about a last day that projects too many', async () => {
  const withLastDay = (lastDay: string): string => {
    const file = join(folder, `${lastDay}.config.mjs`);
    const place = { ...aws, firstDay: '2019-10-01', lastDay };
    writeFileSync(
      file,
      `import base from ${JSON.stringify(pathToFileURL(config).href)};\nexport default { ...base, aws: ${JSON.stringify(place)} };\n`,
    );
    return file;
  };
  const run = (lastDay: string, ...args: readonly string[]) =>
    runCli([...args, '--config', withLastDay(lastDay)], {
      cwd: folder,
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_MAX_ATTEMPTS: '1' },
    });
  const load = await run('2019-10-01', 'etl', 'run', 'events.csv', '--lake', 'ended');
  expect(load).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /omit 1 row in 1 day \(2019-10-02\): .* covers 2019-10-01 to 2019-10-01; set lastDay in `aws` to 2019-10-02 or later, or leave it out/,
    ),
  });
  const again = await run('2019-10-02', 'etl', 'run', 'events.csv', '--lake', 'covered', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ rowsOut: 3, unprojected: null });
  const refused = await run('2019-09-30', 'doctor', '--json');
  expect(refused.stdout).toContain('aws.lastDay must not be before firstDay, 2019-10-01');
  const { stdout } = await run('2999-12-31', 'doctor', '--json');
  const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; found: string }[] };
  expect(checks.find(({ name }) => name === 'projected partitions')).toMatchObject({
    state: 'note',
    found: expect.stringMatching(
      /Athena lists [0-9,]+ partitions .*fails above 1,000,000\. Set firstDay and lastDay/,
    ),
  });
});
