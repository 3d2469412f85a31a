import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { allDetectors } from '../bench/detection/run-watcher.ts';
import { steadyTraffic } from '../bench/detection/steady-traffic.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Megabytes that are in use. */
function megabytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

it('the memory of detectors does not grow with the actors: from 100 to 300 thousand less than 20 bytes each', () => {
  const before = megabytes();
  const watcher = allDetectors([]);
  const held = new Map<number, number>();
  let rows = 0;
  for (const event of steadyTraffic(300_000, 450_000)) {
    watcher.observe(event);
    rows += 1;
    // Two of three rows are of an actor who was not there before.
    if (rows === 15_000 || rows === 150_000 || rows === 450_000) held.set(rows, megabytes() - before);
  }
  // The detectors are in use until here.
  watcher.finish();
  const [few = 0, some = 0, many = 0] = [...held.values()];
  expect(few).toBeGreaterThan(1);
  expect(many - some).toBeLessThan(4);
  expect(many).toBeLessThan(100);
});

it('traffic has as many actors as it is asked for, and each of them again and again', () => {
  const visits = new Map<unknown, number>();
  for (const { user_id } of steadyTraffic(1000, 4500)) visits.set(user_id, (visits.get(user_id) ?? 0) + 1);
  expect(visits.size).toBe(1000);
  expect(Math.min(...visits.values())).toBeGreaterThanOrEqual(3);
});
