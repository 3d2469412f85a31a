import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { simulateToFile } from '@headwater/simulator';
import { afterAll, expect, it } from 'vitest';
import { clickstream } from '../src/template/clickstream.ts';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-hang-up-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a load whose terminal hangs up, which the shell repeats, leaves no staging folder', async () => {
  const input = join(folder, 'raw.csv');
  await simulateToFile({ events: 60_000, days: 7, start: '2019-10-01', seed: 1, out: input });
  const lake = join(folder, 'lake');
  const work = join(lake, '_headwater', clickstream.name);
  const { code, stderr } = await runCli(['etl', 'run', input, '--lake', lake, '--config', config], {
    async started(child) {
      while (child.exitCode === null && !existsSync(join(work, 'staging'))) await sleep(5);
      child.kill('SIGHUP');
      await sleep(1);
      child.kill('SIGHUP');
    },
  });
  expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringContaining('INTERRUPTED') });
  expect(readdirSync(work)).toEqual(['write.lock']);
}, 120_000);
