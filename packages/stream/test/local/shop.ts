import { decimal, defineEvents, timestamp } from '@headwater/core';
import { type SimulatedEvent, simulateRows } from '@headwater/simulator';
import * as z from 'zod';
import type { SourceRecord } from '../../src/local/run/source-record.ts';

/** What the simulator's shoppers do. */
export const shop = defineEvents('shop', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64(),
    category_id: z.int64(),
    category_code: z.string().optional(),
    brand: z.string().optional(),
    price: decimal(10, 2).min(0),
    user_id: z.int64(),
    user_session: z.string().optional(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    actor: 'user_id',
    session: 'user_session',
    item: 'product_id',
    category: 'category_code',
    brand: 'brand',
    amount: 'price',
  },
});

/** An event as a line of JSON. */
export function shopLine(event: SimulatedEvent): string {
  // A product's id is beyond what a number of JSON could carry in other shops, so digits are written as they are.
  const { event_time, product_id, category_id, user_id, ...rest } = event;
  const ids = `"product_id":${product_id},"category_id":${category_id},"user_id":${user_id}`;
  return `{"event_time":"${event_time.toISOString()}",${ids},${JSON.stringify(rest).slice(1)}`;
}

/** How every so many lines are damaged. No reader accepts any of them. */
export const damages: readonly ((text: string) => string)[] = [
  (text) => text.slice(0, text.length >> 1),
  (text) => text.replace('"price":', '"price":-1'),
  (text) => text.replace('"event_type":"', '"event_type":"un'),
  (text) => `[${text}]`,
  () => 'not json',
];

/**
 * Lines of a simulated shop, of which one in 50 is damaged. The same for the same options. More events are of more days: what is live at a
 * time does not grow with them.
 */
export function* shopLines(
  events: number,
  seed: number,
): Generator<{ text: string; user: string }, void, void> {
  let index = 0;
  for (const event of simulateRows({
    events,
    days: Math.max(3, Math.ceil(events / 33_000)),
    start: '2026-01-01',
    seed,
    bots: true,
  })) {
    const text = shopLine(event);
    const damage = index % 50 === 49 ? damages[((index - 49) / 50) % damages.length] : undefined;
    index += 1;
    yield { text: damage ? damage(text) : text, user: String(event.user_id) };
  }
}

/** Those lines as records, by user. */
export async function* shopRecords(events: number, seed: number): AsyncGenerator<SourceRecord, void, void> {
  for (const { text, user } of shopLines(events, seed)) yield { data: Buffer.from(text), partitionKey: user };
}
