import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const aws = useAwsSandbox('landing');
const folder = mkdtempSync(join(tmpdir(), 'headwater-s3-landing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const client = new S3Client();
afterAll(() => client.destroy());
const put = (name: string, row: string) => {
  const Body = `event_time,event_type,product_id,brand,price,user_id\n${row}\n`;
  return client.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `landing/${name}`, Body }));
};

const run = (...args: readonly string[]) =>
  runCli([...args, '--config', config], { cwd: folder, env: { XDG_CACHE_HOME: join(folder, 'cache') } });

it('a schedule loads what is new below a prefix, and says what it did not list', async () => {
  const landing = `s3://${aws.bucket}/landing/`;
  const schedule = ['etl', 'run', landing, '--lake', aws.location, '--since', 'last'];
  const today = new Date().toISOString().slice(0, 10);
  await put('dt=2019-10-01/a.csv', '2019-10-01 00:00:00 UTC,view,1,nike,5.00,10');
  await put(`dt=${today}/a.csv`, '2019-10-01 00:00:01 UTC,view,1,nike,5.00,10');
  const first = await run(...schedule);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toMatch(/= rows out +2 /);

  const nothing = await run(...schedule);
  expect(nothing.code).toBe(0);
  expect(nothing.stdout).toContain(': 1 folder of earlier days not listed');
  expect(nothing.stdout).toContain(`dt=${today}/a.csv: loaded before, skipped`);
  expect(nothing.stdout).toContain('Nothing new');

  await put(`dt=${today}/0 late.csv`, '2019-10-01 00:00:02 UTC,view,1,nike,5.00,10');
  const third = await run(...schedule, '--json');
  expect(JSON.parse(third.stdout)).toMatchObject({
    rowsOut: 1,
    inputs: [
      { source: `${landing}dt=${today}/0 late.csv`, skipped: false },
      { source: `${landing}dt=${today}/a.csv`, skipped: true },
    ],
    listings: [{ location: landing, from: expect.stringMatching(/^\d{4}-/), omitted: 1 }],
  });
});

it('a wrong use of --since ends with what to do', async () => {
  const file = await run('etl', 'run', 'a.csv', '--lake', 'lake', '--since', 'last');
  expect(file).toMatchObject({ code: 2, stderr: expect.stringContaining('s3://bucket/prefix/') });
  const word = await run('etl', 'run', `s3://${aws.bucket}/landing/`, '--lake', 'lake', '--since', 'monday');
  expect(word).toMatchObject({ code: 2, stderr: expect.stringContaining('last, or a day') });
  const late = await run('etl', 'run', `s3://${aws.bucket}/landing/`, '--lake', 'lake', '--late-days', '2');
  expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining('since') });
});
