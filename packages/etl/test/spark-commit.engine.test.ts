import { defineEvents } from '@headwater/core';
import { commitsPerCheckpoint, readLakeHistory, readLakeState } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { lakeStatus, loadEvents, syncLake, verifyLake } from '../src/index.ts';
import { sparkCommitPlan } from '../src/load/spark/commit-plan.ts';
import { countingProxy } from './counting-proxy.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { committedFiles, freshLake, remainsOf } from './s3-fixture.ts';
import { prepareLoad, runScript, startScript } from './s3-lake-script.ts';

// The script's part of the lake's protocol, against the other part: loads and checks in TypeScript.

const aws = useAwsSandbox('etl-spark-commit');
/** How many of the script's requests it is killed after. */
const kills = Number(process.env['HEADWATER_KILLS'] ?? 4);
const all = rowsOfDays(3000, 3);

/** Two files: days one and two with a broken line, day three. */
async function twoInputs() {
  const folder = await temporaryFolder();
  const first = await writeLines(folder, 'first.csv', [header, ...all.slice(0, 2000), 'broken']);
  const second = await writeLines(folder, 'second.csv', [header, ...all.slice(2000)]);
  return { folder, first, second };
}

const load = (lake: string, input: string, folder: string, leftoverGraceSeconds = 0) =>
  loadEvents({ table: events, lake, inputs: [input], workFolder: `${folder}/work`, leftoverGraceSeconds });

test('a commit by the script is one as any other: verified, listed, extended by a load, and its input is known', async () => {
  const { folder, first, second } = await twoInputs();
  const [lake, other] = [freshLake(aws.location), freshLake(aws.location)];
  const prepared = await prepareLoad(folder, 'first', [first], lake);
  expect(await runScript(prepared)).toMatchObject({ status: 'committed', sequence: 1, attempts: 1 });
  await load(other, first, folder);
  expect(await committedFiles(lake)).toEqual(await committedFiles(other));
  expect(await remainsOf(lake)).toEqual([]);
  const check = await verifyLake({ table: events, lake });
  expect(check).toMatchObject({ problems: [], rows: 2000 });
  const [manifest] = await readLakeHistory(openLakeStore(lake), events.name);
  const [expected] = await readLakeHistory(openLakeStore(other), events.name);
  const times = { runId: '', startedAt: '', seconds: 0 };
  const unnamed = (one: typeof manifest) => ({
    ...one,
    ...times,
    added: one?.added.map(({ path, ...file }) => ({
      ...file,
      path: path.replace(/-[0-9a-f]{8}\.parquet$/, ''),
    })),
    // The rejected rows hold the id of their run.
    quarantineAdded: one?.quarantineAdded.map(({ day, rows }) => ({ day, rows })),
  });
  expect(unnamed(manifest)).toEqual(unnamed(expected));
  expect(manifest?.runId).toMatch(/^\d{8}-\d{9}-[0-9a-f]{8}$/);
  const again = await load(lake, first, folder);
  expect(again.inputs[0]?.skipped).toBe(true);
  const more = await load(lake, second, folder);
  expect(more).toMatchObject({ rowsOut: 1000, removedLeftovers: [] });
  const status = await lakeStatus({ table: events, lake });
  expect(status).toMatchObject({ rows: 3000, quarantined: 1, inputs: 2 });
  expect(status.runs.map(({ operation }) => operation)).toEqual(['load', 'load']);
  expect(await runScript(prepared)).toMatchObject({ status: 'skipped' });
  // A copy in a folder has the same commits.
  await syncLake({ table: events, from: lake, to: `${folder}/copy` });
  expect((await verifyLake({ table: events, lake: `${folder}/copy` })).problems).toEqual([]);
});

test('a load in between: another day only moves the commit to the next number, the same day makes the script begin again', async () => {
  const { folder, first, second } = await twoInputs();
  const lake = freshLake(aws.location);
  const prepared = await prepareLoad(folder, 'first', [first], lake);
  const waiting = startScript(prepared, ['wait']);
  expect(await waiting.line()).toMatch(/^written \S+ 0$/);
  await load(lake, second, folder, 3600);
  waiting.goOn();
  expect(JSON.parse(await waiting.line())).toMatchObject({ status: 'committed', sequence: 2, attempts: 1 });
  expect(await remainsOf(lake)).toEqual([]);
  expect((await verifyLake({ table: events, lake })).problems).toEqual([]);

  const more = await writeLines(folder, 'more.csv', [header, ...rowsOfDays(600, 3, 50_000)]);
  const late = await writeLines(folder, 'late.csv', [header, ...rowsOfDays(300, 3, 90_000)]);
  const racing = startScript(await prepareLoad(folder, 'late', [late], lake), ['wait']);
  const [, id] = (await racing.line()).split(' ');
  await load(lake, more, folder);
  racing.goOn();
  // It has read the state again.
  const [, later, files] = (await racing.line()).split(' ');
  expect(later).not.toBe(id);
  expect(Number(files)).toBe(6);
  racing.goOn();
  expect(JSON.parse(await racing.line())).toMatchObject({ status: 'committed', sequence: 4, attempts: 2 });
  expect(await verifyLake({ table: events, lake })).toMatchObject({ problems: [], rows: 3900 });
  expect(await remainsOf(lake)).toEqual([]);
});

