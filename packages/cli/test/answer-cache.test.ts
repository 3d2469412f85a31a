import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAnswerCache } from '../src/config/answer-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-answers-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const key = 'a'.repeat(64);
const answer = new Uint8Array([1, 2, 3]);
const whole = () => openAnswerCache(async () => true);
const omitting = () => openAnswerCache(async () => false);

test('keeps an answer of every row for the next call', async () => {
  await whole().cache.store.set(key, answer);
  const next = whole();
  expect([...((await next.cache.store.get(key)) ?? [])]).toEqual([...answer]);
  expect(next.isUsed).toBe(true);
});

test('keeps no answer that omits rows: it would be taken after the table is published with their days', async () => {
  await omitting().cache.store.set(key, answer);
  expect(await whole().cache.store.get(key)).toBeUndefined();
});

test('takes no answer for a question whose rows are omitted now', async () => {
  await whole().cache.store.set(key, answer);
  const next = omitting();
  expect(await next.cache.store.get(key)).toBeUndefined();
  expect(next.isUsed).toBe(false);
});
