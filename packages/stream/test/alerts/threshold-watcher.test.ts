import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineThresholds } from '../../src/alerts/define-thresholds.ts';
import type { Breach, Finding, Share } from '../../src/alerts/finding.ts';
import type { Threshold } from '../../src/alerts/threshold.ts';
import { createThresholdWatcher, type WatchOptions } from '../../src/alerts/threshold-watcher.ts';
import { type Click, click, clicks, midnight } from './shop.ts';

const thresholds = defineThresholds(clicks, [
  { kind: 'many-actions', of: 'actor', moreThan: 3, within: 10 },
  { kind: 'product-rush', of: 'product', actions: ['view', 'cart'], moreThan: 4, within: 20, every: 5 },
  {
    kind: 'much-sold',
    of: 'site',
    count: 'amount',
    actions: ['purchase'],
    moreThan: 50,
    within: 30,
    every: 10,
  },
  { kind: 'few-views', of: 'site', actions: ['view'], lessThan: 2, within: 20 },
]);
const options: WatchOptions = { thresholds, lateness: 5, quiet: 40 };

type Found = Finding | Share;
const inShort = (found: Found): unknown =>
  found.finding === 'breach'
    ? [found.time, found.kind, found.subject, found.start, found.end, found.seen, found.rows]
    : found.finding === 'quiet'
      ? [found.time, found.kind, found.subject, 'quiet', found.end]
      : found;

function watch(events: readonly Click[], until?: number): { found: Found[]; counts: unknown } {
  const watcher = createThresholdWatcher(clicks, options);
  const found = events.flatMap((event) => watcher.observe(event));
  if (until !== undefined) found.push(...watcher.advance(new Date(until)));
  return { found, counts: watcher.counts() };
}

/** The windows beyond a threshold, from its words alone: every event is compared with every window. */
function breachesInWords(events: readonly Click[], threshold: Threshold, until: number): unknown[] {
  const { of, within, every = within, moreThan, lessThan } = threshold;
  const times = events.map(({ at }) => at.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const subjectOf = ({ visitor, product }: Click) =>
    of === 'site' ? 'clicks' : of === 'actor' ? String(visitor) : product;
  const subjects =
    of === 'site' ? ['clicks'] : [...new Set(events.map(subjectOf))].filter((one) => one !== null);
  const found: unknown[] = [];
  for (
    let end = Math.ceil(first / 1000 / every) * every * 1000;
    end + 5000 <= Math.max(until, last);
    end += every * 1000
  )
    for (const subject of subjects) {
      const start = end - within * 1000;
      const inside = events.filter(
        (event) =>
          event.at.getTime() >= start &&
          event.at.getTime() < end &&
          subjectOf(event) === subject &&
          (threshold.actions?.includes(event.what) ?? true),
      );
      const cents = inside.reduce((sum, { price }) => sum + Math.round((price ?? 0) * 100), 0);
      const seen = threshold.count === 'amount' ? cents / 100 : inside.length;
      const hasNew = inside.some(({ at }) => at.getTime() >= end - every * 1000);
      if (moreThan !== undefined ? seen > moreThan && hasNew : start >= first && seen < (lessThan ?? 0))
        found.push([threshold.kind, subject, start, end, seen]);
    }
  return found;
}

/** Events of a few visitors in two minutes, all different. */
const events = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 120_000 }).map((ms) => new Date(midnight + ms)),
      what: fc.constantFrom('view' as const, 'view' as const, 'cart' as const, 'purchase' as const),
      visitor: fc.constantFrom(1n, 2n, 3n),
      product: fc.constantFrom('a', 'b', null),
      price: fc.constantFrom(0.1, 19.99, 30, null),
    }),
    { minLength: 1, maxLength: 80, size: 'max' },
  )
  .map((all) => [
    ...new Map(all.map((one) => [JSON.stringify({ ...one, visitor: String(one.visitor) }), one])).values(),
  ])
  .map((all) => all.sort((one, other) => one.at.getTime() - other.at.getTime()));

