import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closeLake, createLake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { defineMetric, dimension, measure } from '@headwater/queries/metric';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AnswerStore } from '../../src/ask/answer-store.ts';
import { type Asked, createAsker } from '../../src/ask/asker.ts';
import { comparedRange, type DayRange } from '../../src/index.ts';
import { clickstream } from '../support/clickstream.ts';
import { type ShopLake, shopLake } from '../support/shop-lake.ts';

const range: DayRange = { from: '2024-03-11', to: '2024-03-17' };
const before = comparedRange(range, 'period');
const { schema } = clickstream;
let shop: ShopLake;
beforeAll(async () => {
  shop = await shopLake(10_000);
});
afterAll(() => shop?.close());

describe('several ranges', () => {
  test.for([
    ['daily-visitors', { grain: 'day' }, ['visitors'], true],
    ['revenue', { grain: 'hour' }, undefined, true],
    ['cart-abandonment', { grain: 'day' }, undefined, true],
    ['revenue', { grain: 'week' }, undefined, false],
    ['peak-hours', { by: 'weekday' }, undefined, false],
  ] as const)(
    '%s %j: each answer is that of its range alone',
    async ([metric, parameters, measures, isOne]) => {
      const asker = createAsker(shop.lake, schema);
      const question = { metric, parameters, measures };
      const together = await asker.askOver(question, [range, before]);
      const apart = [await asker.ask(question, range), await asker.ask(question, before)];
      expect(together.map((one) => one?.answer)).toEqual(apart.map((one) => one?.answer));
      expect(together[0]?.answer.rows.length).toBeGreaterThan(0);
      expect(together[0]?.sql === together[1]?.sql).toBe(isOne);
    },
  );

  test('ranges a year apart are two statements', async () => {
    const year = comparedRange(range, 'year');
    const [now, then] = await createAsker(shop.lake, schema).askOver(
      { metric: 'revenue', parameters: { grain: 'day' } },
      [range, year],
    );
    expect(now?.sql).not.toBe(then?.sql);
    expect(then?.answer.rows).toEqual([]);
  });
});

test('an answer is kept while the lake is as it was', async () => {
  const store = new AnswerStore<Asked>();
  const question = { metric: 'revenue', parameters: { grain: 'day' } };
  const [first, second] = [
    await createAsker(shop.lake, schema, { store }).ask(question, range),
    await createAsker(shop.lake, schema, { store }).ask(question, range),
  ];
  expect(second).toBe(first);
  const filtered = createAsker(shop.lake, schema, { store, filters: { brand: [null] } });
  expect(await filtered.ask(question, range)).not.toBe(first);
  await shop.load(200);
  const after = await createAsker(shop.lake, schema, { store }).ask(question, range);
  expect(after).not.toBe(first);
});

/** A question that takes hours: each event with each other, and with each other again. */
const endless = defineMetric({
  name: 'endless',
  definition: 'Triples of events in the order of time.',
  nullSessions: 'They count.',
  roles: [],
  dimensions: { part: dimension.text('Always the same') },
  measures: { triples: measure.count('Triples', 'none') },
  chart: () => ({ mark: 'table', x: 'part', y: ['triples'] }),
  query: (context) =>
    context
      .events()
      .selectFrom(['events as one', 'events as two', 'events as three'])
      .select(({ fn }) => [
        sql<string>`'all'`.as('part'),
        fn
          .countAll<number>()
          .filterWhereRef('one.time', '<', 'two.time')
          .filterWhereRef('two.time', '<', 'three.time')
          .as('triples'),
      ]),
});

test('a question that nobody waits for is stopped in the engine', async () => {
  // One query at a time: another one is answered only when the slow one has ended.
  const engine = duckdbEngine({ lake: join(shop.folder, 'lake'), maxConcurrentQueries: 1, threads: 1 });
  const lake = createLake({ tables: [clickstream], metrics: [endless], engine });
  const store = new AnswerStore<Asked>();
  try {
    const [first, second] = [new AbortController(), new AbortController()];
    const slow = { metric: 'endless', parameters: {} };
    const all = { from: '2024-02-05', to: '2024-03-17' };
    const asked = [first, second].map(({ signal }) =>
      createAsker(lake, schema, { signal, store }).ask(slow, all),
    );
    const outcomes = Promise.allSettled(asked);
    await wait(300);
    const other = createAsker(lake, schema, { store }).ask({ metric: 'revenue', parameters: {} }, range);
    first.abort(new Error('a newer view'));
    // The other page still waits for it.
    expect(await Promise.race([other.then(() => 'answered'), wait(300, 'waits')])).toBe('waits');
    second.abort(new Error('closed'));
    expect((await other)?.answer.rows).toHaveLength(7);
    expect((await outcomes).map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
      'Error: a newer view',
      'Error: closed',
    ]);
  } finally {
    await closeLake(lake, { timeoutSeconds: 1 });
  }
}, 30_000);
