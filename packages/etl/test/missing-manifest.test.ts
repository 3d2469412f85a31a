import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import {
  checkpointText,
  commitsPerCheckpoint,
  emptyLakeState,
  foldManifests,
  type LakeState,
  manifestPath,
  readLakeHistory,
  readLakeState,
} from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  compactLake,
  discardQuarantine,
  lakeStatus,
  loadEvents,
  repairLake,
  syncLake,
  verifyLake,
} from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

async function fixture(table = events) {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const load = async (name: string, rows: readonly string[], head = header) =>
    loadEvents({ table, lake, inputs: [await writeLines(folder, name, [head, ...rows])] });
  const lose = (commit: number) => rm(join(lake, manifestPath('events', commit)));
  const stored = async (): Promise<LakeState> => readLakeState(openLakeStore(lake), 'events');
  /** Every row that the lake's manifests list, in order. */
  const rows = async (): Promise<string[]> => {
    const { files } = await stored();
    const list = files.map(({ path }) => `'${lake}/${path}'`).join(', ');
    const found = await queryFiles(
      `SELECT to_json(t)::VARCHAR AS row FROM read_parquet([${list}], hive_partitioning = false) t ORDER BY 1`,
      lake,
    );
    return found.map(({ row }) => String(row));
  };
  return { folder, lake, load, lose, stored, rows, verify: () => verifyLake({ table, lake }) };
}

/** Three loads, then what the case does after them. */
const histories: Readonly<
  Record<
    string,
    { readonly lost: number; later(lake: Awaited<ReturnType<typeof fixture>>): Promise<unknown> }
  >
> = {
  'of the first load': { lost: 1, later: async () => undefined },
  'of a load whose files are there': { lost: 2, later: async () => undefined },
  'of a load that a compaction rewrote': {
    lost: 2,
    later: ({ lake }) => compactLake({ table: events, lake }),
  },
  'of a compaction with a load after it': {
    lost: 4,
    async later({ lake, load }) {
      await compactLake({ table: events, lake });
      await load('d.csv', rowsOfDays(50, 2, 2_000));
    },
  },
  'of a compaction that a later one rewrote': {
    lost: 4,
    async later({ lake, load }) {
      await compactLake({ table: events, lake });
      await load('d.csv', rowsOfDays(50, 4, 2_000));
      await compactLake({ table: events, lake });
    },
  },
};

