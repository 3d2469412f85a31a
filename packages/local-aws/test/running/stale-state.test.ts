import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { down } from '../../src/running/down.ts';
import { findEndpoints } from '../../src/running/endpoints.ts';
import { identityOf, isRunning } from '../../src/running/process-table.ts';
import { readRunningState, writeRunningState } from '../../src/running/running-state.ts';
import { status } from '../../src/running/status.ts';

// Ports that nothing listens on.
const urls = { aws: 'http://127.0.0.1:1', moto: 'http://127.0.0.1:2', trino: 'http://127.0.0.1:3' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-state-'));
  vi.stubEnv('HEADWATER_CACHE', folder);
  for (const name of ['HEADWATER_MOTO_URL', 'HEADWATER_TRINO_URL', 'HEADWATER_AWS_URL'])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('tells parts that ended, are silent, or were never started, and stops only its own', async () => {
  const own = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  const alien = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  const [silent, other] = [identityOf(own.pid ?? 0), identityOf(alien.pid ?? 0)];
  if (silent === undefined || other === undefined) throw new Error('Started, and without identity');
  // The number of a part that ended has gone to the alien.
  writeRunningState({
    ...urls,
    python: 'python',
    processes: { moto: silent, trino: { ...other, started: '0' } },
  });
  expect((await status()).map(({ name, state }) => [name, state])).toEqual([
    ['moto', 'silent'],
    ['trino', 'ended'],
    ['aws', 'ended'],
  ]);
  expect(await down()).toBe(true);
  expect([isRunning(silent), isRunning(other)]).toEqual([false, true]);
  expect(readRunningState()).toBeUndefined();
  expect(await down()).toBe(false);
  alien.kill();
});

it('takes the endpoints of the environment before those of what runs', () => {
  expect(findEndpoints()).toBeUndefined();
  writeRunningState({ ...urls, python: 'python', processes: {} });
  expect(findEndpoints()).toMatchObject(urls);
  const env = { HEADWATER_MOTO_URL: 'http://m', HEADWATER_TRINO_URL: 'http://t' };
  expect(findEndpoints(env)).toEqual({ aws: 'http://m', moto: 'http://m', trino: 'http://t' });
});
