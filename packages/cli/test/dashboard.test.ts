import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-report-'));
let stop = (): void => {};
afterAll(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]) =>
  runCli([...args, '--config', config, '--lake', 'lake'], { cwd: folder });

beforeAll(async () => {
  const simulated = ['simulate', '--events', '4000', '--days', '10', '--start', '2024-02-28', '--seed', '4'];
  const made = await runCli([...simulated, '--out', 'raw.csv'], { cwd: folder });
  expect(made.code, made.stderr).toBe(0);
  const loaded = await run('etl', 'run', 'raw.csv');
  expect(loaded.code, loaded.stderr).toBe(0);
});

it('writes a report of the last seven days of the lake, whose figures are those of query', async () => {
  const { code, stdout, stderr } = await run('dashboard', '--out', 'report.html', '--json');
  expect(code, stderr).toBe(0);
  const [last] = JSON.parse(
    (await run('query', 'revenue', '--from', '2024-02-01', '--to', '2024-04-01', '--json')).stdout,
  )
    .map(({ period }: { period: string }) => period)
    .toSorted()
    .toReversed();
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ out: 'report.html', to: last, figures: 6, charts: 9, leftOut: [] });
  const html = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(html.length).toBeLessThanOrEqual(report.bytes);
  const range = ['--from', report.from, '--to', report.to];
  const [whole] = JSON.parse((await run('query', 'revenue', ...range, '--grain', 'all', '--json')).stdout);
  expect(html).toMatch(new RegExp(`id="revenue">.{0,80}<p class="val"><data value="${whole.revenue}">`));
});

it('refuses what cannot be a report, and writes nothing', async () => {
  const cases = [
    [['--json'], /--json needs --out FILE/],
    [['--from', '2024-03-01'], /--from is for a report/],
    [['--out', 'no.html', '--port', '0'], /--port is for a page/],
    [['--host', '0.0.0.0'], /--host 0.0.0.0 needs --token-file/],
    [['--token-file', 'none.txt'], /--token-file none.txt: ENOENT/],
    [['--out', 'no.html', '--from', '2024-02-30'], /--from 2024-02-30: expected a day/],
    [['--out', 'no.html', '--from', '2024-03-05', '--to', '2024-03-01'], /is after --to/],
    [['--out', 'no.html', '--engine', 'redshift'], /writes queries and runs none/],
  ] as const;
  for (const [args, message] of cases) {
    const { code, stderr } = await run('dashboard', ...args);
    expect(code, args.join(' ')).toBe(2);
    expect(stderr).toMatch(message);
  }
  expect(existsSync(join(folder, 'no.html'))).toBe(false);
});

it('serves a page whose figures are those of query, and stops when it is asked to', async () => {
  writeFileSync(join(folder, 'token.txt'), `${'t'.repeat(40)}\n`);
  let url = '';
  const served = runCli(
    ['dashboard', '--port', '0', '--token-file', 'token.txt', '--config', config, '--lake', 'lake'],
    {
      cwd: folder,
      started(child) {
        let text = '';
        child.stdout?.on('data', (chunk) => {
          text += String(chunk);
          if (text.includes('\n') && url === '') url = JSON.parse(text).url;
        });
        stop = () => void child.kill('SIGTERM');
      },
    },
  );
  await Promise.race([
    served,
    expect.poll(() => url, { timeout: 30_000 }).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/),
  ]);
  const headers = { authorization: `Bearer ${'t'.repeat(40)}`, 'content-type': 'application/json' };
  expect((await fetch(`${url}api/state`)).status).toBe(401);
  const board = await (await fetch(`${url}api/state`, { headers })).json();
  const { from, to } = (board as { usual: { range: { from: string; to: string } } }).usual.range;
  const body = JSON.stringify({ page: 'page-of-test', view: 1, tile: 'revenue', state: '', width: 616 });
  const answer = await (await fetch(`${url}api/answer`, { method: 'POST', headers, body })).json();
  const range = ['--from', from, '--to', to];
  const [whole] = JSON.parse((await run('query', 'revenue', ...range, '--grain', 'all', '--json')).stdout);
  expect((answer as { value: number }).value).toBe(whole.revenue);
  expect(await (await fetch(url, { headers })).text()).toContain('<script type="module" src="/page.js">');
  stop();
  const { code, stdout, stderr } = await served;
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ ready: true, url });
});
