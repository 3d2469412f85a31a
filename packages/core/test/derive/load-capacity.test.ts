import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GlueWorkerType, glueWorkers, loadCapacity } from '../../src/internal.ts';

const workerTypes = Object.keys(glueWorkers) as GlueWorkerType[];

describe('the workers of a load', () => {
  test('by hand: 1,000,000,000 rows at 50,000 a core and second are 20,000 core seconds', () => {
    // 20,000 s in an hour are 5.6 cores: two workers of four cores and the driver, which take 2,500 s.
    expect(loadCapacity({ rows: 1e9, rowsPerCoreSecond: 50_000, seconds: 3600 })).toEqual({
      workerType: 'G.1X',
      workers: 3,
      cores: 8,
      seconds: 2500,
      dpuHours: (3 * 2500) / 3600,
    });
  });

  test('a small load has the least job, and is billed for a minute', () => {
    const { workers, seconds, dpuHours } = loadCapacity({
      rows: 1000,
      rowsPerCoreSecond: 50_000,
      seconds: 3600,
      workerType: 'G.2X',
    });
    expect(workers).toBe(2);
    expect(seconds).toBeLessThan(1);
    expect(dpuHours).toBeCloseTo((2 * 2 * 60) / 3600);
  });

  test('keep the time, with no worker more than that needs, and are billed with the driver', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e11 }),
        fc.integer({ min: 1000, max: 1_000_000 }),
        fc.integer({ min: 60, max: 86_400 }),
        fc.constantFrom(...workerTypes),
        (rows, rowsPerCoreSecond, seconds, workerType) => {
          const found = loadCapacity({ rows, rowsPerCoreSecond, seconds, workerType });
          const { cores, dpus } = glueWorkers[workerType];
          expect(found.seconds).toBeLessThanOrEqual(seconds * (1 + 1e-9));
          const withOneLess = rows / rowsPerCoreSecond / ((found.workers - 2) * cores);
          if (found.workers > 2) expect(withOneLess).toBeGreaterThan(seconds * (1 - 1e-9));
          expect(found.dpuHours * 3600).toBeCloseTo(found.workers * dpus * Math.max(60, found.seconds), 3);
        },
      ),
    );
  });

  test.each(['rows', 'rowsPerCoreSecond', 'seconds'])('refuse %s that is not a number above 0', (option) => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => loadCapacity({ rows: 1, rowsPerCoreSecond: 1, seconds: 1, [option]: value })).toThrow(
        `${option} ${value}: expected a number above 0`,
      );
  });
});