describe('createThresholdWatcher', () => {
  it('finds more than 10 actions of a user in 10 seconds by default, once for each window', () => {
    const watcher = createThresholdWatcher(clicks);
    const eleven = Array.from({ length: 11 }, (_, index) => click(100 + index / 2, { visitor: 7n }));
    const ten = Array.from({ length: 10 }, (_, index) => click(100 + index / 2, { visitor: 8n }));
    const found = [...eleven, ...ten, click(119)].flatMap((event) => watcher.observe(event));
    expect(found).toEqual([]);
    expect(watcher.observe(click(120))).toMatchObject([
      {
        finding: 'breach',
        kind: 'many-actions',
        subjectType: 'actor',
        subject: '7',
        seen: 11,
        expected: 10,
        score: 1.1,
      },
    ]);
  });

  it('finds the windows that the words of a threshold say, and no other', () => {
    fc.assert(
      fc.property(events, (all) => {
        const until = midnight + 200_000;
        const breaches = watch(all, until).found.filter((one): one is Breach => one.finding === 'breach');
        for (const threshold of thresholds)
          expect(
            breaches
              .filter(({ kind }) => kind === threshold.kind)
              .map(({ kind, subject, start, end, seen }) => [kind, subject, start, end, seen]),
          ).toEqual(breachesInWords(all, threshold, until).sort(byEndAndSubject));
      }),
      { numRuns: 150 },
    );
  });

  it('finds the same whatever the order and however often events arrive, inside the lateness', () => {
    fc.assert(
      fc.property(
        events,
        fc.array(fc.integer({ min: 0, max: 4999 }), { minLength: 80, maxLength: 80 }),
        fc.infiniteStream(fc.boolean()),
        (all, delays, again) => {
          // Each arrives up to the lateness after its time, and some arrive twice.
          const arrivals = all.flatMap((event, index) => {
            const arrival = { event, at: event.at.getTime() + (delays[index] ?? 0) };
            const repeated = { event, at: event.at.getTime() + (delays[79 - index] ?? 0) };
            return again.next().value ? [arrival, repeated] : [arrival];
          });
          arrivals.sort((one, other) => one.at - other.at);
          const until = midnight + 200_000;
          const shuffled = watch(
            arrivals.map(({ event }) => event),
            until,
          );
          expect(shuffled.found.map(inShort)).toEqual(watch(all, until).found.map(inShort));
          expect(shuffled.counts).toMatchObject({
            taken: all.length,
            late: 0,
            duplicates: arrivals.length - all.length,
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never looks ahead: a stream that is cut gives the same findings up to there', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 200_000 }), (all, after) => {
        const cut = midnight + after;
        const whole = watch(all, midnight + 200_000).found.filter(
          (one) => one.finding !== 'share' && one.time <= cut,
        );
        const part = watch(
          all.filter(({ at }) => at.getTime() <= cut),
          cut,
        ).found;
        expect(part.map(inShort)).toEqual(whole.map(inShort));
      }),
      { numRuns: 150 },
    );
  });

  it('goes on from its state, which survives JSON', () => {
    fc.assert(
      fc.property(events, fc.nat(80), (all, place) => {
        const whole = createThresholdWatcher(clicks, options);
        const expected = all.flatMap((event) => whole.observe(event));
        const before = createThresholdWatcher(clicks, options);
        const found = all.slice(0, place).flatMap((event) => before.observe(event));
        const after = createThresholdWatcher(clicks, options, JSON.parse(JSON.stringify(before.snapshot())));
        found.push(...all.slice(place).flatMap((event) => after.observe(event)));
        // Rows that show what was seen are no part of the state.
        const plain = (one: Found) => (one.finding === 'breach' ? { ...one, rows: [] } : one);
        expect(found.map(plain)).toEqual(expected.map(plain));
        expect(JSON.parse(JSON.stringify(after.snapshot()))).toEqual(
          JSON.parse(JSON.stringify(whole.snapshot())),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('says when a subject has been quiet, and finds no end while it goes on', () => {
    const busy = (from: number) => Array.from({ length: 5 }, (_, index) => click(from + index));
    const all = [...busy(0), ...busy(30), ...busy(200), click(400, { visitor: 2n })];
    const watcher = createThresholdWatcher(clicks, {
      thresholds: thresholds.slice(0, 1),
      lateness: 5,
      quiet: 40,
    });
    const found = all.flatMap((event) => watcher.observe(event));
    expect(
      found.map((one) => (one.finding === 'share' ? 0 : [one.finding, (one.end - midnight) / 1000])),
    ).toEqual([
      ['breach', 10],
      ['breach', 40],
      ['quiet', 40],
      ['breach', 210],
      ['quiet', 210],
    ]);
  });

  it('counts late events and those from the future apart, and neither moves the time', () => {
    const watcher = createThresholdWatcher(clicks, options);
    const arrivedAt = new Date(midnight + 101_000);
    watcher.observe(click(100), { arrivedAt });
    watcher.observe(click(94.9), { arrivedAt });
    watcher.observe(click(100 + 86_400), { arrivedAt });
    watcher.observe(click(95.1), { arrivedAt });
    expect(watcher.counts()).toMatchObject({ taken: 2, late: 1, ahead: 1 });
  });

  it('does not judge what is missing in a pause of months, or before the first event', () => {
    const watcher = createThresholdWatcher(clicks, { ...options, thresholds: thresholds.slice(3) });
    const months = 90 * 86_400 + 19;
    const all = [13, 14, 30, 31, months - 1, months, months + 1, months + 20, months + 60].map((at) =>
      click(at),
    );
    const found = all.flatMap((event) => watcher.observe(event));
    // Each time the window of the first event is not whole. The next one, from 20, has two views.
    expect(found.map((one) => (one.finding === 'breach' ? (one.start - midnight) / 1000 : one))).toEqual([
      90 * 86_400 + 40,
    ]);
  });

  it('believes a leap of more than a day when two events in turn say so', () => {
    const watcher = createThresholdWatcher(clicks, options);
    const century = 36_525 * 86_400;
    for (const at of [100, century, 101, 102, 102 + 3 * 86_400, 103 + 3 * 86_400, 104 + 3 * 86_400])
      watcher.observe(click(at));
    expect(watcher.counts()).toMatchObject({ taken: 5, ahead: 2, late: 0 });
    expect(watcher.complete).toBe(midnight + (104 + 3 * 86_400 - 5) * 1000);
  });

  it('does not count the actors that are allowed', () => {
    const watcher = createThresholdWatcher(clicks, { ...options, allow: ['99'] });
    const own = Array.from({ length: 50 }, (_, index) => click(index / 10, { visitor: 99n, product: 'a' }));
    const found = [...own, click(60), click(60.5)].flatMap((event) => watcher.observe(event));
    expect(found.map((one) => (one.finding === 'share' ? one : one.kind))).toEqual([
      'few-views',
      'few-views',
    ]);
    expect(watcher.counts()).toMatchObject({ allowed: 50, taken: 52 });
  });

  it('keeps its memory bounded, drops those with a single row first, and never counts too many', () => {
    const bound = { thresholds: thresholds.slice(0, 1), lateness: 5, subjects: 1500, remembered: 1000 };
    const watcher = createThresholdWatcher(clicks, bound);
    const found: Found[] = [];
    for (let index = 0; index < 60_000; index++) {
      found.push(...watcher.observe(click(index / 2000, { visitor: BigInt(1000 + index) })));
      if (index % 200 === 0) found.push(...watcher.observe(click(index / 2000, { visitor: 5n })));
    }
    const { windows, intake } = watcher.snapshot();
    const kept = windows['many-actions']?.slices.reduce((sum, [, counts]) => sum + counts.length, 0);
    expect(kept).toBeLessThanOrEqual(1500);
    expect(intake.remembered.reduce((sum, [, ids]) => sum + ids.length, 0)).toBeLessThanOrEqual(1000);
    // 100 rows in 10 s among 20,000 others: found in each of the windows that are complete.
    expect(found.map((one) => (one.finding === 'breach' ? [one.subject, one.seen] : one))).toEqual([
      ['5', 100],
      ['5', 100],
    ]);
    expect(watcher.counts().unwatched).toBeGreaterThan(50_000);
    expect(watcher.counts().unchecked).toBeGreaterThan(0);
  });

  it('refuses the result of a record in place of its event', () => {
    const watcher = createThresholdWatcher(clicks, options);
    const result = { kind: 'event', event: click(1), sequenceNumber: '1' };
    expect(() => watcher.observe(result)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining('`result.event`') }),
    );
    expect(watcher.counts().taken).toBe(0);
  });

  it('gives what one shard counted of products and of the site as shares', () => {
    const watcher = createThresholdWatcher(clicks, { ...options, shares: true });
    const found = [click(1, { product: 'a' }), click(2, { visitor: 2n, product: 'a' }), click(30)].flatMap(
      (event) => watcher.observe(event),
    );
    const shares = found.flatMap((one) =>
      one.finding === 'share' ? [[one.counter.threshold.kind, one.window.subject, one.window.total]] : [],
    );
    expect(shares).toEqual([['product-rush', 'a', 2]]);
  });
});

function byEndAndSubject(one: unknown, other: unknown): number {
  const [, subjectOne, , endOne] = one as [string, string, number, number];
  const [, subjectOther, , endOther] = other as [string, string, number, number];
  return endOne - endOther || (subjectOne < subjectOther ? -1 : 1);
}
