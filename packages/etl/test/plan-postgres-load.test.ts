import { defineEvents, timestamp } from '@headwater/core';
import { type DataFile, emptyLakeState, type LakeState } from '@headwater/core/internal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { LoadedFile } from '../src/warehouse/load-records.ts';
import { type LoadStep, planPostgresLoad, tally } from '../src/warehouse/plan-postgres-load.ts';

const tableOf = (key: ['id'] | ['at', 'id']) =>
  defineEvents('t', {
    columns: { at: timestamp(), id: z.int64() },
    roles: { time: 'at' },
    duplicates: { key },
  }).schema;
const byDay = tableOf(['at', 'id']);
const acrossDays = tableOf(['id']);

/** A lake with these files: the number of a file says its day, its size and its rows. */
function lakeOf(numbers: Iterable<number>): LakeState {
  const files = [...new Set(numbers)].map((number): DataFile => {
    const day = `2020-01-0${1 + (number % 4)}`;
    const path = `t/dt=${day}/part-${String(number).padStart(4, '0')}.parquet`;
    return { path, day, rows: 1 + (number % 3), bytes: 1 + (number % 5) * 20_000_000, hash: String(number) };
  });
  return { ...emptyLakeState('t'), files: files.sort((left, right) => (left.path < right.path ? -1 : 1)) };
}

/** A table by the paths of the files whose rows it has, one entry for each copy of a file. */
class ModelTable {
  readonly loaded = new Map<string, LoadedFile>();
  copies: { readonly path: string; readonly day: string; readonly rows: number }[] = [];

  run({ replaced, rowsRemoved, files }: LoadStep): void {
    const gone = this.copies.filter(({ day }) => replaced.includes(day));
    expect(gone.reduce((sum, { rows }) => sum + rows, 0)).toBe(rowsRemoved);
    this.copies = this.copies.filter(({ day }) => !replaced.includes(day));
    for (const { path, day } of this.loaded.values()) if (replaced.includes(day)) this.loaded.delete(path);
    for (const { path, day, rows } of files) {
      expect(this.loaded.has(path)).toBe(false);
      this.loaded.set(path, { path, day, rows, isStale: false });
      this.copies.push({ path, day, rows });
    }
  }
}

const histories = fc.array(
  fc.record({
    files: fc.array(fc.nat({ max: 30 }), { maxLength: 12 }),
    /** The share of the steps after which the load is killed; whole loads are half of them. */
    until: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 0.99, noNaN: true })),
  }),
  { minLength: 1, maxLength: 6 },
);

test.each([byDay, acrossDays])(
  'whatever the lake and however loads end, the table ends as the lake: key $duplicateKey',
  (schema) => {
    fc.assert(
      fc.property(histories, (loads) => {
        const table = new ModelTable();
        for (const { files, until } of [...loads, { files: loads.at(-1)?.files ?? [], until: 1 }]) {
          const state = lakeOf(files);
          const steps = planPostgresLoad(schema, state, table.loaded);
          const copied = tally(steps);
          expect(copied.rows).toBe(
            steps.flatMap((step) => step.files).reduce((sum, { rows }) => sum + rows, 0),
          );
          for (const step of steps.slice(0, Math.floor(steps.length * until))) table.run(step);
          if (until < 1) continue;
          expect(table.copies.map(({ path }) => path).sort()).toEqual(state.files.map(({ path }) => path));
          expect(planPostgresLoad(schema, state, table.loaded)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  },
);

test('an event that may move between days is in one transaction with the day that it left', () => {
  const table = new ModelTable();
  for (const step of planPostgresLoad(acrossDays, lakeOf([0, 1, 2]), table.loaded)) table.run(step);
  // File 0 gives way to file 4 on its own day, and file 3 is new on another one.
  const [step, ...more] = planPostgresLoad(acrossDays, lakeOf([1, 2, 3, 4]), table.loaded);
  expect(more).toEqual([]);
  expect(step).toMatchObject({ replaced: ['2020-01-01'], rowsRemoved: 1 });
  expect(step?.files.map(({ hash }) => hash)).toEqual(['4', '3']);
  const days = planPostgresLoad(byDay, lakeOf([1, 2, 3, 4]), table.loaded);
  expect(days.map(({ replaced, files }) => [replaced, files.length])).toEqual([
    [['2020-01-01'], 1],
    [[], 1],
  ]);
});

test('a transaction has a bounded part of the files, and a file that lacks a column is read again', () => {
  const state = lakeOf(Array.from({ length: 40 }, (_, number) => number));
  const table = new ModelTable();
  const steps = planPostgresLoad(byDay, state, table.loaded);
  for (const step of steps) {
    const bytes = step.files.reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes <= 64_000_000 || step.files.length === 1).toBe(true);
    expect(new Set(step.files.map(({ day }) => day)).size).toBe(1);
    table.run(step);
  }
  expect(steps.length).toBeGreaterThan(10);
  const [first] = state.files;
  const again = planPostgresLoad(byDay, state, table.loaded, new Set([first?.path ?? '']));
  expect(again.map(({ replaced }) => replaced)).toEqual([[first?.day]]);
  expect(again[0]?.files).toEqual(state.files.filter(({ day }) => day === first?.day));
});
