import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Manifest } from '@headwater/core/internal';
import { readLakeHistory } from '@headwater/core/internal';
import { awsInterpreter, useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { describe, expect, test } from 'vitest';
import { compactLake, loadEvents } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { freshLake } from './s3-fixture.ts';

// The script runs on its own, as a Python shell job of Glue does.

const aws = useAwsSandbox('verify-commit');
const s3 = new S3Client({ forcePathStyle: true });
const script = fileURLToPath(new URL('../src/load/spark/verify_commit.py', import.meta.url));

const keyOf = (uri: string) => uri.slice(`s3://${aws.bucket}/`.length);
const place = (uri: string) => ({ Bucket: aws.bucket, Key: keyOf(uri) });
const bytesOf = async (uri: string): Promise<Uint8Array> => {
  const { Body } = await s3.send(new GetObjectCommand(place(uri)));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
};

/** Runs the script for a commit. */
async function verify(lake: string, sequence: number) {
  const result = `${lake}/_headwater/events/jobs/results/${sequence}.json`;
  const args = ['--lake', lake, '--table', 'events', '--sequence', String(sequence), '--result', result];
  // Glue adds arguments of its own.
  const child = spawn(awsInterpreter(), [script, ...args, '--scriptLocation', 's3://x', '--JOB_NAME', 'v']);
  let log = '';
  child.stderr.on('data', (chunk) => (log += chunk));
  const [code] = await once(child, 'close');
  return { code, log, result: JSON.parse(Buffer.from(await bytesOf(result)).toString()) };
}

/** A lake with commits of clean rows, of a row that is rejected too, and its manifests. */
async function loadedLake(): Promise<{ lake: string; folder: string; manifests: Manifest[] }> {
  const folder = await temporaryFolder();
  const lake = freshLake(aws.location);
  const rows = rowsOfDays(600, 3);
  const inputs = [
    await writeLines(folder, 'a.csv', [header, ...rows.slice(0, 400), 'cut off']),
    await writeLines(folder, 'b.csv', [header, ...rows.slice(400)]),
  ];
  for (const input of inputs)
    await loadEvents({ table: events, lake, inputs: [input], workFolder: join(folder, 'work') });
  return { lake, folder, manifests: await readLakeHistory(openLakeStore(lake), 'events') };
}

const filesOf = ({ added, quarantineAdded }: Manifest) => [...added, ...quarantineAdded];

describe('a commit', () => {
  test('verifies with its quarantine, and the result has counts only', async () => {
    const { lake, manifests } = await loadedLake();
    const [first, second] = manifests;
    if (!first || !second) throw new Error('two commits');
    expect(first.quarantineAdded.length).toBe(1);
    const files = filesOf(second);
    expect(await verify(lake, 2)).toEqual({
      code: 0,
      log: '',
      result: {
        status: 'verified',
        sequence: 2,
        files: files.length,
        rows: files.reduce((sum, { rows }) => sum + rows, 0),
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        differing: 0,
        problems: {},
      },
    });
    // The second load rewrote days of the first: what it replaced is not looked for.
    const { code, result } = await verify(lake, 1);
    const replaced = new Set(second.removed);
    const left = filesOf(first).filter(({ path }) => !replaced.has(path));
    expect({ code, files: result.files, status: result.status }).toEqual({
      code: 0,
      files: left.length,
      status: 'verified',
    });
    expect(left.length).toBeGreaterThan(0);
    expect(JSON.stringify(result)).not.toContain('.parquet');
  });

  test('whose files a compaction replaced has none to compare', async () => {
    const { lake, folder, manifests } = await loadedLake();
    await compactLake({ table: events, lake, workFolder: join(folder, 'work') });
    const later = await readLakeHistory(openLakeStore(lake), 'events');
    const removed = new Set(later.flatMap((one) => [...one.removed, ...one.quarantineRemoved]));
    const [, second] = manifests;
    const { result } = await verify(lake, 2);
    expect(result).toMatchObject({
      status: 'verified',
      files: filesOf(second as Manifest).filter(({ path }) => !removed.has(path)).length,
    });
  });

  const damages: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array | undefined, string[]])[] = [
    ['a changed byte', (bytes) => bytes.map((byte, index) => (index === 100 ? byte ^ 1 : byte)), ['hash']],
    ['a file cut off', (bytes) => bytes.slice(0, -10), ['bytes', 'footer', 'hash']],
    ['a byte more', (bytes) => Uint8Array.from([...bytes, 0]), ['bytes', 'footer', 'hash']],
    ['a file that is gone', () => undefined, ['missing']],
  ];
  test.each(damages)('with %s does not verify, and the log names the file', async (_, damage, problems) => {
    const { lake, manifests } = await loadedLake();
    const file = manifests[1]?.added[0];
    if (!file) throw new Error('a file');
    const uri = `${lake}/${file.path}`;
    const bytes = damage(await bytesOf(uri));
    await s3.send(
      bytes ? new PutObjectCommand({ ...place(uri), Body: bytes }) : new DeleteObjectCommand(place(uri)),
    );
    const { code, log, result } = await verify(lake, 2);
    expect(code).toBe(1);
    expect(log).toContain(file.path);
    expect(result).toMatchObject({
      status: 'failed',
      code: 'COMMIT_DIFFERS',
      differing: 1,
      problems: Object.fromEntries(problems.map((kind) => [kind, 1])),
    });
    expect(Object.keys(result.problems).sort()).toEqual(problems);
  });

  test('with rows that its manifest does not have does not verify', async () => {
    const { lake } = await loadedLake();
    const uri = `${lake}/_headwater/events/00000002.json`;
    const manifest: Manifest = JSON.parse(Buffer.from(await bytesOf(uri)).toString());
    const [first, ...others] = manifest.added;
    if (!first) throw new Error('a file');
    const added = [{ ...first, rows: first.rows + 1 }, ...others];
    await s3.send(new PutObjectCommand({ ...place(uri), Body: JSON.stringify({ ...manifest, added }) }));
    expect((await verify(lake, 2)).result).toMatchObject({ status: 'failed', problems: { rows: 1 } });
  });

  test('that is not there leaves a result, too', async () => {
    const { lake } = await loadedLake();
    const { code, result } = await verify(lake, 9);
    expect(code).toBe(1);
    expect(result).toEqual({ status: 'failed', code: 'NoSuchKey' });
  });
});
