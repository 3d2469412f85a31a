import { defineEvents, type EventsTable } from '@headwater/core';
import { createLake, describeMetric, metricOf, metrics, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { type PlainEvent, type ReferenceName, referenceAnswer } from '@headwater/reference-answers';
import { describe, expect, test } from 'vitest';
import { bazaar, bazaarRows } from '../support/bazaar.ts';
import { plainShop } from '../support/plain-events.ts';
import { withLake } from '../support/with-lake.ts';

const rows = bazaarRows(120, 4);
const made = withLake<EventsTable>(bazaar, rows as never);
const range = { from: '2024-03-04', to: '2024-03-05' };

/** Amounts as the metrics add them: doubles to four digits. */
const plain = plainShop(
  bazaar,
  rows.map((row) => ({ ...row, price: row.price?.toFixed(4) ?? null })),
  4,
);

describe.each(Object.keys(metrics) as ReferenceName[])('%s', (name) => {
  const { parameters } = describeMetric(metricOf(name));
  const bys = parameters.find((one) => one.name === 'by')?.values ?? ['none'];
  test.each(bys.map(String))('by %s, purchases are of what is in the cart', async (by) => {
    const asked = {
      ...range,
      ...(parameters.some((one) => one.name === 'by') ? { by } : {}),
      ...(parameters.some((one) => one.name === 'limit') ? { limit: 1000 } : {}),
    };
    const answer = await namedMetricQuery(tableOf(made.lake, 'bazaar'), name, asked).rows();
    expect(answer.length).toBeGreaterThan(0);
    expect(answer).toEqual(referenceAnswer(plain, name, asked as never));
  });
});

test('a filter of a brand finds the purchases of the brand', async () => {
  const where = { maker: ['acme', null] };
  const answer = await namedMetricQuery(tableOf(made.lake, 'bazaar'), 'top-products', {
    ...range,
    where,
  }).rows();
  const keeps = ({ brand }: PlainEvent) => brand === 'acme' || brand === null;
  expect(answer).toEqual(referenceAnswer(plain, 'top-products', range, keeps));
  expect(answer.some(({ purchases }) => Number(purchases) > 0)).toBe(true);
});

test.each([
  ['sku', 'product'],
  ['kind', 'category'],
  ['maker', 'brand'],
])('by the column %s, purchases are of what is in the cart as well', async (column, name) => {
  const ask = (metric: string, by: string) =>
    namedMetricQuery(tableOf(made.lake, 'bazaar'), metric, { ...range, by }).rows();
  for (const metric of ['cart-abandonment', 'revenue', 'session-summary']) {
    const expected = (await ask(metric, name)).map(({ [name]: part, ...rest }) => ({
      ...rest,
      [column]: part,
    }));
    expect(expected.length).toBeGreaterThan(1);
    expect(await ask(metric, column)).toEqual(expected);
  }
});

test('where nothing says what a purchase is of, abandonment by product is refused', async () => {
  const { shape: columns, roles } = bazaar;
  const actions = { view: ['page', 'detail'], cart: 'put', purchase: 'paid' } as const;
  const table = (rest: object) =>
    defineEvents('bazaar', { columns, roles, actions, ...rest } as Parameters<typeof defineEvents>[1]);
  const ask = (one: EventsTable, by: string) => {
    const lake = createLake({ tables: [one], engine: duckdbEngine({ lake: made.folder }) });
    return namedMetricQuery(tableOf(lake, 'bazaar'), 'cart-abandonment', { ...range, by }).rows();
  };
  const silent = table({}) as unknown as EventsTable;
  await expect(async () => ask(silent, 'category')).rejects.toThrow(
    /has to know which product each purchase is of, and the item may be null in bazaar\. Add purchases: \{ items: 'own' \}/,
  );
  expect(await ask(silent, 'none')).toHaveLength(2);
  expect(
    (await ask(table({ purchases: { items: 'own' } }) as unknown as EventsTable, 'category')).length,
  ).toBe(3);
});

test('a sum of doubles is exact to the cent, and the same in every run and with any number of threads', async () => {
  const [first] = await namedMetricQuery(tableOf(made.lake, 'bazaar'), 'revenue', {
    ...range,
    grain: 'all',
  }).rows();
  for (const threads of [1, 2, 8])
    for (let run = 0; run < 3; run++) {
      const lake = createLake({ tables: [bazaar], engine: duckdbEngine({ lake: made.folder, threads }) });
      const query = namedMetricQuery(tableOf(lake, 'bazaar'), 'revenue', { ...range, grain: 'all' });
      expect(query.sql).toContain('cast("bazaar"."price" as decimal(38, 4))');
      expect((await query.rows())[0]).toEqual(first);
    }
});