test('a script whose files another run removed, because it took them for dead, begins again', async () => {
  const { folder, first, second } = await twoInputs();
  const lake = freshLake(aws.location);
  const waiting = startScript(await prepareLoad(folder, 'first', [first], lake), ['wait']);
  await waiting.line();
  await load(lake, second, folder, 0);
  waiting.goOn();
  expect(await waiting.line()).toMatch(/^written/);
  waiting.goOn();
  expect(JSON.parse(await waiting.line())).toMatchObject({ status: 'committed', sequence: 2, attempts: 2 });
  expect(await verifyLake({ table: events, lake })).toMatchObject({ problems: [], rows: 3000 });
  expect(await remainsOf(lake)).toEqual([]);
});

test('the same input loaded in between is not loaded twice', async () => {
  const { folder, first } = await twoInputs();
  const lake = freshLake(aws.location);
  const waiting = startScript(await prepareLoad(folder, 'first', [first], lake), ['wait']);
  await waiting.line();
  await load(lake, first, folder);
  waiting.goOn();
  expect(JSON.parse(await waiting.line())).toMatchObject({ status: 'skipped', attempts: 2 });
  expect((await lakeStatus({ table: events, lake })).rows).toBe(2000);
  expect(await remainsOf(lake)).toEqual([]);
});

test('a lake that got files of another definition since the plan was made is refused, with what to do', async () => {
  const { folder, first, second } = await twoInputs();
  const lake = freshLake(aws.location);
  const prepared = await prepareLoad(folder, 'first', [first], lake);
  // Its brands keep their letters, so rows are cleaned and compared otherwise.
  const { brand: _, ...others } = events.shape;
  const narrower = defineEvents('events', {
    columns: { ...others, brand: z.string().optional() },
    roles: { time: 'event_time', action: 'event_type', actor: 'user_id' },
  });
  await loadEvents({ table: narrower, lake, inputs: [second], workFolder: `${folder}/work` });
  const refused = await runScript(prepared);
  expect(refused).toMatchObject({ status: 'failed', code: 'PLAN_STALE' });
  expect(refused.details?.['problem']).toContain('commit 1 was made with the definition');
  expect(refused.details?.['fix']).toContain('headwater etl submit');
  // Submitted again, the definitions are compared.
  const state = await readLakeState(openLakeStore(lake), events.name);
  expect(sparkCommitPlan(events.schema, state, lake).fits).toHaveLength(1);
  expect(await runScript(await prepareLoad(folder, 'again', [first], lake))).toMatchObject({
    status: 'committed',
  });
  expect((await verifyLake({ table: events, lake })).problems).toEqual([]);
});

test('a lake that lost its last manifest is refused: the commit would take its number', async () => {
  const { folder, first, second } = await twoInputs();
  const lake = freshLake(aws.location);
  await load(lake, first, folder);
  const prepared = await prepareLoad(folder, 'second', [second], lake);
  await load(lake, second, folder);
  await openLakeStore(lake).remove(['_headwater/events/00000002.json']);
  const refused = await runScript(prepared);
  expect(refused).toMatchObject({ status: 'failed', code: 'LAKE_CORRUPT' });
  expect(refused.details?.['fix']).toContain('headwater lake repair');
  await openLakeStore(lake).remove(['_headwater/events/00000001.json']);
  expect((await runScript(prepared)).code).toBe('LAKE_CORRUPT');
});

test('the script removes what a dead load left, when it is old enough', async () => {
  const { folder, first, second } = await twoInputs();
  const lake = freshLake(aws.location);
  await load(lake, first, folder);
  const store = openLakeStore(lake);
  const [file] = (await readLakeState(store, events.name)).files;
  const name = `${'0'.repeat(16)}-00000001-deadbeef`;
  const dead = [
    `events/dt=2019-10-01/part-${name}.parquet`,
    `_headwater/events/staging/00000001-20260101-000000000-deadbeef/${'0'.repeat(32)}.parquet`,
    '_headwater/events/staging/00000001-20260101-000000000-deadbeef/spark/files/_temporary/0/x',
  ];
  for (const path of dead) await store.copy(file?.path ?? '', path);
  const patient = await runScript(await prepareLoad(folder, 'patient', [first], lake, 3600));
  expect(patient).toMatchObject({ status: 'skipped', removedLeftovers: [] });
  const result = await runScript(await prepareLoad(folder, 'second', [second], lake));
  expect(result).toMatchObject({ status: 'committed', removedLeftovers: expect.arrayContaining(dead) });
  expect(await remainsOf(lake)).toEqual([]);
});

