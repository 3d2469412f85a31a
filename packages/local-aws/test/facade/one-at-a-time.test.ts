import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { OneAtATime } from '../../src/facade/serial/one-at-a-time.ts';

it('runs work in its order, one piece at a time, also after one that fails', async () => {
  const turns = new OneAtATime(3);
  const seen: string[] = [];
  const work = (name: string, milliseconds: number) => async () => {
    seen.push(`${name} begins`);
    await pause(milliseconds);
    seen.push(`${name} ends`);
    if (name === 'b') throw new Error('b fails');
    return name;
  };
  const results = [turns.run(work('a', 20)), turns.run(work('b', 1)), turns.run(work('c', 1))];
  expect(turns.isFull).toBe(true);
  expect((await Promise.allSettled(results)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(turns.isFull).toBe(false);
});
