import { expect, test } from 'vitest';
import { createDetection } from '../../src/detect/detection.ts';
import type { DetectorDefinition } from '../../src/detect/detector.ts';
import { click, clicks, midnight } from '../alerts/shop.ts';

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
  const detection = createDetection(clicks, noting(seen), { allow: ['7'], off: ['purchase'] });
  detection.observe(click(1, { visitor: 7n }));
  detection.observe(click(2, { what: 'purchase' }));
  expect(detection.finish()).toEqual([]);
  expect(seen).toEqual(['2 1']);
  expect(detection.counts().allowed).toBe(1);
});
