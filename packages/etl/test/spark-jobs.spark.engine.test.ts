import { writeFile } from 'node:fs/promises';
import { DeleteJobCommand, GetJobCommand, GlueClient } from '@aws-sdk/client-glue';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsTarget, isHeadwaterError } from '@headwater/core';
import { readLakeState, sparkJobName } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { afterEach, expect, test } from 'vitest';
import { cancelRun, jobRuns, loadEvents, type SubmitOptions, submitLoad, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { freshLake } from './s3-fixture.ts';

// The job really runs: the stand-in starts its script on the local Spark.

const aws = useAwsSandbox('etl-jobs');
/** How often a job is killed, at instants over its time. */
const kills = Number(process.env['HEADWATER_KILLS'] ?? 1);
/** Each kill takes a run of the job or less, and a minute where the processors are busy. */
const patience = 300_000 + kills * 60_000;
const glue = new GlueClient();
const s3 = new S3Client({ forcePathStyle: true });
const all = rowsOfDays(3000, 3);

const targetOf = (lake: string) =>
  awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database: aws.database,
    location: lake,
    firstDay: '2019-10-01',
  });
const jobName = () => sparkJobName({ database: aws.database }, events.name);

// A table has one job in a database, and every test has a lake of its own.
afterEach(() => glue.send(new DeleteJobCommand({ JobName: jobName() })));

/** Puts a text below the sandbox's landing prefix, and gives its address. */
async function land(name: string, text: string | Uint8Array): Promise<string> {
  await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `landing/${name}`, Body: text }));
  return `s3://${aws.bucket}/landing/${name}`;
}
const names = header.split(',');
/** CSV rows as JSON lines. */
const jsonl = (rows: readonly string[]): string =>
  rows
    .map(
      (row) => `${JSON.stringify(Object.fromEntries(row.split(',').map((text, at) => [names[at], text])))}\n`,
    )
    .join('');

/** The same text as a file of this machine. */
async function writeFileOf(folder: string, text: string): Promise<string> {
  const path = `${folder}/first.jsonl`;
  await writeFile(path, text);
  return path;
}

const submit = (lake: string, inputs: readonly string[], more: Partial<SubmitOptions> = {}) =>
  submitLoad({ table: events, target: targetOf(lake), inputs, pollSeconds: 0.2, ...more });

const rowsPerDay = async (lake: string): Promise<Record<string, number>> => {
  const { files } = await readLakeState(openLakeStore(lake), events.name);
  const days: Record<string, number> = {};
  for (const { day, rows } of files) days[day] = (days[day] ?? 0) + rows;
  return days;
};

/** The error that a promise was rejected with. */
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** The objects below a prefix, each with the key by which it is encrypted. */
async function encryptions(location: string): Promise<[string, string | undefined][]> {
  const [, Bucket, Prefix] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Promise.all(
    Contents.map(async ({ Key = '' }): Promise<[string, string | undefined]> => {
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      return [Key, head.ServerSideEncryption === 'aws:kms' ? head.SSEKMSKeyId : undefined];
    }),
  );
}

