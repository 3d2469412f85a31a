import { randomBytes, randomUUID } from 'node:crypto';
import {
  AthenaClient,
  BatchGetQueryExecutionCommand,
  CreateWorkGroupCommand,
  DeleteWorkGroupCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  ListWorkGroupsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  UpdateWorkGroupCommand,
} from '@aws-sdk/client-athena';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { useAwsSandbox } from '../../src/testing/index.ts';
import { endOf, runQuery } from './run-query.ts';

const aws = useAwsSandbox('athena-lifecycle');
const athena = new AthenaClient();
const place = () => ({
  QueryExecutionContext: { Database: aws.database },
  ResultConfiguration: { OutputLocation: `s3://${aws.bucket}/results/` },
});

// Long enough to be met while it runs, short enough to end if it is not stopped.
const slow =
  'select count(*) as stop_me from unnest(sequence(1, 9999)) a(x) cross join unnest(sequence(1, 9999)) b(y) cross join unnest(sequence(1, 99)) c(z) where x * y % 7 = z';

async function statesInTrino(mark: string): Promise<readonly string[]> {
  const headers = { 'X-Trino-User': 'test' };
  const response = await fetch(`${aws.endpoints.trino}/v1/query`, { headers });
  const all = z.array(z.object({ query: z.string(), state: z.string() })).parse(await response.json());
  return all.filter(({ query }) => query.includes(mark)).map(({ state }) => state);
}

it('stops a query in Trino too', async () => {
  // A name that no earlier run used on this server.
  const name = `stopped_${randomBytes(4).toString('hex')}`;
  const sql = slow.replace('stop_me', name);
  const { QueryExecutionId: id = '' } = await athena.send(
    new StartQueryExecutionCommand({ QueryString: sql, ...place() }),
  );
  await expect.poll(() => statesInTrino(name), { timeout: 30_000 }).toContain('RUNNING');
  await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringContaining('not yet finished'),
  });
  await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
  expect((await endOf(athena, id)).Status).toMatchObject({ State: 'CANCELLED' });
  await expect.poll(() => statesInTrino(name), { timeout: 30_000 }).toEqual(['FAILED']);
});

it('says what was wrong with a query, in the classes of Athena', async () => {
  const missing = await runQuery(athena, 'select * from no_such_table', place());
  expect(missing.Status).toMatchObject({
    State: 'FAILED',
    StateChangeReason: expect.stringContaining('TABLE_NOT_FOUND: line 1:15'),
    AthenaError: { ErrorCategory: 2, ErrorType: 1110, Retryable: false },
  });
  const wrong = await runQuery(athena, 'selectx nonsense', place());
  expect(wrong.Status).toMatchObject({ State: 'FAILED', AthenaError: { ErrorCategory: 2, ErrorType: 1006 } });
  await expect(runQuery(athena, 'create external table `t` (a int)', place())).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  await expect(runQuery(athena, 'select 1')).rejects.toThrow('No output location provided');
  await expect(
    runQuery(athena, 'select 1', {
      ResultConfiguration: { OutputLocation: 's3://no-such-bucket-anywhere/' },
    }),
  ).rejects.toThrow('Unable to verify/create output bucket');
});

it('starts nothing new for a request that comes twice', async () => {
  const request = { QueryString: 'select 1', ClientRequestToken: randomUUID(), ...place() };
  const [first, second] = await Promise.all([
    athena.send(new StartQueryExecutionCommand(request)),
    athena.send(new StartQueryExecutionCommand(request)),
  ]);
  expect(second.QueryExecutionId).toBe(first.QueryExecutionId);
  await expect(
    athena.send(new StartQueryExecutionCommand({ ...request, QueryString: 'select 2' })),
  ).rejects.toThrow('Idempotent parameters do not match');
  const { QueryExecutions, UnprocessedQueryExecutionIds } = await athena.send(
    new BatchGetQueryExecutionCommand({ QueryExecutionIds: [first.QueryExecutionId ?? '', 'unknown'] }),
  );
  expect(QueryExecutions).toHaveLength(1);
  expect(UnprocessedQueryExecutionIds).toEqual([expect.objectContaining({ QueryExecutionId: 'unknown' })]);
});

