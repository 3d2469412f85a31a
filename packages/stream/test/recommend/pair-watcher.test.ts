import { defineEvents, timestamp } from '@headwater/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createPairWatcher, type PairCount } from '../../src/recommend/pair-watcher.ts';
import { type Click, click, clicks, midnight } from '../alerts/shop.ts';

const options = { visits: 2, within: 600, pause: 120, lateness: 30 };

function watch(events: readonly Click[], until = midnight + 3_600_000): PairCount[] {
  const watcher = createPairWatcher(clicks, options);
  return [...events.flatMap((event) => watcher.observe(event)), ...watcher.advance(new Date(until))];
}

/** In how many visits each pair was viewed, in each window, from the words alone. */
function pairsInWords(events: readonly Click[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const visitor of new Set(events.map((event) => event.visitor))) {
    const own = events.filter(
      (event) => event.visitor === visitor && event.what === 'view' && event.product !== null,
    );
    own.sort((one, other) => one.at.getTime() - other.at.getTime());
    let visit: Click[] = [];
    const end = () => {
      const last = visit.at(-1)?.at.getTime() ?? 0;
      const window = Math.floor(last / 600_000) * 600;
      const items = [...new Set(visit.map(({ product }) => product ?? ''))].sort();
      for (const one of items)
        for (const other of items)
          if (one < other) {
            const key = `${window} ${one} ${other}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
      visit = [];
    };
    for (const event of own) {
      const last = visit.at(-1);
      if (last && event.at.getTime() - last.at.getTime() >= 120_000) end();
      visit.push(event);
    }
    end();
  }
  return counts;
}

const views = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 150 }).map((tens) => new Date(midnight + tens * 10_000)),
      what: fc.constantFrom('view' as const, 'view' as const, 'view' as const, 'cart' as const),
      visitor: fc.constantFrom(1n, 2n, 3n, 4n),
      product: fc.constantFrom('a', 'b', 'c', null),
      price: fc.constant(null),
    }),
    { maxLength: 60, size: 'max' },
  )
  .map((all) => all.sort((one, other) => one.at.getTime() - other.at.getTime()));

describe('createPairWatcher', () => {
  it('tells the pairs that the words say, each once in a window', () => {
    fc.assert(
      fc.property(views, (all) => {
        const told = watch(all).map(({ start, items }) => `${start / 1000} ${items.join(' ')}`);
        const expected = [...pairsInWords(all)].filter(([, visits]) => visits >= 2).map(([pair]) => pair);
        expect(told.sort()).toEqual(expected.sort());
      }),
      { numRuns: 200 },
    );
  });

  it('tells the same whatever the order and however often events arrive, and from its state', () => {
    fc.assert(
      fc.property(
        views,
        fc.array(fc.nat(29_000), { minLength: 60, maxLength: 60 }),
        fc.nat(120),
        (all, delays, place) => {
          const arrivals = all.flatMap((event, index) =>
            [delays[index] ?? 0, delays[59 - index] ?? 0].map((delay) => ({
              event,
              at: event.at.getTime() + delay,
            })),
          );
          arrivals.sort((one, other) => one.at - other.at);
          const before = createPairWatcher(clicks, options);
          const told = arrivals.slice(0, place).flatMap(({ event }) => before.observe(event));
          const after = createPairWatcher(clicks, options, JSON.parse(JSON.stringify(before.snapshot())));
          told.push(...arrivals.slice(place).flatMap(({ event }) => after.observe(event)));
          told.push(...after.advance(new Date(midnight + 3_600_000)));
          expect(told).toEqual(watch(all));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves out visits that are no person’s, and keeps its memory bounded', () => {
    const robot = (visitor: bigint) =>
      Array.from({ length: 31 }, (_, index) => click(index, { visitor, product: `p${index}` }));
    const busy = (visitor: bigint) =>
      Array.from({ length: 101 }, (_, index) => click(index, { visitor, product: index % 2 ? 'a' : 'b' }));
    const watcher = createPairWatcher(clicks, { ...options, views: 50, pairs: 20 });
    const all = [...robot(1n), ...robot(2n), ...busy(3n), ...busy(4n)].sort(
      (one, other) => one.at.getTime() - other.at.getTime(),
    );
    const whole = createPairWatcher(clicks, options);
    expect([
      ...all.flatMap((event) => whole.observe(event)),
      ...whole.advance(new Date(midnight + 900_000)),
    ]).toEqual([]);
    for (let index = 0; index < 5000; index++)
      watcher.observe(click(index / 100, { visitor: BigInt(index), product: `p${index % 7}` }));
    const { visitors, pairs } = watcher.snapshot();
    expect(visitors.reduce((sum, [, { views }]) => sum + views.length, 0)).toBeLessThanOrEqual(50);
    expect(pairs.reduce((sum, [, counts]) => sum + counts.length, 0)).toBeLessThanOrEqual(20);
  });

  it('refuses a table that does not say who views what', () => {
    const columns = { at: timestamp(), who: z.int64(), what: z.string(), kind: z.enum(['view', 'cart']) };
    const bare = defineEvents('bare', { columns, roles: { time: 'at', actor: 'who', action: 'kind' } });
    const silent = defineEvents('silent', { columns, roles: { time: 'at', actor: 'who', item: 'what' } });
    expect(() => createPairWatcher(bare)).toThrow(/role item/);
    expect(() => createPairWatcher(silent)).toThrow(/action view/);
  });
});
