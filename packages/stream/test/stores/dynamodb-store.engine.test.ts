import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveredEvent } from '../../src/sessions/session-rules.ts';
import { type SessionRules, sessionRules } from '../../src/sessions/session-rules.ts';
import type { LiveStore } from '../../src/sessions/session-store.ts';
import { createDynamodbStore } from '../../src/stores/dynamodb/dynamodb-store.ts';
import { anyDeliveries } from '../sessions/deliveries.ts';
import { type ShopName, shops } from '../sessions/shops.ts';
import { type TestTable, testTable } from './dynamodb-table.ts';
import { assertForAll, assertState } from './store-contract.ts';

const runs = Number(process.env['HEADWATER_STREAM_STORE_RUNS'] ?? 2);
const now = new Date(Date.UTC(2020, 1, 29, 1, 30));
const tables: TestTable[] = [];

async function emptyStore(rules: SessionRules): Promise<LiveStore> {
  const made = await testTable();
  tables.push(made);
  return createDynamodbStore(rules, { ...made, counterParts: 2 }) as unknown as LiveStore;
}

describe('the store in DynamoDB', () => {
  let shared: TestTable;
  beforeAll(async () => {
    shared = await testTable();
    tables.push(shared);
  });
  afterAll(async () => {
    for (const { drop } of tables) await drop();
  });

  it.each(Object.keys(shops) as ShopName[])(
    'comes to what the reducer makes of the events of %s, however they are delivered',
    async (name) => {
      const rules = sessionRules(shops[name]) as SessionRules;
      await assertForAll(emptyStore, rules, anyDeliveries(name, 30), now, runs);
    },
  );

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
    expect(retries).toContain('conflict');
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
