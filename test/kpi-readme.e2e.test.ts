// The command lines of the example service work, the program that its README shows is the one that is compiled, and SIGTERM ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { kpiClient } from '../examples/kpi-service/src/client/kpi-client.ts';
import { codeBlocks } from './code-blocks.ts';
import { repositoryRoot as root } from './repository-files.ts';
import { runProgram } from './run-program.ts';

const example = join(root, 'examples', 'kpi-service');
const readme = readFileSync(join(example, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'headwater-kpi-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(example, 'package.json'), 'utf8'),
).scripts;
/** Runs a script of the example's package. */
const run = (script: string, ...args: readonly string[]) =>
  runProgram(example, process.execPath, [...(scripts[script] ?? '').split(' ').slice(1), ...args]);

it('shows the program that is compiled, and its scripts', () => {
  expect(codeBlocks(readme, 'ts').map((block) => block.trim())).toEqual([
    readFileSync(join(example, 'ask.ts'), 'utf8').trim(),
  ]);
  const shown = [...readme.matchAll(/npm run -s (\w+)/g)].map(([, script]) => script);
  expect([...new Set(shown)].sort()).toEqual(Object.keys(scripts).sort());
});

it('loads, makes a token, answers, and ends', async () => {
  const [lake, access] = [join(folder, 'lake'), join(folder, 'access.json')];
  const loaded = await run('headwater', 'etl', 'run', 'events.jsonl', '--lake', lake);
  expect(loaded.status, loaded.output).toBe(0);
  const token = (await run('token', 'north', '--file', access)).output.trim();
  expect(token).toMatch(/^kpi_[\w-]{43}$/);
  expect(readFileSync(access, 'utf8')).not.toContain(token);

  const service = spawn(process.execPath, (scripts['start'] ?? '').split(' ').slice(1), {
    cwd: example,
    env: { ...process.env, KPI_LAKE: lake, KPI_ACCESS: access, KPI_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const logged: string[] = [];
  try {
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: service.stdout }).on('line', (line) => {
        logged.push(line);
        const found = /listening on [\d.]+:(\d+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      service.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    const client = kpiClient({ url: `http://127.0.0.1:${port}`, token });
    const rows = await client.metric('revenue', { from: '2024-03-01', to: '2024-03-07', by: 'country' });
    expect(rows.length).toBeGreaterThan(1);
  } finally {
    const ended = once(service, 'exit');
    service.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  }
  expect(logged.at(-1)).toContain('"ended"');
  expect(logged.join('\n')).not.toContain(token);
});
