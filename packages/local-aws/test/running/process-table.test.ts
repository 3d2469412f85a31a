import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { identityOf, isRunning, residentBytes, stopProcess } from '../../src/running/process-table.ts';

const start = async (program: string) => {
  const child = spawn(process.execPath, ['-e', `${program}; console.log('up')`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const identity = identityOf(child.pid ?? 0);
  if (identity === undefined) throw new Error('It runs, and has no identity');
  return { child, identity };
};

it('knows a process from another that got its number', async () => {
  const { child, identity } = await start('setInterval(() => 0, 1000)');
  expect(isRunning(identity)).toBe(true);
  expect(residentBytes(identity.pid)).toBeGreaterThan(1_000_000);
  const other = { ...identity, started: 'another time' };
  expect(isRunning(other)).toBe(false);
  await stopProcess(other);
  expect(isRunning(identity)).toBe(true);
  const ended = once(child, 'exit');
  await stopProcess(identity);
  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(isRunning(identity)).toBe(false);
});

it('ends one that does not listen', async () => {
  const { child, identity } = await start('process.on("SIGTERM", () => 0); setInterval(() => 0, 1000)');
  const ended = once(child, 'exit');
  await stopProcess(identity, 200);
  expect(await ended).toEqual([null, 'SIGKILL']);
});