it('reuses a result that is young enough, and only of the same text', async () => {
  const reuse = (minutes: number) => ({
    ...place(),
    ResultReuseConfiguration: {
      ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: minutes },
    },
  });
  const sql = `select 'reused ${randomUUID()}' as t`;
  const first = await runQuery(athena, sql, place());
  const second = await runQuery(athena, sql, reuse(60));
  expect(second.Statistics?.ResultReuseInformation?.ReusedPreviousResult).toBe(true);
  expect(second.ResultConfiguration?.OutputLocation).toBe(first.ResultConfiguration?.OutputLocation);
  const rows = await Promise.all(
    [first, second].map(({ id }) => athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }))),
  );
  expect(rows[1]?.ResultSet).toEqual(rows[0]?.ResultSet);
  for (const other of [runQuery(athena, `${sql} `, reuse(60)), runQuery(athena, sql, reuse(0))])
    expect((await other).Statistics?.ResultReuseInformation?.ReusedPreviousResult).toBe(false);
});

it('holds a workgroup to its rules', async () => {
  const name = `${aws.bucket}-group`;
  const enforced = `s3://${aws.bucket}/enforced/`;
  await expect(
    athena.send(new CreateWorkGroupCommand({ Name: name, Configuration: { BytesScannedCutoffPerQuery: 1 } })),
  ).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await athena.send(
    new CreateWorkGroupCommand({
      Name: name,
      Configuration: { ResultConfiguration: { OutputLocation: enforced } },
    }),
  );
  const { ResultConfiguration } = await runQuery(athena, 'select 1', { ...place(), WorkGroup: name });
  expect(ResultConfiguration?.OutputLocation).toMatch(enforced);

  const table = `${aws.database}.noise`;
  const made = await runQuery(
    athena,
    `create table ${table} with (external_location = 's3://${aws.bucket}/noise/', format = 'PARQUET') as
      select random() as r, random() as s from unnest(sequence(1, 1000)) a(x) cross join unnest(sequence(1, 1500)) b(y)`,
    place(),
  );
  expect(made.Status?.StateChangeReason).toBeUndefined();
  expect(made).toMatchObject({ Status: { State: 'SUCCEEDED' }, SubstatementType: 'CREATE_TABLE_AS_SELECT' });
  await athena.send(
    new UpdateWorkGroupCommand({
      WorkGroup: name,
      ConfigurationUpdates: { BytesScannedCutoffPerQuery: 10_000_000 },
    }),
  );
  const sql = `select sum(r), sum(s) from ${table}`;
  const cut = await runQuery(athena, sql, { ...place(), WorkGroup: name });
  expect(cut.Status).toMatchObject({
    State: 'CANCELLED',
    StateChangeReason: expect.stringContaining('Bytes scanned limit was exceeded'),
  });
  expect(cut.Statistics?.DataScannedInBytes).toBeGreaterThan(10_000_000);
  const half = await runQuery(athena, `select sum(r) from ${table}`, place());
  const whole = await runQuery(athena, sql, place());
  const ratio = (whole.Statistics?.DataScannedInBytes ?? 0) / (half.Statistics?.DataScannedInBytes ?? 1);
  expect(ratio).toBeGreaterThan(1.8);
  expect(ratio).toBeLessThan(2.2);

  await athena.send(
    new UpdateWorkGroupCommand({
      WorkGroup: name,
      ConfigurationUpdates: { RemoveBytesScannedCutoffPerQuery: true },
    }),
  );
  const { WorkGroup } = await athena.send(new GetWorkGroupCommand({ WorkGroup: name }));
  expect(WorkGroup?.Configuration).toMatchObject({ ResultConfiguration: { OutputLocation: enforced } });
  expect(WorkGroup?.Configuration?.BytesScannedCutoffPerQuery).toBeUndefined();
  expect(WorkGroup?.CreationTime).toBeInstanceOf(Date);
  const { WorkGroups } = await athena.send(new ListWorkGroupsCommand());
  expect(WorkGroups?.map((group) => group.Name)).toEqual(expect.arrayContaining(['primary', name]));
  await athena.send(new DeleteWorkGroupCommand({ WorkGroup: name }));
  await expect(runQuery(athena, 'select 1', { WorkGroup: name })).rejects.toThrow('is not found');
});

it('refuses as often as a test orders it to', async () => {
  const order = { count: 2, operation: 'ListWorkGroups' };
  await fetch(`${aws.endpoints.aws}/_local/throttle`, { method: 'POST', body: JSON.stringify(order) });
  const impatient = new AthenaClient({ maxAttempts: 1 });
  await expect(impatient.send(new ListWorkGroupsCommand())).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED',
  });
  // The client's own retries get over the second one.
  const { WorkGroups, $metadata } = await athena.send(new ListWorkGroupsCommand());
  expect(WorkGroups).not.toHaveLength(0);
  expect($metadata.attempts).toBe(2);
});
