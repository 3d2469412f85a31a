import { createLake, metricQuery, topProducts } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { athenaStatement } from '../src/engines/athena/athena-statement.ts';
import { csvPages } from '../src/engines/athena/result-csv.ts';
import { shop } from './support/shop.ts';

const target = { region: 'eu-central-1', database: 'shop', workgroup: 'headwater' };
const lake = createLake({ tables: [shop], engine: athenaEngine(target) });
const range = { from: '2024-03-03', to: '2024-03-04' };

test('parameters of a WHERE are execution parameters, others are literals in the statement', () => {
  const query = lake.shop
    .between('2024-03-03', '2024-03-04')
    .select(({ fn }) => fn.countAll<number>().filterWhere('event_type', '=', 'cart').as('carts'))
    .where('brand', '=', "it's ? -- ?")
    .where('product_id', 'in', [1n, 2n])
    .limit(5)
    .compile();
  expect(query.sql).toContain('filter(where "event_type" = ?)');
  expect(athenaStatement(query)).toEqual({
    QueryString:
      'select cast(count(*) filter(where "event_type" = \'cart\') as decimal(15, 0)) as "carts" from "shop" ' +
      'where "shop"."dt" >= \'2024-03-03\' and "shop"."dt" <= \'2024-03-04\' ' +
      'and "brand" = ? and "product_id" in (?, ?) limit 5',
    ExecutionParameters: ["'it''s ? -- ?'", "bigint '1'", "bigint '2'"],
  });
});

test('a literal that is too long for a parameter becomes part of the statement, where its question marks are text', () => {
  const long = `?'${'x'.repeat(1030)}`;
  const sql = `select '?' as "?" /* ? */ -- ?\nfrom t where a = ? and b = ?`;
  expect(athenaStatement({ sql, parameters: [long, 5] })).toEqual({
    QueryString: sql.replace('a = ?', () => `a = '?''${'x'.repeat(1030)}'`),
    ExecutionParameters: ['5'],
  });
  expect(athenaStatement({ sql: 'select 1', parameters: [] })).toEqual({ QueryString: 'select 1' });
  expect(() => athenaStatement({ sql, parameters: ['ü'.repeat(140_000), 1] })).toThrow(
    expect.objectContaining({ code: 'QUERY_TOO_LONG' }),
  );
});

test('metrics have parameters only where Athena takes them', () => {
  const { sql, parameters } = metricQuery(lake.shop, topProducts, { ...range, limit: 7 });
  const statement = athenaStatement({ sql, parameters });
  expect(statement.QueryString).toMatch(/limit 7$/);
  expect(statement.ExecutionParameters).toBeUndefined();
});

const value = fc.option(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'ü', '🐢', '') }), {
  nil: null,
});
const line = (values: readonly (string | null)[]): string =>
  `${values.map((one) => (one === null ? '' : `"${one.replaceAll('"', '""')}"`)).join(',')}\n`;

async function* piecesOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('parses a result file wherever its pieces end', async () => {
  const rows = fc.array(fc.array(value, { minLength: 2, maxLength: 3 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 20 }), fc.boolean(), async (given, size, isCut) => {
      const text = given.map(line).join('');
      const bytes = new TextEncoder().encode(isCut ? text.replace(/\n$/, '') : text);
      const read: (string | null)[][] = [];
      for await (const page of csvPages(piecesOf(bytes, size))) read.push(...page);
      expect(read).toEqual(given);
    }),
    { numRuns: 500 },
  );
});
