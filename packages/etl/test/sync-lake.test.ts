import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointPath, checkpointText, manifestPath, parseCheckpoint } from '@headwater/core/internal';
import { describe, expect, test } from 'vitest';
import { compactLake, loadEvents, syncLake, verifyLake } from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

async function fixture() {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  const load = async (lake: string, name: string, rows: readonly string[]) =>
    loadEvents({ table: events, lake, inputs: [await writeLines(folder, name, [header, ...rows])] });
  return { folder, from, to, load, sync: () => syncLake({ table: events, from, to }) };
}

async function manifests(lake: string): Promise<Record<string, string>> {
  const folder = join(lake, '_headwater', events.name);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

describe('a sync', () => {
  test('copies only what is missing, removes what was replaced, and ends with the same lake', async () => {
    const { from, to, load, sync } = await fixture();
    await load(from, 'a.csv', rowsOfDays(300, 3));
    expect(await sync()).toMatchObject({ commits: 1, files: 3, removed: 0, ahead: 0 });
    await load(from, 'b.csv', [...rowsOfDays(100, 1, 7000), 'cut off']);
    expect(await syncLake({ table: events, from, to, dryRun: true })).toMatchObject({
      commits: 1,
      files: 2,
      dryRun: true,
    });
    expect(await sync()).toMatchObject({ commits: 1, files: 2, removed: 0 });
    await compactLake({ table: events, lake: from });
    expect(await sync()).toMatchObject({ commits: 1, files: 1, removed: 2 });
    expect(await sync()).toMatchObject({ commits: 0, files: 0, ahead: 0 });
    expect(await lakeBytes(to)).toEqual(await lakeBytes(from));
    expect(await manifests(to)).toEqual(await manifests(from));
    expect(await verifyLake({ table: events, lake: to })).toMatchObject({
      ok: true,
      rows: 400,
      leftovers: [],
    });
    // The copy is a lake like any other, and goes back as well.
    await load(to, 'c.csv', rowsOfDays(50, 1, 9000));
    expect(await sync()).toMatchObject({ commits: 0, ahead: 1 });
    expect(await syncLake({ table: events, from: to, to: from })).toMatchObject({ commits: 1, files: 1 });
    expect(await lakeBytes(from)).toEqual(await lakeBytes(to));
  });

  test('refuses lakes that went different ways, and says from which commit', async () => {
    const { from, to, load, sync } = await fixture();
    for (let commit = 1; commit <= 3; commit += 1)
      await load(from, `${commit}.csv`, rowsOfDays(20, 1, commit * 100));
    await sync();
    for (let commit = 4; commit <= 7; commit += 1) {
      await load(from, `${commit}.csv`, rowsOfDays(20, 1, commit * 100));
      await load(to, `other${commit}.csv`, rowsOfDays(20, 1, commit * 1000));
    }
    const before = [await lakeBytes(to), await manifests(to)];
    await expect(sync()).rejects.toMatchObject({ code: 'LAKE_DIVERGED', payload: { sequence: 4, from, to } });
    expect([await lakeBytes(to), await manifests(to)]).toEqual(before);
  });

  test('goes on where it was stopped', async () => {
    const { from, to, load, sync } = await fixture();
    await load(from, 'a.csv', rowsOfDays(2000, 20));
    await load(from, 'b.csv', rowsOfDays(100, 1, 7000));
    const stop = new AbortController();
    const stopped = syncLake({
      table: events,
      from,
      to,
      signal: stop.signal,
      onProgress: ({ bytes, totalBytes }) => bytes > totalBytes / 2 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(await readdir(join(to, '_headwater', events.name))).not.toContain('00000001.json');
    const rest = await sync();
    expect(rest.files).toBeLessThan(15);
    expect(rest.commits).toBe(2);
    expect(await lakeBytes(to)).toEqual(await lakeBytes(from));
    // Stopped between two commits.
    await rm(join(to, manifestPath(events.name, 2)));
    expect(await sync()).toMatchObject({ commits: 1, files: 0 });
    expect(await manifests(to)).toEqual(await manifests(from));
  });

  test('does not pass on a file that is not what was committed', async () => {
    const { from, to, load, sync } = await fixture();
    await load(from, 'a.csv', rowsOfDays(100, 2));
    const [path = ''] = Object.keys(await lakeBytes(from));
    await appendFile(join(from, path), 'x');
    await expect(sync()).rejects.toMatchObject({ code: 'LAKE_CORRUPT', payload: { file: path.slice(1) } });
    await expect(verifyLake({ table: events, lake: to })).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  });

  test('has nothing to copy from an empty place', async () => {
    await expect((await fixture()).sync()).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  });
});

test('every hundredth commit leaves a checkpoint; verification says when it is damaged, missing or lies', async () => {
  const { from, to, load, sync } = await fixture();
  await load(from, 'a.csv', rowsOfDays(20, 1));
  const first = manifestPath(events.name, 1);
  const text = await readFile(join(from, first), 'utf8');
  // Commits that change nothing, as many as a long history has.
  for (let sequence = 2; sequence <= 99; sequence += 1) {
    const idle = {
      ...JSON.parse(text),
      sequence,
      runId: `run-${sequence}`,
      inputs: [],
      added: [],
      rowsIn: 0,
      rowsOut: 0,
    };
    await writeFile(join(from, manifestPath(events.name, sequence)), JSON.stringify(idle));
  }
  await load(from, 'b.csv', rowsOfDays(20, 1, 500));
  const checkpoint = join(from, checkpointPath(events.name));
  const sound = await readFile(checkpoint, 'utf8');
  expect(await verifyLake({ table: events, lake: from })).toMatchObject({ ok: true, rows: 40, notes: [] });
  await sync();
  expect(await readFile(join(to, checkpointPath(events.name)), 'utf8')).toBe(sound);

  await writeFile(checkpoint, sound.slice(0, 300));
  const damaged = await verifyLake({ table: events, lake: from });
  expect(damaged).toMatchObject({ ok: true, notes: [expect.stringContaining('is damaged')] });
  await load(from, 'c.csv', rowsOfDays(20, 1, 900));
  expect(await verifyLake({ table: events, lake: from })).toMatchObject({ ok: true, rows: 60, notes: [] });

  const state = parseCheckpoint(await readFile(checkpoint, 'utf8'), events.name);
  if (!state) throw new Error('no checkpoint');
  await writeFile(checkpoint, checkpointText({ ...state, files: state.files.slice(1) }));
  expect(await verifyLake({ table: events, lake: from })).toMatchObject({
    ok: false,
    problems: [{ file: checkpointPath(events.name), problem: 'does not hold what manifests 1 to 101 say' }],
  });
});
