import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calendarDate, decimal, defineEvents, timestamp } from '@headwater/core';
import { createLake, sql } from '@headwater/queries';
import { trinoEngine } from '@headwater/queries/trino';
import { sql as raw } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { exactJson } from '../src/engines/common/exact-json.ts';
import { assertOneSelect } from '../src/engines/common/one-select.ts';
import { trinoLiteral } from '../src/engines/trino/trino-literal.ts';
import { shop } from './support/shop.ts';

const bills = defineEvents('bills', {
  columns: { at: timestamp(), due: calendarDate(), total: decimal(38, 2), payer: z.string() },
  roles: { time: 'at', actor: 'payer' },
});
const engine = trinoEngine({ url: 'http://trino.example', catalog: 'c', schema: 's' });
const lake = createLake({ tables: [shop, bills], engine });

test('the range is in the statement as literals: text for the partition key, a timestamp for the time', () => {
  const [from, to] = [new Date('2024-03-03T06:00:00Z'), new Date('2024-03-04T18:00:00Z')];
  const { sql: text, parameters } = lake.shop.between(from, to).select('brand').compile();
  expect(text).toBe(
    'select "brand" from "shop" where "shop"."dt" >= \'2024-03-03\' and "shop"."dt" <= \'2024-03-04\' ' +
      'and "shop"."event_time" >= timestamp \'2024-03-03 06:00:00.000\' and "shop"."event_time" < timestamp \'2024-03-04 18:00:00.000\'',
  );
  expect(parameters).toEqual([]);
});

test('OFFSET comes before LIMIT, counts are decimals, and texts are cast to what they are compared with', () => {
  const query = lake.bills
    .unboundedScan()
    .select(({ fn }) => ['payer', fn.countAll<number>().as('n')])
    .where('due', '=', '2024-03-03')
    .where('total', 'in', ['10', '-0.125'])
    .where('payer', '=', '2024-03-03')
    .where(({ between }) => between('due', '2024-01-01', '2024-12-31'))
    .groupBy('payer')
    .limit(10)
    .offset(5);
  const { sql: text, parameters } = query.compile();
  expect(text.replaceAll(/\s+/g, ' ')).toBe(
    'select "payer", cast(count(*) as decimal(15, 0)) as "n" from "bills" where "due" = cast(? as date) ' +
      'and "total" in (cast(? as decimal(2, 0)), cast(? as decimal(4, 3))) and "payer" = ? ' +
      'and "due" between cast(? as date) and cast(? as date) group by "payer" offset ? limit ?',
  );
  expect(parameters).toEqual(['2024-03-03', '10', '-0.125', '2024-03-03', '2024-01-01', '2024-12-31', 5, 10]);
  expect(lake.bills.unboundedScan().select(raw<number>`1`.as('one')).limit(2).compile().sql).toBe(
    'select 1 as "one" from "bills" limit ?',
  );
});

test.each([
  ["it's", "'it''s'"],
  ["\\'; drop table x; --", "'\\''; drop table x; --'"],
  ['a\0b', "'a\0b'"],
  [null, 'null'],
  [true, 'true'],
  [5, '5'],
  [-0, '-0e0'],
  [100.1, '100.1'],
  [1e-7, '1e-7'],
  [2 ** 53, '9007199254740992e0'],
  [1e300, '1e+300'],
  [Number.NaN, 'nan()'],
  [-Infinity, '-infinity()'],
  [-9223372036854775808n, "bigint '-9223372036854775808'"],
  [2n ** 100n, "decimal '1267650600228229401496703205376'"],
  [new Date('1969-12-31T23:59:59.999Z'), "timestamp '1969-12-31 23:59:59.999'"],
  [['a', null], "array['a', null]"],
])('%s as a literal', (value, literal) => {
  expect(trinoLiteral(value, 1)).toBe(literal);
});

