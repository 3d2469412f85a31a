import { awsRuleProblems } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { deriveSparkJob, deriveSparkRole, isHeadwaterError, sparkCapacity } from '../../src/index.ts';
import {
  glueWorkers,
  glueWorkerTypes,
  isInputArgument,
  sparkBytesPerCoreSecond,
  sparkJobPlace,
} from '../../src/internal.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

const { schema } = shopEvents;

test.each([1e6, 1e9, 1e11, 1e12, 5e12, 1e13])(
  'the workers of %d bytes are enough for the minutes, and not one more than that',
  (inputBytes) => {
    for (const minutes of [15, 30, 120]) {
      const capacity = sparkCapacity({ inputBytes, minutes, maxWorkers: 1000 });
      const { workerType, workers, seconds, dpuHours } = capacity;
      expect(seconds).toBeLessThanOrEqual(minutes * 60);
      const coresOfOneLess = (workers - 2) * glueWorkers[workerType].cores;
      if (workers > 2)
        expect(inputBytes / sparkBytesPerCoreSecond / coresOfOneLess).toBeGreaterThan(minutes * 60);
      const { dpus } = glueWorkers[workerType];
      expect(dpuHours).toBeCloseTo((workers * dpus * Math.max(60, seconds)) / 3600, 9);
    }
  },
);

test('a larger input gets more cores, and a maximum of workers makes the run longer', () => {
  const cores = [1e10, 1e11, 1e12, 1e13].map((inputBytes) => sparkCapacity({ inputBytes }).cores);
  expect(cores).toEqual([...cores].sort((left, right) => left - right));
  const few = sparkCapacity({ inputBytes: 1e13, maxWorkers: 5 });
  expect(few).toMatchObject({ workerType: 'G.8X', workers: 5, cores: 128 });
  expect(few.seconds).toBeGreaterThan(1800);
});

test('the price is that of the DPU hours, and FLEX costs less', () => {
  const standard = sparkCapacity({ inputBytes: 1e12 });
  expect(standard.dollars).toBeCloseTo(standard.dpuHours * 0.44, 9);
  expect(sparkCapacity({ inputBytes: 1e12, executionClass: 'FLEX' }).dollars).toBeCloseTo(
    standard.dpuHours * 0.29,
    9,
  );
});

test.each([
  { inputBytes: 0 },
  { inputBytes: Number.NaN },
  { inputBytes: 1, minutes: 0 },
  { inputBytes: 1, maxWorkers: 1 },
])('%o is no size', (options) => {
  expect(() => sparkCapacity(options)).toThrow('expected a number from');
});

test('the job and the run have one size, which follows from the inputs', () => {
  const { job, run, capacity } = deriveSparkJob(schema, testTarget, { inputBytes: 2e12, minutes: 60 });
  for (const one of [job, run])
    expect(one).toMatchObject({ WorkerType: capacity.workerType, NumberOfWorkers: capacity.workers });
  expect(job.Timeout).toBeGreaterThanOrEqual((capacity.seconds * 4) / 60);
  expect(deriveSparkJob(schema, testTarget, { inputBytes: 1 }).job.Timeout).toBe(60);
});

test('a run names what to load, and where it reports', () => {
  const { results } = sparkJobPlace(testTarget.location, schema.name);
  const options = { inputs: ['s3://landing/a.csv', 's3://landing/b/'], result: `${results}/1.json` };
  const { run } = deriveSparkJob(schema, testTarget, options);
  expect(run.Arguments).toEqual({
    '--plan': 's3://shop-lake/events/_headwater/shop_events/jobs/plans/plan.json',
    '--inputs': '["s3://landing/a.csv","s3://landing/b/"]',
    '--result': 's3://shop-lake/events/_headwater/shop_events/jobs/results/1.json',
  });
});

test('a list of inputs that is too long for an argument goes to an object', () => {
  const inputs = Array.from({ length: 2000 }, (_, index) => `s3://landing/events/part-${index}.csv.gz`);
  expect(isInputArgument(inputs)).toBe(false);
  let thrown: unknown;
  try {
    deriveSparkJob(schema, testTarget, { inputs });
  } catch (error) {
    thrown = error;
  }
  expect(isHeadwaterError(thrown, 'OPTION_INVALID')).toBe(true);
  const inputList = 's3://lake/list.json';
  expect(deriveSparkJob(schema, testTarget, { inputList }).run.Arguments['--inputs']).toBe(inputList);
});

test('Glue alone may assume the role, and only for the account', () => {
  const { AssumeRolePolicyDocument, RoleName } = deriveSparkRole(testTarget);
  const { Statement } = JSON.parse(AssumeRolePolicyDocument);
  expect(RoleName).toBe('headwater-shop-spark');
  expect(Statement).toMatchObject([
    {
      Principal: { Service: 'glue.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    },
  ]);
  expect(deriveSparkJob(schema, testTarget).job.Role).toBe(`arn:aws:iam::123456789012:role/${RoleName}`);
});

/** A job with one thing changed, as a request. */
const created = (change: object, args: object = {}) => {
  const { job } = deriveSparkJob(schema, testTarget);
  const input = { ...job, DefaultArguments: { ...job.DefaultArguments, ...args }, ...change };
  return awsRuleProblems({ service: 'glue', operation: 'CreateJob', input });
};

test('the rules of Glue that its model lacks refuse what breaks them, and take the derived job', () => {
  expect(created({})).toEqual([]);
  for (const WorkerType of [...glueWorkerTypes, 'R.2X']) expect(created({ WorkerType })).toEqual([]);
  expect(created({ WorkerType: 'G.3X' })).toHaveLength(1);
  expect(created({ MaxCapacity: 10 })).toHaveLength(1);
  expect(created({ NumberOfWorkers: 1 })).toHaveLength(1);
  expect(created({ Timeout: 10_081 })).toHaveLength(1);
  expect(created({}, { '--JOB_NAME': 'x' })).toHaveLength(1);
  expect(created({}, { '--enable-metrics': 'yes' })).toHaveLength(1);
  expect(created({}, { '--enable-auto-scaling': '' })).toHaveLength(1);
  expect(created({}, { '--my-input': 'x' })).toHaveLength(1);
  expect(created({}, { plan: 'x' })).toHaveLength(1);
  expect(created({}, { '--inputs': 'x'.repeat(261 * 1024) })).toHaveLength(1);
});
