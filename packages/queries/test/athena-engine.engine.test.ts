import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AthenaClient,
  CreateWorkGroupCommand,
  DeleteWorkGroupCommand,
  GetQueryExecutionCommand,
  ListQueryExecutionsCommand,
} from '@aws-sdk/client-athena';
import {
  estimateScan,
  type FinishedQuery,
  metricQuery,
  type RowStream,
  revenue,
  runMetric,
  sql,
} from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { type AthenaEngineConfig, athenaEngine } from '@headwater/queries/athena';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withPublishedLakes } from './support/with-published-lakes.ts';

const published = withPublishedLakes('athena');
const { aws } = published;
const workgroup = aws.database;
const finished: FinishedQuery[] = [];
const config: AthenaEngineConfig = {
  region: 'us-east-1',
  database: aws.database,
  workgroup,
  results: `s3://${aws.bucket}/_athena`,
  lake: aws.location,
};
const lake = published.open(athenaEngine(config), { onFinish: (query) => finished.push(query) });
const range = { from: '2024-03-03', to: '2024-03-05' };

beforeAll(async () => {
  const Configuration = { EnforceWorkGroupConfiguration: false, BytesScannedCutoffPerQuery: 10_000_000 };
  await new AthenaClient().send(new CreateWorkGroupCommand({ Name: workgroup, Configuration }));
});
afterAll(async () => {
  await new AthenaClient().send(
    new DeleteWorkGroupCommand({ WorkGroup: workgroup, RecursiveDeleteOption: true }),
  );
});

async function rowsOf({ batches }: RowStream): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const batch of batches()) rows.push(...batch);
  return rows;
}

test('rows have the documented types, as on DuckDB', async () => {
  const rows = (one: typeof lake) =>
    one.shop.between('2024-03-03', '2024-03-05').selectAll().orderBy('event_time').execute();
  expect(await rows(lake)).toEqual(await rows(published.local));
});

test('decodes every plain type, and tells an empty text from a null', async () => {
  const select = `select bigint '-9223372036854775808' as low, decimal '123.40' as short,
    cast('-99999999999999999999.99' as decimal(38, 2)) as wide, timestamp '1969-12-31 23:59:59.999' as t, date '1969-12-31' as d,
    nan() as nan, -infinity() as low_end, 1e300 as huge, true as yes, 'żółw "🐢", a\nb' as s, '' as empty, cast(null as varchar) as nothing, 7 as n`;
  expect(await rowsOf(await sql(lake, select))).toEqual([
    {
      low: -9223372036854775808n,
      short: 123.4,
      wide: '-99999999999999999999.99',
      t: new Date(-1),
      d: '1969-12-31',
      nan: Number.NaN,
      low_end: -Infinity,
      huge: 1e300,
      yes: true,
      s: 'żółw "🐢", a\nb',
      empty: '',
      nothing: null,
      n: 7,
    },
  ]);
});

test('reads a large result from its file, in order, and can leave it early', async () => {
  const select = 'select sequential_number as n from table(sequence(1, 25000)) order by 1';
  const rows = await rowsOf(await sql(lake, select));
  expect(rows).toHaveLength(25_000);
  expect(rows.every(({ n }, index) => n === BigInt(index + 1))).toBe(true);
  for await (const batch of (await sql(lake, select)).batches()) {
    expect(batch[0]).toEqual({ n: 1n });
    break;
  }
});

test('reports the estimated and the scanned bytes together', async () => {
  const query = metricQuery(lake.clicks, revenue, { from: '2024-02-29', to: '2024-03-01' });
  const { bytes } = await estimateScan(lake, query);
  await query.rows();
  expect(finished.at(-1)).toMatchObject({ engine: 'athena', estimatedBytes: bytes, reused: false });
  const { scannedBytes = 0 } = finished.at(-1) ?? {};
  expect(scannedBytes).toBeGreaterThan(0);
  const files = (await estimateScan(lake, 'select * from clicks')).tables[0];
  expect(bytes).toBeLessThan(files?.bytes ?? 0);
});

test("requests and reports Athena's own reuse of results", async () => {
  const told: FinishedQuery[] = [];
  const reusing = published.open(athenaEngine({ ...config, reuseMinutes: 60 }), {
    onFinish: (query) => told.push(query),
  });
  const rows = await runMetric(reusing.shop, revenue, range);
  expect(await runMetric(reusing.shop, revenue, range)).toEqual(rows);
  expect(told.map(({ reused }) => reused)).toEqual([false, true]);
});

test('a place for results is not sent to the workgroup of the lake, whose results Athena may manage', async () => {
  const client = new AthenaClient();
  const own = `headwater-${aws.database}`;
  await client.send(
    new CreateWorkGroupCommand({
      Name: own,
      Configuration: { ManagedQueryResultsConfiguration: { Enabled: true } },
    }),
  );
  const expected = await runMetric(published.local.shop, revenue, range);
  const managed = published.open(athenaEngine({ ...config, workgroup: own }));
  expect(await runMetric(managed.shop, revenue, range)).toEqual(expected);
  await client.send(new DeleteWorkGroupCommand({ WorkGroup: own, RecursiveDeleteOption: true }));
});