test.each([['\ud800'], [10n ** 38n], [new Date(Number.NaN)], [new Date(8.64e15)], [{}], [Symbol('s')]])(
  'no literal says %s',
  (value) => {
    const code = 'QUERY_PARAMETER_INVALID';
    expect(() => trinoLiteral(value, 3)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(/^Parameter 3 of the query is /) }),
    );
  },
);

test('parses JSON without rounding', () => {
  const text =
    '[9007199254740993, -9223372036854775808, 1.5, 9007199254740991, 12345678901234567.5, "9007199254740993"]';
  expect(exactJson(text)).toEqual([
    9007199254740993n,
    -9223372036854775808n,
    1.5,
    9007199254740991,
    12345678901234568,
    '9007199254740993',
  ]);
});

test('accepts a statement by its first word', () => {
  for (const text of [
    'select 1',
    ' /* x */ WITH a as (select 1) select * from a',
    '-- c\n(select 1)',
    'values 1',
    'table t',
  ])
    expect(assertOneSelect(`${text} ;\n`)).toBe(text);
  for (const text of [
    '',
    ';',
    '-- select 1',
    'selection',
    'explain select 1',
    'delete from t',
    '/* a',
    'execute x',
  ])
    expect(() => assertOneSelect(text), text).toThrow(
      expect.objectContaining({ code: 'QUERY_NOT_READ_ONLY' }),
    );
});

/** A server that gives these answers, one for each request. */
async function serverOf(answers: readonly { status: number; body: object }[]) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const { status, body } = answers[Math.min(seen.length, answers.length - 1)] ?? { status: 500, body: {} };
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, server };
}

test('retries a busy server, at the address in the config', async () => {
  const last = {
    id: 'q1',
    stats: {},
    columns: [{ name: 'n', type: 'integer', typeSignature: { rawType: 'integer' } }],
    data: [[1]],
  };
  const { url, seen, server } = await serverOf([
    { status: 503, body: {} },
    {
      status: 200,
      body: { id: 'q1', stats: {}, nextUri: 'http://inside.example:8080/v1/statement/queued/q1/x/1' },
    },
    { status: 502, body: {} },
    { status: 200, body: last },
  ]);
  const { batches } = await sql(
    createLake({ tables: [shop], engine: trinoEngine({ url, catalog: 'c', schema: 's' }) }),
    'select 1',
  );
  const rows = [];
  for await (const batch of batches()) rows.push(...batch);
  expect(rows).toEqual([{ n: 1 }]);
  const next = 'GET /v1/statement/queued/q1/x/1';
  expect(seen).toEqual(['POST /v1/statement', 'POST /v1/statement', next, next]);
  server.close();
});

test('does not retry a rejected request, and stops retrying an unreachable server on abort', async () => {
  const { url, seen, server } = await serverOf([{ status: 401, body: { error: 'Unauthorized' } }]);
  const ask = (signal?: AbortSignal) =>
    sql(
      createLake({
        tables: [shop],
        engine: trinoEngine({ url, catalog: 'c', schema: 's', user: 'a', password: 'secret' }),
      }),
      'select 1',
      { signal },
    );
  const error: unknown = await ask().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'QUERY_FAILED',
    payload: { advice: expect.stringContaining('password') },
  });
  expect(JSON.stringify(error)).not.toContain('secret');
  expect(seen).toHaveLength(1);
  await new Promise((resolve) => server.close(resolve));
  const reason = new Error('enough');
  const abort = new AbortController();
  setTimeout(() => abort.abort(reason), 300);
  await expect(ask(abort.signal)).rejects.toBe(reason);
});

test('does not send a secret over http to another machine', async () => {
  for (const secret of [{ password: 'secret' }, { token: 'secret' }]) {
    const open = trinoEngine({ url: 'http://trino.example:8080', catalog: 'c', schema: 's', ...secret });
    await expect(sql(createLake({ tables: [shop], engine: open }), 'select 1')).rejects.toThrow(
      'expected https',
    );
  }
});
