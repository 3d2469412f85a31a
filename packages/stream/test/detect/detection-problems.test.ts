import { expect, test } from 'vitest';
import { detectionKinds } from '../../src/detect/detection-kinds.ts';
import { detectionProblems } from '../../src/detect/detection-problems.ts';
import type { DetectorDefinitions } from '../../src/detect/detector.ts';
import { detectorTable } from '../../src/detect/detector-table.ts';
import { clicks } from '../alerts/shop.ts';
import { counting } from './counting-detector.ts';

const detectors = { counting };

test('what can be used has no problem', () => {
  const config = {
    ...{ allow: ['7'], off: ['scraper'], lateness: 5, quiet: 600 },
    counting: { burst: { rows: 9 }, share: 0.2, isStrict: false },
  };
  expect(detectionProblems(config, clicks.schema, detectors)).toEqual([]);
  expect(detectionProblems({ counting: undefined }, clicks.schema, detectors)).toEqual([]);
});

test.each([
  [5, 'detection', 'counting'],
  [{ allow: [7] }, 'detection.allow', 'as text'],
  [{ off: ['bursts'] }, 'detection.off', 'scraper'],
  [{ lateness: -1 }, 'detection.lateness', 'from 0'],
  [{ quiet: 5 }, 'detection.quiet', 'from 60'],
  [{ countin: {} }, 'detection.countin', 'counting'],
  [{ counting: 3 }, 'detection.counting', 'burst, share'],
  [{ counting: { bursts: {} } }, 'detection.counting.bursts', 'burst, share'],
  [{ counting: { burst: 3 } }, 'detection.counting.burst', 'rows'],
  [{ counting: { burst: { rows: 1 } } }, 'detection.counting.burst.rows', 'from 2 to 100'],
  [{ counting: { burst: { rows: '9' } } }, 'detection.counting.burst.rows', 'from 2 to 100'],
  [{ counting: { share: 1.5 } }, 'detection.counting.share', 'from 0 to 1'],
  [{ counting: { share: Number.NaN } }, 'detection.counting.share', 'from 0 to 1'],
  [{ counting: { isStrict: 1 } }, 'detection.counting.isStrict', 'boolean'],
])('%j is refused at its field', (config, field, fix) => {
  const [problem, ...others] = detectionProblems(config, clicks.schema, detectors);
  expect(others).toEqual([]);
  expect(problem?.field).toBe(field);
  expect(problem?.fix).toContain(fix);
});

test('parameters of a detector that the table has nothing for are refused', () => {
  const needy = {
    counting: { ...counting, needs: { roles: ['session'], actions: ['removeFromCart'] } },
  } as const;
  const [problem] = detectionProblems({ counting: {} }, clicks.schema, needy);
  expect(problem?.problem).toBe(
    'is of a detector that needs the role session and the action removeFromCart, which clicks does not have',
  );
});

test('each kind of the detectors has words, and is found by one detector', () => {
  const definitions: DetectorDefinitions = detectorTable;
  const kinds = Object.values(definitions).flatMap((definition) => definition.kinds);
  expect(kinds.filter((kind) => !Object.hasOwn(detectionKinds, kind))).toEqual([]);
  expect(new Set(kinds).size).toBe(kinds.length);
});

test('the ranges and defaults of the detectors fit each other', () => {
  for (const [name, { defaults }] of Object.entries(detectorTable as DetectorDefinitions))
    expect(detectionProblems({ [name]: defaults })).toEqual([]);
});
