import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsInterpreter, useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { findInputs } from '../src/input/find-inputs.ts';
import { namedCompressions, namedFormats } from '../src/input/input-file.ts';

// The objects that a job's inputs name, as the script finds them on its own.

const aws = useAwsSandbox('folder-inputs');
const s3 = new S3Client({ forcePathStyle: true });
const folder = fileURLToPath(new URL('../src/load/spark', import.meta.url));

/** What a plan says of names. */
const named = { compressions: namedCompressions, formats: namedFormats };

const put = async (Key: string, Body = '{}\n') => {
  await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key, Body }));
  return `s3://${aws.bucket}/${Key}`;
};

const found = z.object({
  inputs: z.array(
    z.object({
      source: z.string(),
      format: z.string(),
      compression: z.string().nullable(),
      bytes: z.number(),
      object: z.object({ etag: z.string(), lastModified: z.iso.datetime() }),
    }),
  ),
  inputsSkipped: z.number(),
  log: z.array(z.string()),
});

/** Runs the script's function on words, beside inputs of earlier commits. */
function inputsOf(words: readonly string[], known: readonly object[] = [], plan: object = {}) {
  const program = `
import contextlib, io, json, sys
sys.path.insert(0, sys.argv[1])
import boto3, named_inputs, s3_inputs
from job_error import JobError
words, known, plan = json.loads(sys.stdin.read())
class Bare: pass
run = Bare(); run.store = Bare(); run.state = Bare()
run.store.client = boto3.client("s3")
run.state.inputs = {one["hash"]: one for one in known}
log = io.StringIO()
try:
    with contextlib.redirect_stdout(log):
        plan = {**plan, "inputs": named_inputs.inputs_of(json.dumps(words), plan)}
        result = s3_inputs.with_objects(plan, run)
    print(json.dumps({**result, "log": log.getvalue().splitlines()}))
except JobError as error:
    print(json.dumps({"code": error.code, "details": error.details}))
`;
  const run = spawnSync(awsInterpreter(), ['-c', program, folder], {
    input: JSON.stringify([words, known, { named, ...plan }]),
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

test('a folder stands for the objects below it, whatever their names; markers and other files are left out', async () => {
  const taken = [
    await put('raw/a.jsonl'),
    await put('raw/dt=2026-01-01/b c+d%20é.csv.gz'),
    await put('raw/dt=2026-01-01/e.PARQUET'),
    await put('raw/f.ndjson.zst'),
  ];
  await put('raw/', '');
  await put('raw/_SUCCESS', '');
  await put('raw/_temporary/g.jsonl');
  await put('raw/.hidden.csv');
  await put('raw/notes.txt');
  await put('raw2/h.jsonl');
  const { inputs, inputsSkipped, log } = found.parse(inputsOf([`s3://${aws.bucket}/raw/`]));
  expect(inputs.map(({ source }) => source).sort()).toEqual(taken.sort());
  expect(inputsSkipped).toBe(0);
  const formats = inputs.map(({ source, format, compression }) => [source.at(-1), format, compression]);
  expect(formats.sort()).toEqual([
    ['T', 'parquet', 'none'],
    ['l', 'jsonl', 'none'],
    ['t', 'jsonl', 'zstd'],
    ['z', 'csv', 'gzip'],
  ]);
  expect(log.length).toBe(4);
  expect(log.join()).toContain('notes.txt: its name does not tell its format');
});

test('with a format, names that say nothing are of it, and names of another one are left out, as in a folder', async () => {
  await put('given/a.csv');
  await put('given/b.dat.gz');
  await put('given/c');
  await put('given/d.jsonl.gz');
  const place = `s3://${aws.bucket}/given/`;
  const { inputs, log } = found.parse(inputsOf([place], [], { format: 'csv' }));
  expect(inputs.map(({ source, format, compression }) => [source, format, compression])).toEqual([
    [`${place}a.csv`, 'csv', 'none'],
    [`${place}b.dat.gz`, 'csv', 'gzip'],
    [`${place}c`, 'csv', null],
  ]);
  const { leftOut } = await findInputs([place], { format: 'csv' });
  expect(leftOut.map(({ source }) => source)).toEqual([`${place}d.jsonl.gz`]);
  expect(log).toEqual([
    `Left out: ${place}d.jsonl.gz: its name is of jsonl, and the format of the job is csv`,
  ]);
  // An object that is named is what the call says.
  const { inputs: one } = found.parse(inputsOf([`${place}d.jsonl.gz`], [], { format: 'csv' }));
  expect(one).toMatchObject([{ format: 'csv', compression: 'gzip' }]);
});

test('an object that the lake has is not read again; another content under its name is', async () => {
  const place = `s3://${aws.bucket}/again/`;
  await put('again/a.jsonl', '{"a":1}\n');
  await put('again/b.jsonl', '{"b":1}\n');
  const { inputs } = found.parse(inputsOf([place]));
  const committed = inputs.map(({ source, bytes, object }, index) => ({
    source,
    bytes,
    object,
    hash: `${index}`,
  }));
  expect(found.parse(inputsOf([place], committed))).toMatchObject({ inputs: [], inputsSkipped: 2 });
  // Each alone, too.
  expect(found.parse(inputsOf([`${place}a.jsonl`], committed))).toMatchObject({
    inputs: [],
    inputsSkipped: 1,
  });
  // Read as a source of the table, it has other rows.
  expect(found.parse(inputsOf([place], committed, { sourceName: 'app' })).inputs.length).toBe(2);
  // An input without its object's facts, as a file of a folder has, says nothing about the object.
  const files = committed.map(({ object: _, ...file }) => file);
  expect(found.parse(inputsOf([place], files)).inputs.length).toBe(2);
  await put('again/b.jsonl', '{"b":2}\n');
  const after = found.parse(inputsOf([place], committed));
  expect(after.inputs.map(({ source }) => source)).toEqual([`${place}b.jsonl`]);
  expect(after.inputsSkipped).toBe(1);
});

test('one object that is not there is an error, and a folder without objects is none', async () => {
  await put('one/a.jsonl.bak');
  expect(inputsOf([`s3://${aws.bucket}/one/a.jsonl`])).toEqual({
    code: 'INPUT_NOT_FOUND',
    details: { input: `s3://${aws.bucket}/one/a.jsonl` },
  });
  expect(found.parse(inputsOf([`s3://${aws.bucket}/none/`])).inputs).toEqual([]);
});

test('a folder of more objects than a page is listed whole', async () => {
  for (let first = 0; first < 1100; first += 50)
    await Promise.all(Array.from({ length: 50 }, (_, index) => put(`many/${first + index}.jsonl`)));
  expect(found.parse(inputsOf([`s3://${aws.bucket}/many/`])).inputs.length).toBe(1100);
});
