import { defineEvents, type InferRow, timestamp } from '@headwater/core';
import { z } from 'zod';

const columns = {
  at: timestamp(),
  kind: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
  price: z.int32(),
  visitor: z.int64().optional(),
  visit: z.string().optional(),
};

/** Sessions by id, 24 hours at most. */
export const byId = defineEvents('by_id', {
  columns,
  roles: { time: 'at', action: 'kind', actor: 'visitor', session: 'visit', amount: 'price' },
});

/** Sessions by an id that is unique within an actor only, of three hours at most. */
export const byPair = defineEvents('by_pair', {
  columns,
  roles: { time: 'at', action: 'kind', actor: 'visitor', session: ['visitor', 'visit'], amount: 'price' },
  sessions: { longest: '3h' },
});

/** Sessions by id, which half an hour without an event ends as well. */
export const byIdle = defineEvents('by_idle', {
  columns,
  roles: { time: 'at', action: 'kind', actor: 'visitor', session: 'visit', amount: 'price' },
  sessions: { inactivity: '30m', longest: '12h' },
});

/** Sessions that are derived from the inactivity of an actor. */
export const derived = defineEvents('derived', {
  columns,
  roles: { time: 'at', action: 'kind', actor: 'visitor', amount: 'price' },
  sessions: { inactivity: '30m', longest: '4h' },
});

export const visitTables = [byId, byPair, byIdle, derived] as const;

export type Visit = InferRow<typeof byId>;

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** How an id is seen: the gaps between its events. A shared address never rests; an id that is used again rests for days. */
const manners: readonly (readonly number[])[] = [
  [minute, 5 * minute, 20 * minute],
  [30 * minute, 31 * minute, 29 * minute, 0],
  [hour, 3 * hour, 11 * hour],
  [24 * hour, day + 1, 23 * hour],
  [2 * day, 3 * minute, 5 * minute],
];

/**
 * Events of ten days in March 2024, by a seed: ids of every manner, ids of two visitors, events without an id or a visitor, and
 * events at the same instant.
 */
export function randomVisits(seed: number): readonly Visit[] {
  const random = mulberry32(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const begin = Date.parse('2024-03-01');
  return Array.from({ length: 60 }, (_, id) => {
    const gaps = manners[id % manners.length] ?? [];
    const visitors = pick([[1n], [2n], [BigInt(id)], [3n, 4n], [5n, null]]);
    const visit = pick([`s${id}`, `s${id}`, `s${id % 7}`, null]);
    const rows: Visit[] = [];
    let at = begin + Math.floor(random() * 5 * day);
    const events = 1 + Math.floor(random() * 40);
    while (rows.length < events && at < begin + 10 * day) {
      const kind = pick(['view', 'view', 'cart', 'remove_from_cart', 'purchase'] as const);
      rows.push({
        at: new Date(at),
        kind,
        price: Math.floor(random() * 100),
        visitor: pick(visitors),
        visit,
      });
      at += pick(gaps);
    }
    return rows;
  }).flat();
}

/** A small generator of numbers from 0 to 1 by a seed (Mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
