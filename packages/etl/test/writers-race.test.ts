import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { isHeadwaterError } from '@headwater/core';
import { type DataFile, type Manifest, manifestSchemaOf, readLakeState } from '@headwater/core/internal';
import { createFolderStore, type LakeStore } from '@headwater/storage';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSharedLake } from '../src/lake/shared-lake.ts';
import { findUnlisted } from '../src/lake/unlisted-files.ts';
import type { WrittenFile } from '../src/lake/written-file.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { events } from './events-table.ts';
import { type Bucket, createMemoryStore, type Step } from './memory-store.ts';

// Few by default; HEADWATER_RACES=200 and more is the whole of it.
const races = Number(process.env['HEADWATER_RACES'] ?? 25);
const seed = Number(process.env['HEADWATER_RACE_SEED'] ?? randomInt(1_000_000));

const table = events.schema.name;

/** A file of ten rows in a folder of the table. */
async function writtenFile(folder: string, writer: number, file: number, day: string): Promise<WrittenFile> {
  const hash = `${writer}${file}`.padEnd(32, '0');
  const stagedPath = await writeLines(folder, `${hash}.txt`, [`writer ${writer}, file ${file}`]);
  const path = `${table}/dt=${day}/part-${hash.slice(0, 16)}.parquet`;
  return { stagedPath, file: { path, day, hash, rows: 10, bytes: 20 } };
}

/** The lake of a machine, where leftovers have no grace period. */
const lakeOf = (store: LakeStore, folder: string, writer: number) =>
  createSharedLake(table, store, createFolderStore(join(folder, `work${writer}`)), 0);

/** Commits the files of a writer as a load does: repeated when another writer got in the way. */
async function write(
  store: LakeStore,
  folder: string,
  writer: number,
  added: readonly WrittenFile[],
): Promise<void> {
  const lake = lakeOf(store, folder, writer);
  for (let attempt = 1; ; attempt += 1) {
    const runId = `20191001-000000-${`${writer}${attempt}`.padStart(8, '0')}`;
    const state = await readLakeState(store, table);
    await lake.removeLeftovers(state);
    const rows = 10 * added.length;
    const counts = { rowsIn: rows, rowsOut: rows, duplicates: 0, quarantined: 0 };
    const manifest = (sequence: number, files: readonly DataFile[]): Manifest => ({
      ...{ version: 1, table, sequence, runId, operation: 'load', startedAt: '2019-10-01T00:00:00.000Z' },
      ...{ seconds: 1, headwater: '0', schema: manifestSchemaOf(events.schema) },
      inputs: [{ source: `${writer}.csv`, hash: `input${writer}`, bytes: 20, ...counts }],
      ...{ ...counts, reasons: {} },
      ...{ added: [...files], removed: [], quarantineAdded: [], quarantineRemoved: [] },
    });
    try {
      const pending = { state, runId, added, quarantineAdded: [], isWholeTable: false, manifest };
      return await lake.commit({ ...pending, assertFits() {}, onBytes() {} });
    } catch (error) {
      if (!isHeadwaterError(error, 'LAKE_BUSY')) throw error;
    }
  }
}

const october = Array.from({ length: 9 }, (_, day) => `2019-10-0${day + 1}`);

/** Which days each writer writes to: writers with a day in common conflict. The last one may be killed at a request. */
const race = fc.record({
  days: fc.array(fc.subarray(october, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 5 }),
  /** How many requests of others each lets pass before it begins. */
  waits: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }),
  killedAt: fc.option(fc.nat({ max: 60 })),
  scheduler: fc.scheduler(),
});

