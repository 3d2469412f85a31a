import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import type { LiveDemoAnswer } from '../../src/demo/run-live-demo.ts';

const cwd = mkdtempSync(join(tmpdir(), 'headwater-live-demo-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const module = join(import.meta.dirname, '..', '..', 'src', 'demo', 'run-live-demo.ts');
const program = `
  const { runLiveDemo } = await import(${JSON.stringify(module)});
  const { signal } = new AbortController();
  const { data, exitCode } = await runLiveDemo({ events: 40_000, speed: Infinity, signal });
  console.log(JSON.stringify({ data, exitCode }));`;

it('finds every attacker of the demo, and nobody else, and agrees with the lake', async () => {
  const args = ['--conditions=@headwater/source', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, maxBuffer: 1 << 26 });
  const { data, exitCode }: Pick<LiveDemoAnswer, 'data' | 'exitCode'> = JSON.parse(stdout);
  const { checked, compared, run } = data;
  expect(
    checked.attacks.map(({ who, incident }) => `${who.replace(/ \d+$/, '')}: ${incident?.kind}`),
  ).toEqual([
    'carding: carding',
    'fast scraper: scraper',
    'fast scraper: scraper',
    'distributed flood: distributed-flood',
  ]);
  expect(Math.max(...checked.attacks.map(({ minutes }) => minutes ?? Number.POSITIVE_INFINITY))).toBeLessThan(
    15,
  );
  expect(checked.lookAlikes.map(({ what, flagged }) => [what, flagged])).toEqual([
    ['flash sale', 0],
    ['advertising spike', 0],
    ['power user', 0],
    ['wish list', 0],
  ]);
  expect(checked.falseActors).toBe(0);
  expect(compared.filter(({ isEqual }) => !isEqual)).toEqual([]);
  expect([exitCode, run.givenUp]).toEqual([0, 0]);
}, 120_000);
