import { defineEvents, type EventsTable, lake } from '@headwater/core';
import {
  describeMetric,
  metricOf,
  metrics,
  namedMetricQuery,
  runMetric,
  tableOf,
  topBrands,
} from '@headwater/queries';
import { type ReferenceName, referenceAnswer } from '@headwater/reference-answers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { plainShop } from '../support/plain-events.ts';
import { sessionDays, sessionRows } from '../support/random-sessions.ts';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

/** The shop with columns of its own: a country that may be null, a shelf number, whether it was an offer. */
const wide = defineEvents('shop', {
  columns: {
    ...shop.shape,
    country: z.enum(['DE', 'FR', 'IT']).optional(),
    shelf: z.int32(),
    offer: z.boolean(),
    mail: z.string().register(lake, { pii: 'direct' }),
  },
  roles: shop.roles,
});
const [random = []] = fc.sample(sessionRows(150), { numRuns: 1, seed: 5 });
const rows = [...history, ...random].map((row, index) => ({
  ...row,
  country: ([null, 'DE', 'FR', 'IT', 'DE'] as const)[index % 5] ?? null,
  shelf: index % 4,
  offer: index % 3 === 0,
  mail: `${Number(row.user_id) % 2 === 0 ? 'even' : 'odd'}@example.com`,
}));
const made = withLake<EventsTable>(wide, rows as never);
const ask = (metric: string, parameters: object) =>
  namedMetricQuery(tableOf(made.lake, 'shop'), metric, { ...sessionDays, ...parameters });

const filters = [
  { where: { country: 'DE' }, has: (row: Row) => row.country === 'DE' },
  { where: { brand: ['acme', null] }, has: (row: Row) => row.brand === 'acme' || row.brand === null },
  {
    where: { country: null, shelf: [1, 2] },
    has: (row: Row) => row.country === null && [1, 2].includes(row.shelf),
  },
  { where: { product_id: ['1', 2n], offer: 'false' }, has: (row: Row) => row.product_id < 3n && !row.offer },
  { where: { mail: 'odd@example.com', brand: undefined }, has: (row: Row) => row.mail.startsWith('odd') },
  { where: { brand: `x' or 1=1 --` }, has: () => false },
];
type Row = (typeof rows)[number];

describe.for(filters)('where $where', ({ where, has }) => {
  const plain = plainShop(wide, rows.filter(has));
  test.for(Object.keys(metrics) as ReferenceName[])('%s sees those events alone', async (metric) => {
    const bys = ['none', ...metricOf(metric).breakdowns.slice(0, 2)];
    for (const by of metricOf(metric).breakdowns.length === 0 ? [{}] : bys.map((one) => ({ by: one })))
      expect(await ask(metric, { ...by, where }).rows(), JSON.stringify(by)).toEqual(
        referenceAnswer(plain, metric, { ...sessionDays, ...by } as never),
      );
  });
});

describe.for(['country', 'shelf', 'offer'] as const)('by the column %s', (column) => {
  const things = rows.map((row) => ({ ...row, category: row[column] === null ? null : String(row[column]) }));
  const plain = plainShop(wide, things);
  const names = Object.keys(metrics).filter((name) => metricOf(name).breakdowns.includes('category'));
  test.for(names as ReferenceName[])('%s answers as it does by category', async (metric) => {
    const limit = describeMetric(metricOf(metric)).parameters.some(({ name }) => name === 'limit');
    const parameters = { ...sessionDays, ...(limit ? { limit: 3 } : {}) };
    const answer = await ask(metric, { ...parameters, by: column }).rows();
    const expected = referenceAnswer(plain, metric, { ...parameters, by: 'category' });
    expect(answer.length).toBeGreaterThan(1);
    expect(answer).toEqual(expected.map(({ category, ...row }) => ({ [column]: category, ...row })));
  });
});

test('a filter reads no more days and columns than the question and its columns', async () => {
  const { sql, parameters } = ask('daily-visitors', { where: { country: ['DE', 'FR'] } });
  expect(sql).toContain('"shop"."country" in ($1, $2)');
  expect(sql).toContain(`"shop"."dt" >= date`);
  expect(parameters).toEqual(['DE', 'FR']);
});

describe('a filter or a break-down that cannot be is refused, with what can be', () => {
  const refusal = (metric: string, parameters: object): string => {
    try {
      void ask(metric, parameters).sql;
    } catch (error) {
      expect(error).toMatchObject({ code: 'METRIC_PARAMETERS_INVALID' });
      return (error as Error).message;
    }
    throw new Error('It was not refused');
  };
  test.for([
    [
      { land: 'DE' },
      'where.land: is not a column of shop; events are filtered by event_type, product_id, category',
    ],
    [{ country: 'UK' }, 'where.country: "UK" expected one of DE, FR, IT'],
    [{ price: 3 }, 'where.price: is a decimal; events are filtered by'],
    [{ shelf: 1.5 }, 'where.shelf: "1.5" expected a whole number of 32 bits'],
    [{ shelf: 2 ** 31 }, 'where.shelf: "2147483648" expected a whole number of 32 bits'],
    [{ offer: 'maybe' }, 'where.offer: "maybe" expected true or false'],
    [{ country: [] }, 'where.country: the list is empty'],
    [{ brand: { $ne: 1 } }, 'where.brand: "[object Object]" expected a text'],
    ['brand', 'where: expected an object of columns and their values'],
  ] as const)('%o', ([where, message]) => {
    expect(refusal('revenue', { where })).toContain(message);
  });
  test('without a value of personal data in the message', () => {
    const message = refusal('revenue', { where: { mail: 7, user_id: 'me@example.com' } });
    expect(message).toContain('where.mail: expected a text');
    expect(message).not.toContain('7');
  });
  test.for([
    [
      'land',
      'by: land is neither a break-down nor a column of the table; expected one of none, category, brand',
    ],
    ['price', 'by: price is a decimal; expected one of'],
    ['mail', 'by: mail is personal data, and each row would be a person'],
  ] as const)('by %s', ([by, message]) => {
    expect(refusal('revenue', { by })).toContain(message);
  });
  test('by a column that is called as one of the answer is', () => {
    expect(refusal('top-brands', { by: 'brand' })).toContain('another column that is called brand');
  });
});

test('the types have the columns of the table', async () => {
  // Never called: what compiles is the test.
  const types = async () => {
    const { lake } = withLake(wide, []);
    const where = { country: ['DE', null], shelf: 1, product_id: 3n, offer: true } as const;
    const [row] = await runMetric(lake.shop, topBrands, { ...sessionDays, where, by: 'country' });
    row?.country satisfies string | null | undefined;
    // @ts-expect-error no country of the table
    await runMetric(lake.shop, topBrands, { ...sessionDays, where: { country: 'UK' } });
    // @ts-expect-error no column of the table
    await runMetric(lake.shop, topBrands, { ...sessionDays, where: { land: 'DE' } });
    // @ts-expect-error events are not filtered by their time
    await runMetric(lake.shop, topBrands, { ...sessionDays, where: { event_time: new Date() } });
    // @ts-expect-error the column is never null
    await runMetric(lake.shop, topBrands, { ...sessionDays, where: { shelf: null } });
    // @ts-expect-error no column of the table
    await runMetric(lake.shop, topBrands, { ...sessionDays, by: 'land' });
  };
  expect(types).toBeTypeOf('function');
});
