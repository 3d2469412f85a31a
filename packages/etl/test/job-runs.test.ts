import { HeadwaterError } from '@headwater/core';
import { fileSchema } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { describeRun } from '../src/jobs/describe-run.ts';
import { jobErrorFrom } from '../src/jobs/job-error.ts';
import type { JobResult } from '../src/jobs/job-result.ts';
import { textBytes } from '../src/jobs/text-bytes.ts';
import { events } from './events-table.ts';

const glueRun = {
  Id: 'jr_1',
  JobRunState: 'FAILED',
  StartedOn: new Date('2026-11-27T10:00:00Z'),
  ExecutionTime: 3600,
  WorkerType: 'G.2X',
  NumberOfWorkers: 5,
} as const;

test('a run costs the DPU-seconds that Glue counted, or at most those of all its workers', () => {
  expect(describeRun({ ...glueRun, DPUSeconds: 7200 }, undefined)).toMatchObject({
    dpuHours: 2,
    dollars: 0.88,
    isMaximum: false,
  });
  expect(describeRun(glueRun, undefined)).toMatchObject({ dpuHours: 10, isMaximum: true });
  expect(describeRun({ ...glueRun, ExecutionClass: 'FLEX', DPUSeconds: 3600 }, undefined).dollars).toBe(0.29);
  // A minute is billed at least, and nothing before it started.
  expect(describeRun({ ...glueRun, ExecutionTime: 1 }, undefined).dpuHours).toBeCloseTo(1 / 6, 9);
  expect(describeRun({ Id: 'jr_2', JobRunState: 'STARTING' }, undefined)).toMatchObject({
    dpuHours: 0,
    isOver: false,
    startedAt: null,
  });
});

test('a run shows its inputs where its arguments have them', () => {
  const inputsOf = (text?: string) =>
    describeRun({ ...glueRun, Arguments: text === undefined ? {} : { '--inputs': text } }, undefined).inputs;
  expect(inputsOf('["s3://a/b.csv"]')).toEqual(['s3://a/b.csv']);
  expect(inputsOf('s3://lake/list.json')).toBeNull();
  expect(inputsOf('[cut off')).toBeNull();
  expect(inputsOf()).toBeNull();
});

const reading = { file: fileSchema(events.schema, undefined), maxQuarantine: 0.01 };
const failed = (result: JobResult | undefined, change: object = {}) =>
  jobErrorFrom(
    'headwater-shop-events',
    describeRun({ ...glueRun, ...change }, result),
    ['s3://a/b.csv'],
    reading,
  );

test('the error of a run has the message of the code that the script reported', () => {
  const details = { file: 's3://a/b.csv', problem: 'it is no Parquet file' };
  const error = failed({ status: 'failed', code: 'INPUT_UNREADABLE', details });
  expect(error).toBeInstanceOf(HeadwaterError);
  expect(error.payload).toMatchObject({
    code: 'INPUT_UNREADABLE',
    state: 'FAILED',
    inputs: ['s3://a/b.csv'],
  });
  expect(error.message).toContain('s3://a/b.csv: cannot be read: it is no Parquet file');
});

test('too many rejected rows are explained as by a load on this machine', () => {
  const examples = [{ reason: 'price:not_a_decimal', rows: 7, source: 's3://a/b.csv', line: 3 }];
  const details = { rowsIn: 10, quarantined: 7, reasons: { 'price:not_a_decimal': 7 }, examples };
  const { message } = failed({ status: 'failed', code: 'QUARANTINE_EXCEEDED', details });
  expect(message).toContain('7 of 10 rows were rejected, more than --max-quarantine 1%');
  expect(message).toContain('price:not_a_decimal in 7 rows, the first in s3://a/b.csv line 3');
});

test.each([
  [{ status: 'failed', code: 'OF_THE_SCRIPT', message: 'x happened' }, {}, 'x happened.'],
  [
    { status: 'failed', code: 'SPARK_FAILED', details: {}, message: 'OutOfMemoryError: Java heap space' },
    {},
    '--worker-type',
  ],
  // A payload that lacks what the message needs.
  [{ status: 'failed', code: 'QUARANTINE_EXCEEDED', details: {}, message: 'too many' }, {}, 'too many.'],
  [undefined, { ErrorMessage: 'java.lang.OutOfMemoryError: Java heap space' }, '--worker-type'],
  [undefined, { JobRunState: 'TIMEOUT' }, '--timeout'],
  [undefined, { JobRunState: 'SUCCEEDED' }, 'it wrote no report'],
  [undefined, { ErrorMessage: 'S3Exception: Access Denied (403)' }, 'derive iam-policy --role spark-job'],
] as const)('a run that failed with %o says what to do', (result, change, text) => {
  expect(failed(result, change).message).toContain(text);
});

test('many inputs are named by the first of them', () => {
  const inputs = Array.from({ length: 12 }, (_, index) => `s3://a/${index}.csv`);
  const { payload } = jobErrorFrom('j', describeRun(glueRun, undefined), inputs, reading);
  expect(payload.inputs).toEqual([...inputs.slice(0, 5), '7 more']);
});

test('a job is sized by the text that its inputs hold', () => {
  const object = { bytes: 1000 };
  const of = (format: 'csv' | 'parquet', compression: 'none' | 'gzip') =>
    textBytes({ object, format, compression } as Parameters<typeof textBytes>[0]);
  expect([of('csv', 'none'), of('csv', 'gzip'), of('parquet', 'none')]).toEqual([1000, 5000, 5000]);
});
