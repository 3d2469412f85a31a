import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSessionsHandler, type SessionsHandlerOptions } from '../../src/handlers/index.ts';
import {
  type ApplyReport,
  createEmbeddedStore,
  createRecordReader,
  reduceSessions,
  type SessionStore,
  sessionRules,
} from '../../src/index.ts';
import { contextOf, kinesisDelivery, metricList, poisonList, sequenceNumberOf } from './deliver.ts';
import { shop } from './shop-table.ts';

const now = Date.parse('2026-02-01T00:30:00Z');
const rules = sessionRules(shop);

const eventOf = (second: number, actor: number, type = 'view', item = 41): string =>
  JSON.stringify({
    event_time: new Date(Date.parse('2026-02-01T00:00:00Z') + second * 1000).toISOString(),
    ...{ event_type: type, product_id: item, price: 12.5, user_id: actor, session_id: `s${actor}` },
  });

function handlerOf(store: SessionStore, more: Partial<SessionsHandlerOptions> = {}) {
  const failures = poisonList();
  const metrics = metricList();
  const handler = createSessionsHandler(shop, { store, failures, metrics, now: () => now, ...more });
  return { handler, failures, metrics };
}

/** A delivery in which each record has the key of its actor. */
function deliveryOf(texts: readonly string[], first = 1) {
  const delivery = kinesisDelivery(texts, { first });
  for (const [index, { kinesis }] of delivery.Records.entries())
    kinesis.partitionKey = /"user_id":(\d+)/.exec(texts[index] ?? '')?.[1] ?? 'none';
  return delivery;
}

/** A store that remembers the sequence numbers of each call, and reports what it is told to. */
function scripted(report: (calls: number) => Partial<ApplyReport> = () => ({})) {
  const calls: string[][] = [];
  const store: SessionStore = {
    async apply(events) {
      calls.push(events.map(({ sequenceNumber }) => sequenceNumber));
      const empty = { applied: events.length, duplicates: 0, late: 0, failed: [], sessions: [] };
      return { ...empty, ...report(calls.length) };
    },
  };
  return { store, calls };
}

test('keeps sessions and carts, and counts what a delivery did', async () => {
  const store = createEmbeddedStore(rules);
  const { handler, metrics } = handlerOf(store);
  const delivery = deliveryOf([eventOf(1, 7), eventOf(2, 7, 'cart'), eventOf(3, 8)]);
  expect(await handler(delivery, contextOf())).toEqual({ batchItemFailures: [] });
  expect(await handler(delivery, contextOf())).toEqual({ batchItemFailures: [] });
  expect(metrics.published).toMatchObject([
    { Records: 3, Events: 3, Applied: 3, Repeated: 0, Sessions: 2, Poison: 0 },
    { Records: 3, Events: 3, Applied: 0, Repeated: 3, Sessions: 0, Poison: 0 },
  ]);
  const clock = new Date('2026-02-01T00:05:00Z');
  expect(await store.openCarts(clock)).toMatchObject({ count: 1, value: '12.50' });
});

test('gives all events of an actor to the store at once, a hundred actors at a time', async () => {
  const { store, calls } = scripted();
  const texts = Array.from({ length: 250 }, (_, index) => eventOf(index, index % 125));
  await handlerOf(store).handler(deliveryOf(texts), contextOf());
  expect(calls.map((call) => call.length)).toEqual([200, 50]);
  // Actor 0 has the first record and the 126th.
  expect(calls[0]?.slice(0, 2)).toEqual([sequenceNumberOf(1), sequenceNumberOf(126)]);
});

test('a throttled store gets no more requests, and what it did not take is delivered again', async () => {
  const throttled = Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' });
  const failed = [sequenceNumberOf(12), sequenceNumberOf(9)];
  const { store, calls } = scripted(() => ({ failed, error: throttled }));
  const texts = Array.from({ length: 250 }, (_, index) => eventOf(index, index));
  const { handler, metrics } = handlerOf(store);
  expect(await handler(deliveryOf(texts), contextOf())).toEqual({
    batchItemFailures: [{ itemIdentifier: sequenceNumberOf(9) }],
  });
  expect(calls).toHaveLength(1);
  expect(metrics.published).toMatchObject([{ Unprocessed: 242 }]);
});

