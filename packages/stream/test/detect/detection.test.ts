import { expect, test } from 'vitest';
import { createDetection } from '../../src/detect/detection.ts';
import type { DetectorDefinition } from '../../src/detect/detector.ts';
import { click, clicks, midnight } from '../alerts/shop.ts';
import { counting } from './counting-detector.ts';

/** Notes what it is given, and finds every purchase. */
function noting(seen: string[]): Readonly<Record<string, DetectorDefinition<object>>> {
  return {
    purchases: {
      kinds: ['purchase'],
      needs: { roles: ['actor'], actions: ['purchase'] },
      defaults: {},
      create: () => ({
        observe({ time, actor = '', action, row }, report) {
          seen.push(`${(time - midnight) / 1000} ${actor}`);
          if (action !== 'purchase') return;
          const about = { kind: 'purchase', subjectType: 'actor', subject: actor } as const;
          const window = { start: time, end: time, seen: 1, expected: 0, score: 1 };
          report({ ...about, ...window, severity: 'info', eventType: null, rows: [row] });
        },
        endMinute: (end) => void seen.push(`minute ${(end - midnight) / 60_000}`),
        snapshot: () => ({}),
      }),
    },
  };
}

test('detectors are given each row once in the order of time, and every minute', () => {
  const seen: string[] = [];
  const detection = createDetection(clicks, noting(seen));
  const events = [click(2), click(1), click(1), click(70), click(65), click(250)];
  for (const event of events) detection.observe(event);
  detection.finish();
  expect(seen).toEqual([
    '1 1',
    '2 1',
    'minute 1',
    '65 1',
    '70 1',
    'minute 2',
    'minute 3',
    'minute 4',
    '250 1',
  ]);
  expect(detection.counts()).toMatchObject({ taken: 5, duplicates: 1 });
});

test('a finding can be told the lateness after its row, and its subject is quiet later', () => {
  const detection = createDetection(clicks, noting([]), { lateness: 10, quiet: 600 });
  const found = [click(5, { what: 'purchase' }), click(20), click(700), click(900)].flatMap((event) =>
    detection.observe(event),
  );
  expect(found.map(({ finding, time }) => [finding, (time - midnight) / 1000])).toEqual([
    ['breach', 15],
    ['quiet', 615],
  ]);
});

test('actors on the allow-list and kinds that are off are left out', () => {
  const seen: string[] = [];
  const table = noting(seen);
  const watched = createDetection(clicks, table, { allow: ['7'] });
  const found = [click(1, { visitor: 7n, what: 'purchase' }), click(2, { what: 'purchase' })].flatMap(
    (event) => watched.observe(event),
  );
  expect([...found, ...watched.finish()]).toMatchObject([{ subject: '1' }]);
  expect(seen).toEqual(['2 1']);
  expect(watched.counts()).toMatchObject({ taken: 2, allowed: 1 });
  const silent = createDetection(clicks, table, { off: ['purchase'] });
  silent.observe(click(2, { what: 'purchase' }));
  expect(silent.finish()).toEqual([]);
});

test('a subject that is reported with each row is told once a minute, or when it is twice as bad', () => {
  const detection = createDetection(clicks, { counting }, { lateness: 0 });
  const rows = Array.from({ length: 20 }, (_, index) => click(index));
  const found = [...rows, click(61), click(62)].flatMap((event) => detection.observe(event));
  expect(found.map((one) => one.finding === 'breach' && [one.seen, one.time - midnight])).toEqual([
    [4, 3000],
    [8, 7000],
    [16, 15_000],
    // The worst of the rest, at the end of the minute.
    [20, 60_000],
  ]);
});

test('minutes of a pause are judged for two days, whatever says that time has passed', () => {
  const minutes: string[] = [];
  const day = 86_400;
  const run = (advances: readonly number[]): string[] => {
    minutes.length = 0;
    const detection = createDetection(clicks, noting(minutes));
    detection.observe(click(1));
    for (const seconds of advances) detection.advance(new Date(midnight + seconds * 1000));
    // A pause is believed when two events say so.
    for (const seconds of [5 * day + 1, 5 * day + 2, 5 * day + 70]) detection.observe(click(seconds));
    detection.finish();
    return [...minutes];
  };
  const atOnce = run([]);
  expect(atOnce.filter((one) => one.startsWith('minute'))).toHaveLength(2 * 1440 + 1);
  expect(run([3600, day, 2.5 * day, 3 * day])).toEqual(atOnce);
});

test('more events than may be held back are judged early, and what comes after them is dropped', () => {
  const detection = createDetection(clicks, noting([]), { lateness: 10, held: 3 });
  for (const seconds of [4, 5, 6, 7, 4.5]) detection.observe(click(seconds));
  detection.finish();
  expect(detection.counts()).toMatchObject({ taken: 5, late: 0, dropped: 1 });
});

test('events of a lake are not looked up, and a state of other parameters is not continued', () => {
  const detection = createDetection(clicks, { counting }, { areDistinct: true });
  for (let row = 0; row < 3; row += 1) detection.observe(click(1));
  expect(detection.counts()).toMatchObject({ taken: 3, duplicates: 0 });
  detection.advance(new Date(midnight + 15_000));
  const state = detection.snapshot();
  const goesOn = createDetection(clicks, { counting }, { areDistinct: true }, state);
  const isNew = createDetection(
    clicks,
    { counting },
    { counting: { burst: { rows: 4 } }, areDistinct: true },
    state,
  );
  const found = [goesOn, isNew].map((one) => [...one.observe(click(20)), ...one.finish()].length);
  expect(found).toEqual([1, 0]);
});