test('counts that do not add up are not committed', async () => {
  const { folder, first } = await twoInputs();
  const lake = freshLake(aws.location);
  const prepared = await prepareLoad(folder, 'first', [first], lake);
  const { readFile, writeFile } = await import('node:fs/promises');
  const written = JSON.parse(await readFile(prepared.written, 'utf8'));
  await writeFile(prepared.written, JSON.stringify({ ...written, rowsOut: 1999, duplicates: 1 }));
  expect(await runScript(prepared)).toMatchObject({ status: 'failed', code: 'ACCOUNTING_MISMATCH' });
  expect(await remainsOf(lake)).toEqual([]);
});

test(`a checkpoint of the script is one: after ${commitsPerCheckpoint} commits both read on from it`, async () => {
  const { folder, first, second } = await twoInputs();
  const lake = freshLake(aws.location);
  const store = openLakeStore(lake);
  await load(lake, first, folder);
  const [commit] = await readLakeHistory(store, events.name);
  // Commits that change nothing.
  const nothing = {
    inputs: [],
    added: [],
    removed: [],
    quarantineAdded: [],
    quarantineRemoved: [],
    reasons: {},
  };
  const noRows = { rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0 };
  for (let sequence = 2; sequence < commitsPerCheckpoint; sequence += 1) {
    const name = String(sequence).padStart(8, '0');
    const manifest = { ...commit, ...nothing, ...noRows, sequence, runId: `20260101-000000000-${name}` };
    await store.createText(`_headwater/events/${name}.json`, JSON.stringify(manifest));
  }
  expect(await runScript(await prepareLoad(folder, 'second', [second], lake))).toMatchObject({
    status: 'committed',
    sequence: commitsPerCheckpoint,
  });
  const state = await readLakeState(store, events.name);
  expect(state).toMatchObject({ sequence: commitsPerCheckpoint, checkpoint: commitsPerCheckpoint });
  expect((await verifyLake({ table: events, lake })).problems).toEqual([]);
  expect(await runScript(await prepareLoad(folder, 'again', [second], lake))).toMatchObject({
    status: 'skipped',
  });
}, 600_000);

test(`the script killed after any of ${kills} of its requests leaves a lake to read, and nothing for good`, async () => {
  const { folder, first, second } = await twoInputs();
  const proxy = await countingProxy(process.env['AWS_ENDPOINT_URL'] ?? '');
  const undisturbed = freshLake(aws.location);
  await load(undisturbed, first, folder);
  const whole = startScript(await prepareLoad(folder, 'whole', [second], undisturbed), [], proxy.url);
  proxy.withhold(0, () => {});
  await whole.exit;
  const total = proxy.requests.length;
  const expected = await committedFiles(undisturbed);
  expect(total).toBeGreaterThan(8);
  const killedAt: string[] = [];
  for (let kill = 0; kill < Math.min(kills, total); kill += 1) {
    const lake = freshLake(aws.location);
    await load(lake, first, folder);
    const prepared = await prepareLoad(folder, `kill${kill}`, [second], lake);
    const at = 1 + Math.floor((kill * total) / Math.min(kills, total));
    const { child, exit } = startScript(prepared, [], proxy.url);
    proxy.withhold(at, () => child.kill('SIGKILL'));
    await exit;
    killedAt.push(
      proxy.requests
        .at(-1)
        ?.replace(/\?.*/, '')
        .replace(/\/[^ ]*\/(?=[^/]*$)/, ' ') ?? '',
    );
    const report = await verifyLake({ table: events, lake });
    expect(report.problems).toEqual([]);
    expect([2000, 3000]).toContain(report.rows);
    // By turns: the script itself goes on, or another load does.
    if (kill % 2) await load(lake, second, folder);
    else expect((await runScript(prepared)).status).toBe(report.rows === 3000 ? 'skipped' : 'committed');
    expect(await committedFiles(lake)).toEqual(expected);
    // What is dead since then goes with the next run.
    await load(lake, first, folder);
    expect(await remainsOf(lake)).toEqual([]);
  }
  console.info(`${total} requests; killed after:\n${killedAt.join('\n')}`);
}, 1_200_000);