test(`writers in ${races} interleavings (HEADWATER_RACE_SEED=${seed}): no run is lost, every file is in once, nothing is left`, async () => {
  const property = fc.asyncProperty(race, async ({ days, waits: waitsOf, killedAt, scheduler }) => {
    const folder = await temporaryFolder();
    const bucket: Bucket = { objects: new Map(), uploads: new Set() };
    const files = await Promise.all(
      [...days, ['2019-10-31']].map((own, writer) =>
        Promise.all(own.map((day, file) => writtenFile(folder, writer, file, day))),
      ),
    );
    const results = days.map(async (_, writer) => {
      let requests = 0;
      const isKilled = (): boolean => writer === days.length - 1 && killedAt !== null && requests > killedAt;
      const step: Step = async (name, run) => {
        requests += 1;
        // The requests of a dead process are not sent.
        if (isKilled()) throw new Error('killed');
        await scheduler.schedule(Promise.resolve(), `${writer} ${name}`);
        return run();
      };
      try {
        const store = createMemoryStore(bucket, step);
        // A run that begins later removes what it takes for leftovers.
        for (let waits = 0; waits < (waitsOf[writer] ?? 0); waits += 1) await step('wait', () => undefined);
        await write(store, folder, writer, files[writer] ?? []);
      } catch (error) {
        if (!isKilled()) throw error;
      }
    });
    await scheduler.waitFor(Promise.all(results));
    const atOnce: Step = async (_name, run) => run();
    const store = createMemoryStore(bucket, atOnce);
    // The next run decides about what a killed one left.
    await write(store, folder, days.length, files.at(-1) ?? []);
    const state = await readLakeState(store, table);
    const writers = [...state.inputs.values()].map(({ hash }) => hash).sort();
    const [last, all] = [days.length - 1, days.map((_, writer) => writer)];
    const expected = [...(writers.includes(`input${last}`) ? all : all.slice(0, -1)), days.length];
    if (killedAt === null) expect(expected).toHaveLength(days.length + 1);
    expect(writers).toEqual(expected.map((writer) => `input${writer}`));
    const hashes = expected.flatMap((writer) => (files[writer] ?? []).map(({ file }) => file.hash));
    expect(state.files.map(({ hash }) => hash).sort()).toEqual(hashes.sort());
    for (const { path } of state.files) expect(bucket.objects.has(path)).toBe(true);
    expect((await findUnlisted(store, state)).lost).toEqual([]);
    const left = [...bucket.objects.keys()].filter((path) => path.includes('/staging/'));
    expect([...left, ...bucket.uploads]).toEqual([]);
  });
  await fc.assert(property, { numRuns: races, seed });
});

test('a run that lost its number keeps its files, though a later run removed its uploads as leftovers', async () => {
  const folder = await temporaryFolder();
  const bucket: Bucket = { objects: new Map(), uploads: new Set() };
  const store = createMemoryStore(bucket, async (_name, run) => run());
  const added = (writer: number) => writtenFile(folder, writer, 0, `2019-10-0${writer}`);
  const others: { before: RegExp; run: () => Promise<unknown> }[] = [
    // Another run takes the number of the slow run right before its commit.
    { before: /^create .*00000001\.json/, run: async () => write(store, folder, 2, [await added(2)]) },
    // A third begins while the slow run looks at the lake again: it removes the uploads for the number that was taken.
    {
      before: /^read .*00000001\.json/,
      run: async () => lakeOf(store, folder, 3).removeLeftovers(await readLakeState(store, table)),
    },
    // A fourth takes the next number too.
    { before: /^create .*00000002\.json/, run: async () => write(store, folder, 4, [await added(4)]) },
  ];
  const slow = createMemoryStore(bucket, async (name, run) => {
    if (others[0]?.before.test(name)) await others.shift()?.run();
    return run();
  });
  await write(slow, folder, 1, [await added(1)]);
  expect(others).toEqual([]);
  const { files, sequence } = await readLakeState(store, table);
  expect({ sequence, files: files.length }).toEqual({ sequence: 3, files: 3 });
  for (const { path } of files) expect(bucket.objects.has(path)).toBe(true);
  expect([...bucket.objects.keys()].filter((path) => path.includes('/staging/'))).toEqual([]);
});