test('a submission loads once, whichever way it is repeated, reports as a load on this machine does, and encrypts what it leaves', async () => {
  const lake = freshLake(aws.location);
  const kmsKey = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
  const target = { ...targetOf(lake), kmsKey };
  const [first, second] = [
    // Spark reads a copy of an object of such a name.
    await land('a/first one.jsonl', jsonl(all.slice(0, 2000))),
    await land('a/second.jsonl', jsonl(all.slice(2000))),
  ];
  await land('a/_marker.csv', 'x');
  const seen = new Set<string>();
  const prefix = `s3://${aws.bucket}/landing/a/`;
  const onProgress: SubmitOptions['onProgress'] = ({ state }) => seen.add(state ?? 'prepare');
  const done = await submit(lake, [prefix], { target, onProgress });
  expect(done).toMatchObject({ job: jobName(), kept: 'created', isNew: true });
  expect(done.run).toMatchObject({ state: 'SUCCEEDED', result: { status: 'committed', sequence: 1 } });
  expect(seen).toEqual(new Set(['prepare', 'STARTING', 'RUNNING', 'SUCCEEDED']));
  expect(done.load).toMatchObject({ rowsIn: 3000, rowsOut: 3000, duplicates: 0, quarantined: 0, days: 3 });
  expect(done.load?.inputs.map(({ source, rowsIn, skipped }) => [source, rowsIn, skipped])).toEqual([
    [first, 2000, false],
    [second, 1000, false],
  ]);
  const folder = await temporaryFolder();
  const local = `${folder}/lake`;
  await loadEvents({
    table: events,
    lake: local,
    inputs: [await writeLines(folder, 'all.csv', [header, ...all])],
  });
  expect(await rowsPerDay(lake)).toEqual(await rowsPerDay(local));
  expect(await verifyLake({ table: events, lake })).toMatchObject({ problems: [], rows: 3000 });

  const written = await encryptions(lake);
  expect(written.filter(([, key]) => key !== kmsKey)).toEqual([]);
  const parts = ['/jobs/plans/', '/events/dt=', '/00000001.json', '/jobs/results/'];
  expect(parts.filter((part) => !written.some(([path]) => path.includes(part)))).toEqual([]);

  const again = await submit(lake, [first, second], { target });
  expect(again).toMatchObject({
    kept: 'updated',
    run: { state: 'SUCCEEDED', result: { status: 'skipped' } },
  });
  expect(again.load).toMatchObject({ rowsIn: 0, inputs: [{ skipped: true }, { skipped: true }] });
  expect((await submit(lake, [first, second], { target })).kept).toBe('unchanged');
  // Another load knows what the job loaded, and the job what another load did.
  const file = await writeFileOf(folder, jsonl(all.slice(0, 2000)));
  const known = await loadEvents({ table: events, lake, inputs: [file], workFolder: `${folder}/work` });
  expect(known.inputs[0]?.skipped).toBe(true);
  const { runs } = await jobRuns({ table: events, target: targetOf(lake) });
  expect(runs.map(({ state, result }) => [state, result?.status])).toEqual([
    ['SUCCEEDED', 'skipped'],
    ['SUCCEEDED', 'skipped'],
    ['SUCCEEDED', 'committed'],
  ]);
  expect(runs[2]).toMatchObject({ inputs: [first, second], isMaximum: false, result: { rowsOut: 3000 } });
  expect(runs[2]?.dollars).toBeCloseTo((runs[2]?.dpuHours ?? 0) * 0.44, 9);
});

test('a run that fails is an error that names its inputs, what was wrong, and what to do', async () => {
  const lake = freshLake(aws.location);
  const input = await land('b/wrong.jsonl', `${jsonl(all.slice(0, 10))}{"event_time":"never"}\n`);
  const error = await errorOf(submit(lake, [input], { maxQuarantine: 0.01 }));
  if (!isHeadwaterError(error, 'JOB_FAILED')) throw error;
  expect(error.payload).toMatchObject({ state: 'FAILED', code: 'QUARANTINE_EXCEEDED', inputs: [input] });
  expect(error.message).toContain('1 of 11 rows were rejected, more than --max-quarantine 1%');
  expect(error.message).toContain(`the first in ${input} line 11`);
  expect(await rowsPerDay(lake)).toEqual({});
});

test('what cannot be loaded is refused before anything is started', async () => {
  const lake = freshLake(aws.location);
  expect(isHeadwaterError(await errorOf(submit(lake, ['events.csv'])), 'OPTION_INVALID')).toBe(true);
  const missing = await errorOf(submit(lake, [`s3://${aws.bucket}/landing/none/`]));
  expect(isHeadwaterError(missing, 'INPUT_NOT_FOUND')).toBe(true);
  const folder = await errorOf(submit(lake, ['s3://x/y.csv'], { lake: './lake' }));
  expect(isHeadwaterError(folder, 'OPTION_INVALID')).toBe(true);
  await expect(glue.send(new GetJobCommand({ JobName: jobName() }))).rejects.toMatchObject({
    name: 'EntityNotFoundException',
  });
});