describe('a manifest that is missing before later ones', () => {
  test.each(Object.entries(histories))('%s: is named, and repaired with every row', async (_, history) => {
    const lake = await fixture();
    await lake.load('a.csv', rowsOfDays(60, 2));
    await lake.load('b.csv', [...rowsOfDays(90, 3, 500), 'cut off']);
    await lake.load('c.csv', rowsOfDays(40, 4, 800));
    await history.later(lake);
    const before = { state: await lake.stored(), rows: await lake.rows() };
    await lake.lose(history.lost);

    const file = manifestPath('events', history.lost);
    const fix = expect.stringContaining('headwater lake repair --lake');
    const refused = { code: 'LAKE_CORRUPT', payload: { file, fix } };
    await expect(lake.load('e.csv', rowsOfDays(10, 1, 5_000))).rejects.toMatchObject(refused);
    await expect(lakeStatus({ table: events, lake: lake.lake })).rejects.toMatchObject(refused);
    const found = await lake.verify();
    expect(found.ok).toBe(false);
    expect(found.problems[0]).toEqual({ file, problem: 'is missing, and later manifests are there', fix });

    const planned = await repairLake({ table: events, lake: lake.lake, dryRun: true });
    const report = await repairLake({ table: events, lake: lake.lake });
    const same = { dryRun: false, runId: '', seconds: 0 };
    expect({ ...report, ...same }).toEqual({ ...planned, ...same });
    expect(report).toMatchObject({ problems: [], replacedManifests: [file], inputsUnknown: true });
    expect(await lake.rows()).toEqual(before.rows);
    const { files, quarantineFiles } = await lake.stored();
    expect({ files, quarantineFiles }).toEqual({
      files: before.state.files,
      quarantineFiles: before.state.quarantineFiles,
    });
    expect(await lake.verify()).toMatchObject({ ok: true, problems: [], leftovers: [] });
    expect(await repairLake({ table: events, lake: lake.lake })).toMatchObject({
      adopted: [],
      replacedManifests: [],
      inputsUnknown: false,
    });
    // The lake takes rows again; the input of the lost commit is not skipped, but its rows are duplicates.
    expect(await lake.load('b.csv', rowsOfDays(90, 3, 500))).toMatchObject({
      rowsOut: 0,
      duplicates: 90,
      unknownInputs: { commit: expect.any(Number), rows: 'dropped' },
    });
  });

  test('two of them, and the last one', async () => {
    const lake = await fixture();
    for (const [index, name] of ['a', 'b', 'c', 'd', 'e'].entries())
      await lake.load(`${name}.csv`, rowsOfDays(30, 3, index * 100));
    const rows = await lake.rows();
    for (const commit of [2, 3, 5]) await lake.lose(commit);
    const report = await repairLake({ table: events, lake: lake.lake });
    expect(report).toMatchObject({ rows: 90, problems: [] });
    expect(report.replacedManifests).toEqual([2, 3].map((commit) => manifestPath('events', commit)));
    expect(await lake.rows()).toEqual(rows);
    expect(await lake.verify()).toMatchObject({ ok: true, rows: 150 });
  });

  test('a repair that dies before it has replaced the manifest is finished by the next one', async () => {
    const lake = await fixture();
    await lake.load('a.csv', rowsOfDays(60, 2));
    await lake.load('b.csv', rowsOfDays(60, 2, 500));
    await lake.load('c.csv', rowsOfDays(60, 2, 900));
    const rows = await lake.rows();
    await lake.lose(2);
    await repairLake({ table: events, lake: lake.lake });
    // As it is left between the commit that lists the files and the manifest in the place of the missing one.
    await lake.lose(2);
    expect(await repairLake({ table: events, lake: lake.lake })).toMatchObject({
      adopted: [],
      replacedManifests: [manifestPath('events', 2)],
    });
    expect(await lake.rows()).toEqual(rows);
    expect(await lake.verify()).toMatchObject({ ok: true, rows: 180 });
  });

  test('says what it does not know: a file that is gone, and that no other file is known to hold', async () => {
    const lake = await fixture();
    await lake.load('a.csv', rowsOfDays(90, 2));
    await lake.load('b.csv', rowsOfDays(60, 2, 500));
    await lake.load('c.csv', rowsOfDays(60, 2, 900));
    const { files, addedBy } = await lake.stored();
    const gone = files.find(({ path }) => addedBy.get(path) === 1);
    await rm(join(lake.lake, gone?.path ?? ''));
    await lake.lose(2);
    const report = await repairLake({ table: events, lake: lake.lake });
    expect(report.problems).toMatchObject([
      {
        file: gone?.path,
        problem: expect.stringContaining('Commit 2, whose manifest was lost, may have replaced it'),
        fix: expect.stringContaining('--drop-damaged'),
      },
    ]);
    expect(await lake.verify()).toMatchObject({ ok: false, problems: [{ file: gone?.path }] });
    await repairLake({ table: events, lake: lake.lake, dropDamaged: true });
    expect(await lake.verify()).toMatchObject({ ok: true, rows: 165 });
  });

  test('one that is there and cannot be read says how to go on, and that works', async () => {
    const lake = await fixture();
    await lake.load('a.csv', rowsOfDays(60, 2));
    await lake.load('b.csv', rowsOfDays(60, 2, 500));
    await lake.load('c.csv', rowsOfDays(60, 2, 900));
    const file = manifestPath('events', 2);
    await writeFile(join(lake.lake, file), '{ "version": 1,');
    for (const run of [lake.verify, () => repairLake({ table: events, lake: lake.lake })])
      await expect(run()).rejects.toMatchObject({
        code: 'LAKE_CORRUPT',
        payload: {
          file,
          problem: 'is not JSON',
          fix: expect.stringMatching(/delete it and run .*lake repair/),
        },
      });
    await lake.lose(2);
    await repairLake({ table: events, lake: lake.lake });
    expect(await lake.verify()).toMatchObject({ ok: true, rows: 180 });
  });

  test('a copy without the repair has diverged, and a copy of it is whole', async () => {
    const lake = await fixture();
    for (const [index, name] of ['a', 'b', 'c'].entries())
      await lake.load(`${name}.csv`, rowsOfDays(30, 3, index * 100));
    const [copy, other] = [join(lake.folder, 'copy'), join(lake.folder, 'other')];
    await syncLake({ table: events, from: lake.lake, to: copy });
    await lake.lose(2);
    await repairLake({ table: events, lake: lake.lake });
    await syncLake({ table: events, from: lake.lake, to: other });
    expect(await verifyLake({ table: events, lake: other })).toMatchObject({ ok: true, rows: 90 });
    await lake.load('d.csv', rowsOfDays(30, 3, 900));
    expect(await verifyLake({ table: events, lake: copy })).toMatchObject({ ok: true, rows: 90 });
  });
});

