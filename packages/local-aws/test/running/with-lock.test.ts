import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withLock } from '../../src/running/with-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-lock-'));
  vi.stubEnv('HEADWATER_CACHE', join(folder, 'cache'));
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('lets one work at a time, and the next when that one failed', async () => {
  const order: string[] = [];
  const work = (name: string, fails = false) =>
    withLock(async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push(`${name} ends`);
      if (fails) throw new Error('on purpose');
    });
  const outcomes = await Promise.allSettled([work('a', true), work('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('keeps what has another name waiting for nothing', async () => {
  const account = await withLock(() => withLock(async () => 'done', 'account'));
  expect(account).toBe('done');
});
