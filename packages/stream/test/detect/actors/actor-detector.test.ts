import { describe, expect, test } from 'vitest';
import { actorDetector } from '../../../src/detect/actors/actor-detector.ts';
import { findAll, findIn, newDetector, type Row, type Told, times } from './rows.ts';
import { simulatedAttacks } from './simulated-attacks.ts';

describe.each([
  ['easy', 0.97],
  ['medium', 0.95],
  ['hard', 0.85],
] as const)('simulated attackers that are %s', (level, floor) => {
  test('are found, and nobody else is', () => {
    const { rows, cases } = simulatedAttacks(level, 60_000);
    const found = findAll(rows);
    const subjects = new Set(found.map(({ subject }) => subject));
    const attackers = new Set(cases.map(({ subject }) => subject));
    expect(cases.length).toBeGreaterThan(20);
    expect(cases.filter(({ subject }) => subjects.has(subject)).length / cases.length).toBeGreaterThan(floor);
    expect([...subjects].filter((subject) => !attackers.has(subject)).length).toBeLessThan(3);
    // One actor is one incident at a time, whatever else it looks like.
    const opened = new Set(found.map(({ subject, kind }) => `${subject} ${kind}`));
    expect(opened.size).toBeLessThan(subjects.size * 1.2);
  });
});

test('a detector that goes on from a snapshot finds the same, but for the evidence before it', () => {
  const { rows } = simulatedAttacks('medium', 30_000);
  const told = (found: Told[]) => found.map(({ rows: _evidence, ...breach }) => breach);
  const whole = told(findAll(rows));
  const parts: Told[] = [];
  let state: unknown;
  for (let from = 0; from < rows.length; from += 7_973) {
    const detector = newDetector(state);
    const part = rows.slice(from, from + 7_973);
    parts.push(...findAll(part, detector, from + 7_973 >= rows.length));
    state = JSON.parse(JSON.stringify(detector.snapshot()));
  }
  expect(told(parts)).toEqual(whole);
  expect(whole.length).toBeGreaterThan(20);
});

test('a smaller snapshot keeps suspects and the latest of the known', () => {
  const detector = newDetector();
  const scraper = times(60, (place): Row => [place, 'view', place * 7919, 'scraper']);
  const others = times(200, (place): Row => [100 + place, 'view', 1, `visitor ${place}`]);
  findIn([...scraper, ...others], detector);
  const { actors } = detector.snapshot(0.05) as { actors: [string][] };
  expect(actors).toHaveLength(10);
  expect(actors.map(([actor]) => actor)).toContain('scraper');
});

test('what goes on is told again after ten minutes, and later visits after a week', () => {
  const poll = (begin: number, count: number): Row[] =>
    times(count, (place) => [begin + place * 60, 'view', place % 3]);
  const found = findIn([...poll(0, 400), ...poll(100_000, 400), ...poll(700_000, 400)]);
  const seconds = found.map(({ end }) => Math.floor((end - 1) / 1000));
  const gaps = seconds.slice(1).map((second, place) => second - (seconds[place] ?? 0));
  expect(gaps.filter((gap) => gap !== 600)).toEqual([expect.any(Number)]);
  expect(Math.max(...gaps)).toBeGreaterThan(7 * 86_400);
});

test('actors of one row cost nothing after the limits, and hide no one', () => {
  const detector = newDetector();
  const known = times(90, (place): Row => [place * 600, 'view', place % 5, 'monitor']);
  let visitor = 0;
  const flood = times(800, (): Row => [0, 'view', 1]);
  const found: Told[] = [];
  for (const row of known) {
    found.push(...findIn([row], detector));
    findIn(
      flood.map(([, action, item]): Row => [row[0], action, item, `visitor ${visitor++}`]),
      detector,
    );
  }
  expect(visitor).toBe(72_000);
  expect(new Set(found.map(({ subject, kind }) => `${subject} ${kind}`))).toEqual(
    new Set(['monitor price-monitor']),
  );
  const { memory } = actorDetector.defaults;
  const { actors } = detector.snapshot() as { actors: unknown[] };
  expect(actors.length).toBeLessThanOrEqual(memory.newcomers + memory.known + memory.suspects);
  expect(actors.length).toBe(memory.newcomers + 1);
});
