import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-rollups-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clickstream = pathToFileURL(join(import.meta.dirname, '..', 'src', 'template', 'clickstream.ts')).href;
const writeConfig = (name: string, rollups: string): void =>
  writeFileSync(
    join(folder, name),
    `import { clickstream } from '${clickstream}';\nexport default { tables: [clickstream], lake: './lake', rollups: ${rollups} };\n`,
  );
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });
async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const header = 'event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session';
const days = ['--from', '2019-10-01', '--to', '2019-10-03'];

beforeAll(async () => {
  writeConfig(
    'headwater.config.mjs',
    "[{ metric: 'conversion-funnel', grains: ['day'], by: ['none', 'product'] }, { metric: 'daily-visitors', grains: ['day'], keys: true }]",
  );
  const rows = Array.from({ length: 90 }, (_, n) => {
    const time = `2019-10-0${1 + (n % 3)} 00:${10 + (n % 50)}:00 UTC`;
    return `${time},${n % 5 === 0 ? 'purchase' : 'view'},${n},1,shoes,nike,5.00,${7_000_000_001 + n},s${n % 30}`;
  });
  writeFileSync(join(folder, 'raw.csv'), `${header}\n${rows.join('\n')}\n`);
});

it('a load writes the rollups of the config, a question is answered from them, and what is not worth keeping says why', async () => {
  const loaded = await json('etl', 'run', 'raw.csv');
  expect(loaded).toMatchObject({ rowsOut: 90 });
  expect(loaded.rollups.rollups).toMatchObject([
    { metric: 'conversion-funnel', by: 'none', isKept: true, days: 3, watermark: '2019-10-03' },
    { by: 'product', isKept: false, days: 0 },
    { metric: 'daily-visitors', isKept: true },
    { kind: 'keys', measure: 'visitors', isKept: false, groups: 90 },
  ]);
  // Each is a process of its own; they only read.
  const [{ stdout: shown }, stored, raw, { stdout: explained }, inFolder] = await Promise.all([
    run('lake', 'rollups'),
    json('query', 'conversion-funnel', ...days),
    json('query', 'conversion-funnel', ...days, '--no-rollup'),
    run('query', 'conversion-funnel', ...days, '--explain'),
    run('lake', 'rollups', '--refresh', '--engine', 'trino'),
  ]);
  expect(inFolder).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('of a lake on S3; lake is a folder'),
  });
  expect(shown).toMatch(/^rollup +days +missing +outdated +groups +events +size +complete to +kept$/m);
  expect(shown).toMatch(/conversion-funnel by day, product: not kept, 1\.\d events a group/);
  expect(shown).toMatch(/daily-visitors by day, keys of visitors: not kept, 1\.0 events a key/);
  expect(stored).toEqual(raw);
  expect(explained).toMatch(/^rollup +clickstream__rollup_conversion_funnel_day: sums of 3 days$/m);
  expect(explained).toMatch(
    /^reads +clickstream__rollup_conversion_funnel_day: .* in 3 files of 3 partitions/m,
  );
});

it('rows that come late make their days invalid, until they are written anew', async () => {
  const late = `2019-10-03 09:00:00 UTC,view,1,1,shoes,nike,5.00,7000000099,late`;
  writeFileSync(join(folder, 'late.csv'), `${header}\n${late}\n`);
  writeConfig('without.config.mjs', '[]');
  writeConfig('ranking.config.mjs', "[{ metric: 'retention', grains: ['day'] }]");
  await json('etl', 'run', 'late.csv', '--config', 'without.config.mjs');
  const [{ rollups: before }, stored, raw, refused] = await Promise.all([
    json('lake', 'rollups'),
    json('query', 'conversion-funnel', ...days),
    json('query', 'conversion-funnel', ...days, '--no-rollup'),
    run('lake', 'rollups', '--config', 'ranking.config.mjs'),
  ]);
  expect(before[0].missingDays).toBeGreaterThanOrEqual(1);
  expect(stored).toEqual(raw);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('[ROLLUP_INVALID] No rollup of retention'),
  });
  const [again] = (await json('lake', 'rollups', '--refresh')).rollups;
  expect(again).toMatchObject({ missingDays: 0, writtenDays: before[0].missingDays });
});
