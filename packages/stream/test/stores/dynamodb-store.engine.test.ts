import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { DeliveredEvent } from '../../src/sessions/session-rules.ts';
import { type SessionRules, sessionRules } from '../../src/sessions/session-rules.ts';
import type { LiveStore } from '../../src/sessions/session-store.ts';
import { createDynamodbStore } from '../../src/stores/dynamodb/dynamodb-store.ts';
import { anyDeliveries } from '../sessions/deliveries.ts';
import { type ShopName, shops } from '../sessions/shops.ts';
import { type TestTable, testTable } from './dynamodb-table.ts';
import { leaveKeys, loseAnswers, throttle } from './faulty-dynamodb.ts';
import { assertForAll, assertState, storeCases } from './store-contract.ts';

const runs = Number(process.env['HEADWATER_STREAM_STORE_RUNS'] ?? 2);
const now = new Date(Date.UTC(2020, 1, 29, 1, 30));
const tables: TestTable[] = [];

async function emptyStore(rules: SessionRules): Promise<LiveStore> {
  const made = await testTable();
  tables.push(made);
  return createDynamodbStore(rules, { ...made, counterParts: 2 }) as unknown as LiveStore;
}

describe('the store in DynamoDB', () => {
  afterAll(async () => {
    for (const { drop } of tables) await drop();
  });

  it.each(Object.keys(shops) as ShopName[])(
    'comes to what the reducer makes of the events of %s, however they are delivered',
    async (name) => {
      const rules = sessionRules(shops[name]) as SessionRules;
      await assertForAll(emptyStore, rules, anyDeliveries(name, 30), now, {
        numRuns: runs,
        endOnFailure: true,
      });
    },
  );

  it.each(storeCases)('$name', ({ run }) => run(emptyStore));

  it('counts each event once when several deliver the same sessions at a time', async () => {
    const rules = sessionRules(shops.clicks) as SessionRules;
    const retries: string[] = [];
    const made = await testTable();
    tables.push(made);
    const store = createDynamodbStore(rules, {
      ...made,
      counterParts: 2,
      onRetry: (reason) => void retries.push(reason),
    }) as unknown as LiveStore;
    const [one] = fc.sample(anyDeliveries('clicks', 60), { numRuns: 1, seed: 5 });
    const events = one?.events ?? [];
    const half = Math.ceil(events.length / 2);
    const reports = await Promise.all([
      store.apply(events.slice(0, half), now),
      store.apply(events.slice(half), now),
      store.apply(events, now),
    ]);
    expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
    await assertState(rules, store, events, now);
    expect(retries).toContain('conflict');
  });

  it('counts once what was written when the answer is lost, and asks again for what was left undone', async () => {
    const rules = sessionRules(shops.clicks) as SessionRules;
    const made = await testTable();
    tables.push(made);
    const retries: string[] = [];
    const store = createDynamodbStore(rules, {
      ...made,
      onRetry: (reason) => void retries.push(reason),
      pause: async () => {},
    }) as unknown as LiveStore;
    const [one] = fc.sample(anyDeliveries('clicks', 60), { numRuns: 1, seed: 6 });
    const events = one?.events ?? [];
    loseAnswers(made.client, 'TransactWriteItemsCommand', 2);
    leaveKeys(made.client, made.table, 3);
    const report = await store.apply(events, now);
    expect(report.failed).toEqual([]);
    expect(new Set(retries)).toEqual(new Set(['throttled', 'unprocessed']));
    await assertState(rules, store, events, now);
  });

  it('says what it could not write while the table is throttled, and takes it later', async () => {
    const rules = sessionRules(shops.clicks) as SessionRules;
    const made = await testTable();
    tables.push(made);
    const store = createDynamodbStore(rules, {
      ...made,
      attempts: 2,
      pause: async () => {},
    }) as unknown as LiveStore;
    const [one] = fc.sample(anyDeliveries('clicks', 30), { numRuns: 1, seed: 7 });
    const events = one?.events ?? [];
    throttle(made.client, 'TransactWriteItemsCommand', 2);
    const report = await store.apply(events, now);
    expect(report.applied + report.duplicates + report.late).toBe(0);
    expect(report.failed).toEqual(events.map(({ sequenceNumber }) => sequenceNumber));
    expect(report.error).toBeInstanceOf(Error);
    expect((await store.apply(events, now)).failed).toEqual([]);
    await assertState(rules, store, events, now);
  });

  it('reads and writes once for many sessions', async () => {
    const rules = sessionRules(shops.clicks);
    const made = await testTable();
    tables.push(made);
    const store = createDynamodbStore(rules, { ...made });
    const events = Array.from({ length: 200 }, (_, index): DeliveredEvent => {
      const row = { at: now, action: 'view', item: 'a', price: 1, shopper: 1n, visit: `visit ${index % 40}` };
      return { event: { ...row, price: index }, sequenceNumber: String(index) };
    });
    const before = { ...made.requests };
    expect(await store.apply(events, now)).toMatchObject({ applied: 200, failed: [] });
    const sent = Object.entries(made.requests).filter(([name, count]) => count !== (before[name] ?? 0));
    expect(Object.fromEntries(sent)).toEqual({ BatchGetItem: 1, TransactWriteItems: 1 });
  });
});