test('sends parameters as typed literals where Athena takes them', async () => {
  const find = () =>
    lake.shop.between('2024-03-03', '2024-03-05').select(({ fn }) => fn.countAll<number>().as('n'));
  const one = async (query: ReturnType<typeof find>): Promise<unknown> => (await query.executeTakeFirst())?.n;
  expect(await one(find())).toBe(18);
  expect(await one(find().where('price', '=', 100.1).where('product_id', 'in', [1n, 2n]))).toBe(6);
  expect(await one(find().where('event_time', '=', new Date('2024-03-03T10:00:00Z')).limit(1))).toBe(1);
  expect(await one(find().where('brand', '=', 'x'.repeat(5000)))).toBe(0);
});

test('stops an aborted query', async () => {
  const reason = new Error('the reader went away');
  const abort = new AbortController();
  const client = new AthenaClient();
  const newest = async () => {
    const { QueryExecutionIds = [] } = await client.send(
      new ListQueryExecutionsCommand({ WorkGroup: workgroup }),
    );
    const { QueryExecution } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId: QueryExecutionIds[0] }),
    );
    return { sql: QueryExecution?.Query, state: QueryExecution?.Status?.State };
  };
  // A count, because on a fast machine a sum would exceed 64 bits and fail before the abort.
  const endless = `select count_if(a.n * b.n % 7 = 3) as endless_n
    from (select sequential_number as n from table(sequence(1, 10000000))) a
    cross join (select sequential_number as n from table(sequence(1, 10000000))) b`;
  const stopped = expect(sql(lake, endless, { signal: abort.signal })).rejects.toBe(reason);
  const ours = expect.stringContaining('endless_n');
  await expect.poll(newest, { timeout: 30_000 }).toEqual({ sql: ours, state: 'RUNNING' });
  abort.abort(reason);
  await stopped;
  await expect.poll(newest, { timeout: 30_000 }).toEqual({ sql: ours, state: 'CANCELLED' });
});

test('gives every type exactly as Arrow', async () => {
  const query = (one: typeof lake) =>
    one.shop
      .between('2024-03-03', '2024-03-05')
      .select(['event_time', 'product_id', 'price', 'brand'])
      .orderBy('event_time');
  const [table, local] = await Promise.all([
    arrowTable(lake, query(lake)),
    arrowTable(published.local, query(published.local)),
  ]);
  expect(table.schema.fields.map(String)).toEqual(local.schema.fields.map(String));
  expect(table.toArray().map(String)).toEqual(local.toArray().map(String));
});

test('errors have the query id, the text with placeholders, and what to do', async () => {
  const secret = 'someone@example.com';
  const failing = lake.shop
    .between('2024-03-03', '2024-03-05')
    .select(({ fn }) => fn.countAll<number>().filterWhere('brand', '=', secret).as('n'))
    .where('brand', '=', secret)
    .where('price', '=', 'not a price' as unknown as number)
    .execute();
  const error: unknown = await failing.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'QUERY_FAILED',
    payload: { engine: 'athena', queryId: expect.any(String) },
  });
  expect(JSON.stringify((error as { payload: { sql: string } }).payload.sql)).not.toContain(secret);
  await expect(sql(lake, 'select * from no_such_table')).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  await expect(sql(lake, 'drop table shop')).rejects.toMatchObject({ code: 'QUERY_NOT_READ_ONLY' });
});

/** A service that throttles the first calls of each kind and forwards the others. */
async function busyService(refusals: number) {
  const refused = new Map<string, number>();
  const tokens = new Set<string>();
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const target = String(request.headers['x-amz-target']);
    const count = refused.get(target) ?? 0;
    if (target.endsWith('StartQueryExecution')) tokens.add(JSON.parse(body).ClientRequestToken);
    if (count < refusals) {
      refused.set(target, count + 1);
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: 'TooManyRequestsException', message: 'Rate exceeded' }));
      return;
    }
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: String(request.headers.authorization),
    };
    const answer = await fetch(aws.endpoints.aws, { method: 'POST', headers, body });
    response
      .writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' })
      .end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new AthenaClient({ endpoint: `http://127.0.0.1:${port}`, maxAttempts: 1 });
  return { client, refused, tokens, close: () => server.close() };
}

test('retries a busy service without running the query twice', async () => {
  const { client, refused, tokens, close } = await busyService(2);
  const busy = published.open(athenaEngine({ ...config, client }));
  expect(await runMetric(busy.shop, revenue, range)).toEqual(
    await runMetric(published.local.shop, revenue, range),
  );
  expect(refused.size).toBe(3);
  expect(tokens.size).toBe(1);
  close();
});

test('names a missing workgroup, and the command that creates it', async () => {
  const elsewhere = published.open(athenaEngine({ ...config, workgroup: 'headwater-nowhere' }));
  await expect(runMetric(elsewhere.shop, revenue, range)).rejects.toMatchObject({
    code: 'QUERY_FAILED',
    payload: {
      problem: expect.stringContaining('headwater-nowhere'),
      advice: expect.stringContaining('headwater schema publish creates the workgroup'),
    },
  });
});
