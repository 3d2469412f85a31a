import type { EventsTable } from '@headwater/core';
import {
  type AnswerRow,
  type PlainShop,
  type ReferenceName,
  referenceAnswer,
} from '@headwater/reference-answers';
import { simulateRows } from '@headwater/simulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText } from '../../src/sessions/event-amount.ts';
import { type DeliveredEvent, type SessionRules, sessionRules } from '../../src/sessions/session-rules.ts';
import type { LiveStore, MinuteCounts } from '../../src/sessions/session-store.ts';
import { createEmbeddedStore } from '../../src/stores/embedded/embedded-store.ts';
import { shop as simulated } from '../local/shop.ts';
import { anyDeliveries } from './deliveries.ts';
import { type PlainRule, plainShop } from './plain-shop.ts';
import { shops } from './shops.ts';

const [minute, day] = [60_000, 86_400_000];
const whole = { from: new Date(0), to: new Date('2100-01-01') };
/** Within the retention of all events. */
const now = new Date(Date.UTC(2020, 1, 29, 22));

const rules = {
  clicks: {
    session: ['visit'],
    gap: day,
    longest: day,
    key: ['at', 'action', 'item', 'price', 'shopper', 'visit'],
    scale: 2,
  },
  derived: {
    session: ['shopper'],
    gap: 30 * minute,
    longest: 120 * minute,
    key: ['nr', 'shopper'],
    latestBy: 'revision',
    scale: 3,
  },
  orders: { session: [], gap: 0, longest: 0, key: [], scale: 4 },
  pages: {
    session: ['shopper', 'number'],
    gap: 20 * minute,
    longest: 60 * minute,
    key: ['at', 'shopper', 'page', 'number'],
    scale: 0,
  },
} satisfies Record<keyof typeof shops, PlainRule>;

describe('the counts of a store', () => {
  it.each(Object.keys(shops) as (keyof typeof shops)[])(
    'are what the metrics answer over the events of %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(anyDeliveries(name, 60), async ({ events, deliveries }) => {
          const compiled = sessionRules(shops[name]) as SessionRules;
          const store = createEmbeddedStore(compiled) as unknown as LiveStore;
          for (const delivery of deliveries) await store.apply(delivery, now);
          const rows = events.map(({ event }) => event);
          await assertAgrees(store, compiled, plainShop(shops[name] as EventsTable, rows, rules[name]), [
            '2020-02-28',
            '2020-03-01',
          ]);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('are what the metrics answer over a simulated shop', async () => {
    const all = [...simulateRows({ events: 8_000, days: 1, start: '2020-02-28', seed: 7, bots: true })];
    // The last hour is one in which much is sold.
    const rows = all.filter(({ event_time: time }) => time.getUTCHours() < 20);
    const delivered: DeliveredEvent[] = rows.map((row, index) => ({
      event: { ...row, product_id: BigInt(row.product_id) },
      sequenceNumber: String(index),
    }));
    const compiled = sessionRules(simulated);
    const store = createEmbeddedStore(compiled);
    for (let at = 0; at < delivered.length; at += 100) await store.apply(delivered.slice(at, at + 100), now);
    const rule = {
      session: ['user_session'],
      gap: day,
      longest: day,
      key: Object.keys(rows[0] ?? {}),
      scale: 2,
    };
    const shop = plainShop(simulated, rows as never, rule);
    await assertAgrees(store, compiled as SessionRules, shop, ['2020-02-28', '2020-02-29'], 25);
    const last = rows.at(-1)?.event_time ?? now;
    const top = await store.topItems(last, { minutes: 60, limit: Number.POSITIVE_INFINITY });
    const hour = Math.floor(last.getTime() / minute) * minute - 59 * minute;
    const answer = referenceAnswer(
      shop,
      'top-products',
      { from: '2020-02-28', to: '2020-02-28', by: 'none', limit: 10_000 },
      ({ time }) => time.getTime() >= hour,
    );
    const sold = answer.filter((row) => Number(row['purchases']) > 0);
    expect(sold.length).toBeGreaterThan(1);
    expect(new Map(top.map(({ item, purchases, revenue }) => [item, [purchases, Number(revenue)]]))).toEqual(
      new Map(sold.map((row) => [row['product'], [row['purchases'], row['revenue']]])),
    );
  });
});

/** Compares the hours, and each of the first minutes, with the reference. */
async function assertAgrees(
  store: Pick<LiveStore, 'minutes'>,
  { capabilities, countsVisitors }: SessionRules,
  shop: PlainShop,
  [from, to]: readonly [string, string],
  most = 20,
): Promise<void> {
  const minutes = await store.minutes(whole, now);
  const asked = { from, to, grain: 'hour' } as const;
  const expectHours = (metric: ReferenceName, fields: readonly (keyof MinuteCounts)[]) => {
    const hours = new Map<string, Record<string, bigint>>();
    for (const one of minutes) {
      const hour = `${one.minute.toISOString().slice(0, 13)}:00:00Z`;
      const sums = hours.get(hour) ?? nothing(fields);
      for (const field of fields)
        sums[field] = (sums[field] ?? 0n) + unitsOf(one[field] as number | string | null);
      hours.set(hour, sums);
    }
    const expected = new Map(referenceAnswer(shop, metric, asked).map((row) => [String(row['period']), row]));
    for (const [hour, sums] of hours)
      for (const field of fields) {
        // An answer shows the number that is nearest to the exact sum.
        const shown = isAmount(field)
          ? Number(amountText(sums[field] ?? 0n, shop.scale))
          : Number(sums[field]);
        expect({ hour, [field]: shown }).toEqual({ hour, [field]: expected.get(hour)?.[field] ?? 0 });
      }
    for (const hour of expected.keys()) expect(hours.has(hour)).toBe(true);
  };
  expectHours('daily-visitors', ['events', 'eventsWithoutSession', 'sessions']);
  if (capabilities.has('revenue')) expectHours('revenue', ['revenue']);
  if (capabilities.has('sessions')) expectHours('session-summary', ['purchaseSessions']);
  if (capabilities.has('carts'))
    expectHours('cart-abandonment', ['cartSessions', 'abandonedSessions', 'abandonedValue']);
  for (const one of minutes.slice(0, most)) {
    const isIn = ({ time }: { readonly time: Date }) =>
      Math.floor(time.getTime() / minute) * minute === +one.minute;
    const answerOf = (metric: ReferenceName, field: string): unknown => {
      const [row]: AnswerRow[] = referenceAnswer(shop, metric, { ...asked, grain: 'all' }, isIn);
      return row?.[field] ?? 0;
    };
    expect(one.events).toBe(answerOf('daily-visitors', 'events'));
    expect(one.visitors).toBe(countsVisitors ? answerOf('daily-visitors', 'visitors') : null);
    if (capabilities.has('revenue')) expect(Number(one.revenue)).toBe(answerOf('revenue', 'revenue'));
  }
}

const nothing = (fields: readonly string[]): Record<string, bigint> =>
  Object.fromEntries(fields.map((field) => [field, 0n]));

const isAmount = (field: string) => field === 'revenue' || field === 'abandonedValue';

/** A count, or an exact amount in its smallest units. */
const unitsOf = (value: number | string | null): bigint => BigInt(String(value ?? 0).replace('.', ''));
