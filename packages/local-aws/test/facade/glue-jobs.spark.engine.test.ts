import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  DeleteJobCommand,
  GetJobCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  GlueClient,
  StartJobRunCommand,
  UpdateJobCommand,
} from '@aws-sdk/client-glue';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, expect, it } from 'vitest';
import { useAwsSandbox } from '../../src/testing/index.ts';

const aws = useAwsSandbox('glue-jobs');
const glue = new GlueClient({ maxAttempts: 1 });
const s3 = new S3Client({ forcePathStyle: true });
const made: string[] = [];
afterAll(() => Promise.all(made.map((JobName) => glue.send(new DeleteJobCommand({ JobName })))));

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key, Body }));
const textOf = async (Key: string): Promise<string> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key }));
  return (await Body?.transformToString()) ?? '';
};

/** Makes a job of a script. */
async function makeJob(name: string, script: string, command: 'glueetl' | 'pythonshell', more: object = {}) {
  const Name = `${aws.bucket}-${name}`;
  await put(`scripts/${name}.py`, script);
  const ScriptLocation = `s3://${aws.bucket}/scripts/${name}.py`;
  const PythonVersion = command === 'glueetl' ? '3' : '3.9';
  const Command = { Name: command, ScriptLocation, PythonVersion };
  made.push(Name);
  await glue.send(new CreateJobCommand({ Name, Role: 'role', Command, ...more }));
  return Name;
}

const start = async (JobName: string, Arguments: Record<string, string> = {}): Promise<string> =>
  (await glue.send(new StartJobRunCommand({ JobName, Arguments }))).JobRunId ?? '';
const look = async (JobName: string, RunId: string) =>
  (await glue.send(new GetJobRunCommand({ JobName, RunId }))).JobRun;

/** The run once its state is one of these. */
async function until(job: string, id: string, ...states: string[]) {
  for (;;) {
    const run = await look(job, id);
    if (states.includes(run?.JobRunState ?? '')) return run;
    if (['FAILED', 'SUCCEEDED', 'STOPPED', 'TIMEOUT'].includes(run?.JobRunState ?? ''))
      throw new Error(`${run?.JobRunState}: ${run?.ErrorMessage}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

it('runs a script of Python with its arguments, those of the run before those of the job', async () => {
  const script = `
import json, os, sys, boto3, helper
boto3.client('s3').put_object(Bucket=sys.argv[sys.argv.index('--bucket') + 1], Key='seen.json', Body=json.dumps(sys.argv[1:]) + helper.word)
`;
  await put('scripts/helper.py', "word = '!'\n");
  const args = {
    '--bucket': 'none',
    '--keep': 'this',
    '--extra-py-files': `s3://${aws.bucket}/scripts/helper.py`,
  };
  const job = await makeJob('shell', script, 'pythonshell', { DefaultArguments: args });
  const id = await start(job, { '--bucket': aws.bucket });
  const run = await until(job, id, 'SUCCEEDED');
  expect(run).toMatchObject({ JobName: job, Id: id, Attempt: 0 });
  const [seen = '', mark] = (await textOf('seen.json')).split(/(?<=\])/);
  expect(mark).toBe('!');
  const given: string[] = JSON.parse(seen);
  expect(
    Object.fromEntries(given.flatMap((one, index) => (index % 2 ? [] : [[one, given[index + 1]]]))),
  ).toEqual({
    ...args,
    '--bucket': aws.bucket,
    '--JOB_NAME': job,
    '--JOB_RUN_ID': id,
  });
});

it('reports the error that ended a script, and a script that is not there', async () => {
  const job = await makeJob('fails', "raise ValueError('the file is odd')", 'pythonshell');
  const run = await until(job, await start(job), 'FAILED');
  expect(run?.ErrorMessage).toBe('ValueError: the file is odd');
  const { Job } = await glue.send(new GetJobCommand({ JobName: job }));
  const ScriptLocation = `s3://${aws.bucket}/scripts/none.py`;
  const Command = { ...Job?.Command, ScriptLocation };
  await glue.send(new UpdateJobCommand({ JobName: job, JobUpdate: { Role: 'role', Command } }));
  const missing = await until(job, await start(job), 'FAILED');
  expect(missing?.ErrorMessage).toContain(`Cannot read ${ScriptLocation}`);
  const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName: job }));
  expect(JobRuns.map(({ Id }) => Id)).toEqual([missing?.Id, run?.Id]);
});

it('runs as many at once as the job says, stops one that is asked to stop, and notices one that was killed', async () => {
  const script = "import time\nprint('waiting', flush=True)\ntime.sleep(600)";
  const job = await makeJob('waits', script, 'pythonshell', { ExecutionProperty: { MaxConcurrentRuns: 1 } });
  const first = await start(job);
  await until(job, first, 'RUNNING');
  await expect(start(job)).rejects.toMatchObject({ name: 'ConcurrentRunsExceededException' });
  const stopped = await glue.send(
    new BatchStopJobRunCommand({ JobName: job, JobRunIds: [first, 'jr_none'] }),
  );
  expect(stopped.SuccessfulSubmissions).toEqual([{ JobName: job, JobRunId: first }]);
  expect(stopped.Errors?.map(({ ErrorDetail }) => ErrorDetail?.ErrorCode)).toEqual([
    'EntityNotFoundException',
  ]);
  await until(job, first, 'STOPPED');
  const second = await start(job);
  await until(job, second, 'RUNNING');
  await fetch(`${aws.endpoints.aws}/_local/kill-job-run`, {
    method: 'POST',
    body: JSON.stringify({ id: second }),
  });
  expect((await until(job, second, 'FAILED'))?.ErrorMessage).toContain('SIGKILL');
});

it('runs Spark, which reads and writes S3 under the names of Glue, also after a script that left it open', async () => {
  const script = `
import sys
from pyspark.sql import SparkSession
place = sys.argv[sys.argv.index('--place') + 1]
out = sys.argv[sys.argv.index('--out') + 1]
spark = SparkSession.builder.getOrCreate()
rows = spark.read.json(place + 'in.jsonl')
rows.repartition(1).write.parquet(place + out)
assert spark.read.parquet(place + out).where('n > 1').count() == 1
`;
  await put('spark/in.jsonl', '{"n":1}\n{"n":2}\n');
  const size = { WorkerType: 'G.2X', NumberOfWorkers: 3 };
  const job = await makeJob('spark', script, 'glueetl', size);
  const place = { '--place': `s3://${aws.bucket}/spark/` };
  const run = await until(job, await start(job, { ...place, '--out': 'out' }), 'SUCCEEDED');
  expect(run).toMatchObject(size);
  // Glue bills a minute at least, of every worker.
  expect(run?.DPUSeconds).toBe(Math.max(60, run?.ExecutionTime ?? 0) * 6);
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: 'spark/out/part-' }),
  );
  expect(Contents).toHaveLength(1);
  await until(job, await start(job, { ...place, '--out': 'again' }), 'SUCCEEDED');
});
