import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BatchCreatePartitionCommand,
  CreateTableCommand,
  GlueClient,
  paginateGetPartitions,
} from '@aws-sdk/client-glue';
import { awsTarget, defineEvents, deriveGlueTable, timestamp } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { registerPartitions } from '../src/index.ts';

const aws = useAwsSandbox('etl-register');

/** By day and hour, so that a few days are more partitions than one call takes. */
const hourly = defineEvents('hourly', {
  columns: { at: timestamp(), kind: z.enum(['a', 'b_c']), n: z.int64() },
  roles: { time: 'at' },
  partitionBy: { hour: true, columns: ['kind'] },
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-publish-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function writeLines(folder: string, name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

const targetOf = () =>
  awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database: aws.database,
    location: aws.location,
    firstDay: '2019-10-01',
  });

async function registered(client: GlueClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const input = { DatabaseName: aws.database, TableName: 'hourly' };
  for await (const { Partitions = [] } of paginateGetPartitions({ client }, input))
    for (const { Values = [], StorageDescriptor } of Partitions)
      found.set(Values.join('|'), StorageDescriptor?.Location ?? '');
  return found;
}

test('registers a partition for every folder, once, in calls of a hundred; retries what fails in passing', async () => {
  const folder = await temporaryFolder();
  const client = new GlueClient({ region: 'us-east-1' });
  const target = targetOf();
  const rows = (day: number): string[] =>
    Array.from(
      { length: 48 },
      (_, n) => `2019-10-0${day} ${String(n % 24).padStart(2, '0')}:00:00,${n < 24 ? 'a' : 'b_c'},${n}`,
    );
  const load = async (...days: number[]) =>
    loadEvents({
      table: hourly,
      lake: aws.location,
      workFolder: join(folder, 'work'),
      inputs: [await writeLines(folder, `${days}.csv`, ['at,kind,n', ...days.flatMap(rows)])],
    });
  await load(1, 2, 3);
  await expect(registerPartitions({ table: hourly, target })).rejects.toMatchObject({
    code: 'PARTITIONS_INCOMPLETE',
    payload: { done: 0, partitions: 144, problem: expect.stringContaining('EntityNotFoundException') },
  });
  const TableInput = deriveGlueTable(hourly.schema, target);
  await client.send(new CreateTableCommand({ DatabaseName: aws.database, TableInput }));
  expect(await registerPartitions({ table: hourly, target })).toMatchObject({ created: 144, existing: 0 });
  expect(await registerPartitions({ table: hourly, target })).toMatchObject({ created: 0, existing: 144 });
  const found = await registered(client);
  expect(found.size).toBe(144);
  expect(found.get('2019-10-02|7|b_c')).toBe(`${aws.location}/hourly/dt=2019-10-02/hour=07/kind=b_c/`);

  await load(4);
  expect(await registerPartitions({ table: hourly, target, after: 1 })).toMatchObject({
    partitions: 48,
    created: 48,
  });
  expect((await registered(client)).size).toBe(192);

  // A client whose first answers refuse single partitions, as Glue does when it is busy.
  await load(5);
  const busy = new GlueClient({ region: 'us-east-1' });
  const sizes: number[] = [];
  busy.middlewareStack.add(
    (next) => async (args) => {
      const { PartitionInputList = [] } = args.input as BatchCreatePartitionCommand['input'];
      sizes.push(PartitionInputList.length);
      if (sizes.length > 2) return next(args);
      const [kept = [], refused = []] = [PartitionInputList.slice(0, 30), PartitionInputList.slice(30)];
      const result = await next({ ...args, input: { ...args.input, PartitionInputList: kept } });
      const output = result.output as { Errors?: unknown[] };
      output.Errors = refused.map(({ Values }) => ({
        PartitionValues: Values,
        ErrorDetail: { ErrorCode: 'InternalServiceException', ErrorMessage: 'busy' },
      }));
      return result;
    },
    { step: 'initialize' },
  );
  const report = await registerPartitions({ table: hourly, target, after: 2, client: busy });
  expect(report).toMatchObject({ partitions: 48, created: 48, existing: 0 });
  expect(sizes).toEqual([48, 18]);
  expect((await registered(client)).size).toBe(240);
});