test('a failure that does not pass is thrown', async () => {
  const denied = Object.assign(new Error('denied'), { name: 'AccessDeniedException' });
  const { store } = scripted(() => ({ failed: [sequenceNumberOf(1)], error: denied }));
  await expect(handlerOf(store).handler(deliveryOf([eventOf(1, 7)]), contextOf())).rejects.toBe(denied);
});

test('when the time ends, the rest is left, but something is always done', async () => {
  const { store, calls } = scripted();
  const texts = Array.from({ length: 250 }, (_, index) => eventOf(index, index));
  const answer = await handlerOf(store).handler(
    deliveryOf(texts),
    contextOf(() => 1999),
  );
  expect(calls).toHaveLength(1);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumberOf(101) }] });
  const lefts = [10_000, 2000, 1999];
  const { store: other, calls: others } = scripted();
  const second = await handlerOf(other).handler(
    deliveryOf(texts),
    contextOf(() => lefts[others.length] ?? 0),
  );
  expect(others).toHaveLength(2);
  expect(second).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumberOf(201) }] });
});

test('a store that does not answer in time is left, and what it was given is delivered again', async () => {
  const store: SessionStore = { apply: () => new Promise(() => {}) };
  const { handler, metrics } = handlerOf(store, { reserveMilliseconds: 1000 });
  const started = performance.now();
  const answer = await handler(
    deliveryOf([eventOf(1, 7)]),
    contextOf(() => 1050),
  );
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumberOf(1) }] });
  expect(performance.now() - started).toBeLessThan(1000);
  expect(metrics.published).toMatchObject([{ Unprocessed: 1, Applied: 0 }]);
});

const deliveries = fc.record({
  events: fc.array(
    fc.record({
      second: fc.nat(4000),
      actor: fc.nat(4),
      type: fc.constantFrom('view', 'cart', 'remove_from_cart', 'purchase'),
      item: fc.nat(3),
      isBad: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  size: fc.integer({ min: 1, max: 9 }),
  /** For each call of the store: which part of its events it does not take, and whether the answer gets lost. */
  faults: fc.array(fc.record({ refused: fc.double({ min: 0, max: 1, noNaN: true }), isLost: fc.boolean() })),
});

test('after any partial failure, crash and redelivery, the state is that of the reducer', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ events, size, faults }) => {
      const texts = events.map(({ second, actor, type, item, isBad }) =>
        isBad ? 'no json' : eventOf(second, actor, type, item),
      );
      const embedded = createEmbeddedStore(rules);
      let calls = 0;
      const faulty: SessionStore = {
        async apply(delivered, clock) {
          const { refused = 0, isLost = false } = faults[calls] ?? {};
          calls += 1;
          const kept = Math.ceil(delivered.length * (1 - refused));
          const report = await embedded.apply(delivered.slice(0, kept), clock);
          if (isLost) throw new Error('ended before its answer');
          const failed = delivered.slice(kept).map(({ sequenceNumber }) => sequenceNumber);
          return { ...report, failed };
        },
      };
      const { handler, failures } = handlerOf(faulty);
      // As the poller does: from the checkpoint on, which an answer moves and a failure does not.
      for (let place = 0; place < texts.length; ) {
        const some = texts.slice(place, place + size);
        const answer = await handler(deliveryOf(some, place + 1), contextOf()).catch(() => undefined);
        if (!answer) continue;
        const [failure] = answer.batchItemFailures;
        place = failure
          ? Number(BigInt(failure.itemIdentifier) - BigInt(sequenceNumberOf(1)))
          : place + some.length;
      }
      const read = createRecordReader(shop);
      const all = deliveryOf(texts).Records.map(({ kinesis }) => read(kinesis));
      const expected = reduceSessions(
        rules,
        all.filter((one) => one.kind === 'event'),
      );
      const range = { from: new Date('2026-02-01T00:00:00Z'), to: new Date('2026-02-01T02:00:00Z') };
      expect(await embedded.minutes(range, new Date(now))).toEqual(expected.minutes);
      expect(embedded.size.keys).toBe(expected.sessions.length);
      // Each bad record is there, once or more.
      const bad = all.filter(({ kind }) => kind === 'rejected').map(({ sequenceNumber }) => sequenceNumber);
      expect(new Set(failures.stored.map(({ sequenceNumber }) => sequenceNumber))).toEqual(new Set(bad));
    }),
    { numRuns: 60 },
  );
});