describe('a manifest that a later checkpoint makes up for', () => {
  test('is named, and written anew with what it did: no input is forgotten', async () => {
    const lake = await fixture();
    await lake.load('a.csv', rowsOfDays(60, 2));
    await lake.load('b.csv', [...rowsOfDays(60, 2, 500), 'cut off', 'cut off too']);
    await compactLake({ table: events, lake: lake.lake });
    await discardQuarantine({ table: events, lake: lake.lake });
    await lake.load('c.csv', [...rowsOfDays(60, 2, 900), 'cut off once more']);
    const store = openLakeStore(lake.lake);
    const history = await readLakeHistory(store, 'events');
    const state = foldManifests(emptyLakeState('events'), history);
    const checkpoint = join(lake.lake, '_headwater/events/checkpoint.jsonl');
    for (const lost of [1, 2, 3, 4]
      .map((last) => [last])
      .concat([
        [2, 3],
        [1, 4],
        [1, 2, 3, 4],
      ])) {
      await writeFile(checkpoint, checkpointText(state));
      for (const commit of lost) await lake.lose(commit);
      // Readers go by the checkpoint, so nothing is missing for them.
      expect(await lake.stored()).toEqual({ ...state, checkpoint: 5 });
      expect((await lake.verify()).problems.map(({ file }) => file)).toEqual(
        lost.map((commit) => manifestPath('events', commit)),
      );
      expect(await repairLake({ table: events, lake: lake.lake })).toMatchObject({
        problems: [],
        adopted: [],
        replaced: [],
        inputsUnknown: false,
      });
      expect(await lake.verify()).toMatchObject({ ok: true, problems: [], rows: 180 });
      await rm(checkpoint);
      const { inputs, ...rest } = await lake.stored();
      expect(rest).toEqual({ ...rest, files: state.files, quarantineFiles: state.quarantineFiles });
      expect(new Set(inputs.keys())).toEqual(new Set(state.inputs.keys()));
      for (const manifest of history)
        await writeFile(join(lake.lake, manifestPath('events', manifest.sequence)), JSON.stringify(manifest));
    }
  });

  test('of a long history: later commits, checkpoints and repairs go on', async () => {
    const lake = await fixture();
    for (let commit = 1; commit <= commitsPerCheckpoint + 2; commit += 1)
      await lake.load('x.csv', [rowsOfDays(200, 1)[commit] ?? '']);
    const rows = await lake.rows();
    for (const commit of [50, commitsPerCheckpoint + 1]) await lake.lose(commit);
    expect(await repairLake({ table: events, lake: lake.lake })).toMatchObject({
      rows: 1,
      inputsUnknown: true,
    });
    expect(await lake.rows()).toEqual(rows);
    expect(await lake.verify()).toMatchObject({ ok: true, notes: [] });
    expect(await readFile(join(lake.lake, '_headwater/events/checkpoint.jsonl'), 'utf8')).toContain(
      `"inputsUnknownAt":${commitsPerCheckpoint + 3}`,
    );
    expect(
      (await readdir(join(lake.lake, '_headwater/events'))).filter((name) => /^\d/.test(name)),
    ).toHaveLength(commitsPerCheckpoint + 3);
  });
});

describe('after a repair whose inputs are unknown, a load', () => {
  const at = '2019-10-01 00:00:00 UTC';
  const tableOf = (duplicates: object) =>
    defineEvents('events', {
      columns: { at: timestamp(), id: z.int64(), note: z.string() },
      roles: { time: 'at' },
      duplicates,
    } as never);

  test.each([
    [{ keep: 'all' }, 'added', 2],
    [{ key: ['at', 'id'], keep: 'last' }, 'replace', 1],
    [{ key: ['at', 'id'] }, 'dropped', 1],
  ] as const)(
    'of a table with %o says that rows of such an input are %s',
    async (duplicates, effect, count) => {
      const lake = await fixture(tableOf(duplicates) as unknown as typeof events);
      const columns = 'at,id,note';
      expect(await lake.load('a.csv', [`${at},1,first`], columns)).toMatchObject({ unknownInputs: null });
      await lake.load('b.csv', [`${at},2,b`], columns);
      await lake.lose(1);
      await repairLake({ table: tableOf(duplicates) as unknown as typeof events, lake: lake.lake });
      const unknownInputs = { commit: 3, rows: effect };
      expect(await lake.load('c.csv', [`${at},3,c`], columns)).toMatchObject({ unknownInputs });
      expect(await lake.load('a.csv', [`${at},1,first`], columns)).toMatchObject({ unknownInputs });
      expect((await lake.rows()).filter((row) => row.includes('first'))).toHaveLength(count);
    },
  );
});
