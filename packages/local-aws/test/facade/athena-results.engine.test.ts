import { AthenaClient, GetQueryResultsCommand, paginateGetQueryResults } from '@aws-sdk/client-athena';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { useAwsSandbox } from '../../src/testing/index.ts';
import { runQuery } from './run-query.ts';

const aws = useAwsSandbox('athena-results');
const athena = new AthenaClient();
const place = () => ({
  QueryExecutionContext: { Database: aws.database },
  ResultConfiguration: { OutputLocation: `s3://${aws.bucket}/results` },
});

async function textOf(location: string | undefined): Promise<string | undefined> {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location ?? '') ?? [];
  const { Body } = await new S3Client().send(new GetObjectCommand({ Bucket, Key }));
  return Body?.transformToString();
}

// Value, as SQL; what Athena prints; its name for the type.
const values: readonly (readonly [sql: string, text: string | undefined, type: string])[] = [
  ['true', 'true', 'boolean'],
  ['cast(1 as tinyint)', '1', 'tinyint'],
  ['7', '7', 'integer'],
  ['9223372036854775807', '9223372036854775807', 'bigint'],
  ['cast(1.5 as real)', '1.5', 'float'],
  ['1e10', '1.0E10', 'double'],
  ['0.1e0', '0.1', 'double'],
  ['nan()', 'NaN', 'double'],
  ['-infinity()', '-Infinity', 'double'],
  ["cast('12345678901234567890.10' as decimal(38,2))", '12345678901234567890.10', 'decimal'],
  ['\'ünïcode "quoted"\nline, two\'', 'ünïcode "quoted"\nline, two', 'varchar'],
  ["''", '', 'varchar'],
  ['cast(null as varchar)', undefined, 'varchar'],
  ["date '2019-10-01'", '2019-10-01', 'date'],
  ["timestamp '2019-10-01 01:02:03.004'", '2019-10-01 01:02:03.004', 'timestamp'],
  ["timestamp '2019-10-01 01:02:03.004 UTC'", '2019-10-01 01:02:03.004 UTC', 'timestamp with time zone'],
  ["x'0aff'", '0a ff', 'varbinary'],
  ['array[1, null, 3]', '[1, null, 3]', 'array'],
  ["map(array['a', 'b'], array[1, null])", '{a=1, b=null}', 'map'],
  ["cast(row(1, 'x') as row(n bigint, s varchar))", '{n=1, s=x}', 'row'],
  ['json \'{"a": 1}\'', '{"a":1}', 'json'],
];

it('gives every type as Athena prints it, in pages and in the file on S3 alike', async () => {
  const sql = `select ${values.map(([value], index) => `${value} as c${index}`).join(', ')}`;
  const { id, Status, ResultConfiguration, StatementType } = await runQuery(athena, sql, place());
  expect(Status).toMatchObject({ State: 'SUCCEEDED' });
  expect(StatementType).toBe('DML');
  expect(ResultConfiguration?.OutputLocation).toBe(`s3://${aws.bucket}/results/${id}.csv`);

  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
  const [labels, row] = ResultSet?.Rows ?? [];
  expect(labels?.Data?.map((datum) => datum.VarCharValue)).toEqual(values.map((_, index) => `c${index}`));
  expect(row?.Data).toEqual(values.map(([, text]) => (text === undefined ? {} : { VarCharValue: text })));
  expect(ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Type }) => Type)).toEqual(
    values.map(([, , type]) => type),
  );
  const decimal = ResultSet?.ResultSetMetadata?.ColumnInfo?.find(({ Type }) => Type === 'decimal');
  expect(decimal).toMatchObject({ Precision: 38, Scale: 2 });

  const quoted = (text: string | undefined) => (text === undefined ? '' : `"${text.replaceAll('"', '""')}"`);
  expect(await textOf(ResultConfiguration?.OutputLocation)).toBe(
    `${values.map((_, index) => `"c${index}"`).join(',')}\n${values.map(([, text]) => quoted(text)).join(',')}\n`,
  );
});

it('pages with the labels on the first page alone, and counts them', async () => {
  const sql = 'select n, cast(n as varchar) as t from unnest(sequence(1, 2500)) as s(n) order by n';
  const { id } = await runQuery(athena, sql, place());
  const pages: (string | undefined)[][] = [];
  for await (const { ResultSet } of paginateGetQueryResults(
    { client: athena, pageSize: 700 },
    { QueryExecutionId: id },
  ))
    pages.push((ResultSet?.Rows ?? []).map((row) => row.Data?.[0]?.VarCharValue));
  expect(pages.map((page) => page.length)).toEqual([700, 700, 700, 401]);
  expect(pages.flat()).toEqual(['n', ...Array.from({ length: 2500 }, (_, index) => String(index + 1))]);
});

it('gives no labels for statements that are no queries', async () => {
  const { id, StatementType, ResultConfiguration } = await runQuery(athena, 'show schemas', place());
  expect(StatementType).toBe('UTILITY');
  expect(ResultConfiguration?.OutputLocation).toMatch(/\.txt$/);
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
  expect(ResultSet?.Rows?.map((row) => row.Data?.[0]?.VarCharValue)).toContain(aws.database);
});

it('puts parameters where they belong, and only there', async () => {
  const hostile = "'it''s -- ? \" ; drop table x'";
  const sql = "select n, '?' as mark from (values ?, ?) as v(n) where n <> ? -- really?";
  const { id, Status } = await runQuery(athena, sql, {
    ...place(),
    ExecutionParameters: [hostile, "'b'", "'b'"],
  });
  expect(Status).toMatchObject({ State: 'SUCCEEDED' });
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
  expect(ResultSet?.Rows?.[1]?.Data).toEqual([
    { VarCharValue: 'it\'s -- ? " ; drop table x' },
    { VarCharValue: '?' },
  ]);
  await expect(
    runQuery(athena, 'select 1 where 1 = ?', { ...place(), ExecutionParameters: ['1', '2'] }),
  ).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringContaining('expected 1'),
  });
});

it('unloads to an empty place, and to no other', async () => {
  const to = `s3://${aws.bucket}/unloaded/`;
  const sql = `unload (select n, cast(n % 3 as varchar) as k, ') to ' as t from unnest(sequence(1, 100)) as s(n))
    to '${to}' with (format = 'PARQUET', compression = 'SNAPPY', partitioned_by = ARRAY['t'])`;
  const { Status, Statistics } = await runQuery(athena, sql, place());
  expect(Status?.StateChangeReason).toBeUndefined();
  const manifest = await textOf(Statistics?.DataManifestLocation);
  expect(manifest).toMatch(new RegExp(`^${to}t=`));
  expect(await textOf(manifest?.split('\n')[0])).toMatch(/^PAR1[\s\S]*PAR1$/);
  expect((await runQuery(athena, sql, place())).Status).toMatchObject({
    State: 'FAILED',
    StateChangeReason: expect.stringContaining('HIVE_PATH_ALREADY_EXISTS'),
  });
  await expect(runQuery(athena, `unload (select 1) to '${to}'`, place())).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  const { id } = await runQuery(athena, 'show schemas', place());
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
  expect(JSON.stringify(ResultSet?.Rows)).not.toContain('unload_');
});