test('one load of a table at a time: the same one is waited for, another is refused, and a run can be cancelled', async () => {
  const lake = freshLake(aws.location);
  const first = await land('c/first.jsonl', jsonl(all.slice(0, 2000)));
  const other = await land('c/other.jsonl', jsonl(all.slice(2000)));
  const started = await submit(lake, [first], { wait: false });
  expect(started).toMatchObject({ isNew: true, load: null, run: { isOver: false } });
  const busy = await errorOf(submit(lake, [other], { wait: false }));
  if (!isHeadwaterError(busy, 'JOB_BUSY')) throw busy;
  expect(busy.payload.running).toEqual([started.run.id]);
  const same = await submit(lake, [first], { wait: false });
  expect(same).toMatchObject({ isNew: false, run: { id: started.run.id } });

  const target = targetOf(lake);
  const unknown = await errorOf(cancelRun({ table: events, target, run: 'jr_none' }));
  if (!isHeadwaterError(unknown, 'JOB_RUN_UNKNOWN')) throw unknown;
  expect(unknown.payload.running).toEqual([started.run.id]);
  const cancelled = await cancelRun({ table: events, target, run: started.run.id.slice(0, 12) });
  expect(cancelled).toMatchObject({ run: started.run.id, isCancelled: true });
  let state = '';
  while (state !== 'STOPPED')
    state = (await jobRuns({ table: events, target, limit: 1 })).runs[0]?.state ?? '';
  expect(await cancelRun({ table: events, target, run: started.run.id })).toMatchObject({
    isCancelled: false,
    state: 'STOPPED',
  });
  const stop = new AbortController();
  const waiting = submit(lake, [other], {
    signal: stop.signal,
    onProgress: ({ state: now }) => {
      if (now === 'RUNNING') stop.abort();
    },
  });
  const interrupted = await errorOf(waiting);
  if (!isHeadwaterError(interrupted, 'INTERRUPTED')) throw interrupted;
  expect(interrupted.message).toContain('headwater etl cancel jr_');
  // It goes on without us, and is found again.
  expect(await submit(lake, [other])).toMatchObject({ isNew: false, load: { rowsOut: 1000 } });
  expect(await verifyLake({ table: events, lake })).toMatchObject({ problems: [], rows: 1000 });
});

test(`Spark killed ${kills} times while it runs: the lake stays readable, and the same submission completes it`, {
  timeout: patience,
}, async () => {
  const [first, second] = [
    await land('d/first.jsonl', jsonl(all.slice(0, 1000))),
    await land('d/second.jsonl', jsonl(all.slice(1000))),
  ];
  const folder = await temporaryFolder();
  const file = await writeFileOf(folder, jsonl(all.slice(0, 1000)));
  /** A lake that has the first file. */
  const begun = async (): Promise<string> => {
    const lake = freshLake(aws.location);
    await loadEvents({ table: events, lake, inputs: [file], workFolder: `${folder}/work` });
    return lake;
  };
  let lake = await begun();
  const whole = await submit(freshLake(aws.location), [first, second]);
  const killed: string[] = [];
  // A run after one that was killed starts Java as the first did. After one that ended by itself it takes what that one took.
  let { seconds } = whole.run;
  for (let kill = 0; kill < kills; ) {
    const { run } = await submit(lake, [second], { wait: false });
    // Before its process is there, nothing can be killed.
    for (let state: string | undefined = 'STARTING'; state === 'STARTING'; )
      state = (await jobRuns({ table: events, target: targetOf(lake), limit: 1 })).runs[0]?.state;
    const after = ((kill + Math.random()) / kills) * seconds * 1000;
    await new Promise((resolve) => setTimeout(resolve, after));
    const answer = await fetch(`${aws.endpoints.aws}/_local/kill-job-run`, {
      method: 'POST',
      body: JSON.stringify({ id: run.id }),
    });
    const { isKilled } = (await answer.json()) as { readonly isKilled: boolean };
    killed.push(`${Math.round(after)} ms: ${isKilled}`);
    const report = await verifyLake({ table: events, lake });
    expect(report.problems).toEqual([]);
    expect([1000, 3000]).toContain(report.rows);
    let ended = run;
    while (!ended.isOver)
      ended = (await jobRuns({ table: events, target: targetOf(lake), limit: 1 })).runs[0] ?? ended;
    if (isKilled) kill += 1;
    seconds = isKilled ? whole.run.seconds : ended.seconds;
    // A run that ended first has left nothing to load.
    if (!isKilled || report.rows === 3000) lake = await begun();
  }
  const done = await submit(lake, [first, second], { leftoverGraceSeconds: 0 });
  expect(done.load?.inputs[0]?.skipped).toBe(true);
  expect(await verifyLake({ table: events, lake })).toMatchObject({ problems: [], rows: 3000 });
  // What is dead since then goes with the next load, of whatever kind.
  await loadEvents({
    table: events,
    lake,
    inputs: [file],
    workFolder: `${folder}/work`,
    leftoverGraceSeconds: 0,
  });
  const store = openLakeStore(lake);
  const { files, quarantineFiles } = await readLakeState(store, events.name);
  const listed = new Set([...files, ...quarantineFiles].map(({ path }) => path));
  const left: string[] = [];
  for (const place of [events.name, `${events.name}__quarantine`, `_headwater/${events.name}/staging`])
    for await (const { path } of store.walk(place)) if (!listed.has(path)) left.push(path);
  expect(left).toEqual([]);
  console.info(`a run takes ${whole.run.seconds} s; killed after ${killed.join(', ')}`);
});
