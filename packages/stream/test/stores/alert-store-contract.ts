import { describe, expect, it } from 'vitest';
import type { AlertStore } from '../../src/alerts/alert-store.ts';
import type { Finding } from '../../src/alerts/finding.ts';
import { nextIncident, type StoredIncident } from '../../src/alerts/next-incident.ts';
import { breach, quiet, told } from '../alerts/findings.ts';

/** The options with which the suite makes its stores. */
export const contractOptions = { keepDays: 7 };

const rule = { quiet: 100_000, cooldown: 30_000 };

const now = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const by = (owner: string, at = now) => ({ owner, now: at, rule });

/**
 * What every store of alerts has to do.
 *
 * @param makeStore makes a store over a table of events of its own
 */
export function describeAlertStore(name: string, makeStore: () => AlertStore): void {
  describe(`the store of alerts ${name}`, () => {
    const findings: readonly Finding[] = [
      breach(10, 11),
      breach(20, 15),
      breach(60, 30),
      quiet(60),
      breach(400, 12),
    ];

    it('has the incident that follows from the findings', async () => {
      const store = makeStore();
      let expected: StoredIncident | undefined;
      const notices: string[] = [];
      for (const finding of findings) {
        const step = nextIncident(expected, told(finding), rule);
        expected = step.stored;
        const published = await store.apply(told(finding), by('shard 1'));
        expect(published).toEqual(step.notices);
        await store.markTold(
          finding,
          published.map(({ id }) => id),
          now,
        );
        notices.push(...published.map(({ incident }) => incident.state));
      }
      expect(await store.latest(breach(10, 11), now)).toEqual(expected);
      expect(notices).toEqual(['open', 'update', 'closed', 'open']);
    });

    it('gives nothing to tell when findings are applied again', async () => {
      const store = makeStore();
      for (const finding of findings) {
        const published = await store.apply(told(finding), by('shard 1'));
        await store.markTold(
          finding,
          published.map(({ id }) => id),
          now,
        );
      }
      const before = await store.latest(breach(10, 11), now);
      for (const finding of findings.slice(1))
        expect(await store.apply(told(finding), by('shard 2'))).toEqual([]);
      expect(await store.latest(breach(10, 11), now)).toEqual(before);
    });

    it('gives a notice again that was not marked: at once to its owner, to others after a minute', async () => {
      const store = makeStore();
      const first = await store.apply(told(breach(10, 11)), by('shard 1'));
      expect(first).toMatchObject([{ incident: { state: 'open', seen: 11 } }]);
      expect(await store.apply(told(breach(10, 11)), by('shard 1', later(1)))).toEqual(first);
      expect(await store.apply(told(breach(10, 11)), by('shard 2', later(1)))).toEqual([]);
      expect(await store.apply(told(breach(10, 11)), by('shard 2', later(61)))).toEqual(first);
      expect(await store.apply(told(breach(10, 11)), by('shard 1', later(62)))).toEqual([]);
      await store.markTold(
        breach(10, 11),
        first.map(({ id }) => id),
        now,
      );
      expect(await store.apply(told(breach(10, 11)), by('shard 2', later(200)))).toEqual([]);
    });

    it('lets one of several writers at once tell an incident', async () => {
      const store = makeStore();
      const writers = Array.from({ length: 6 }, (_, index) => `shard ${index}`);
      const published = await Promise.all(
        writers.map((owner) => store.apply(told(breach(10, 11)), by(owner))),
      );
      expect(published.flat()).toHaveLength(1);
      // What differs is not lost either: each window is part of the incident.
      await Promise.all(
        writers.map((owner, index) => store.apply(told(breach(20 + index * 10, 12 + index)), by(owner))),
      );
      expect(await store.latest(breach(10, 11), now)).toMatchObject({
        incident: { seen: 17 },
        last: breach(70, 1).end,
      });
    });

    it('keeps subjects, kinds and subject types apart', async () => {
      const store = makeStore();
      const others = [
        { subject: '8' },
        { kind: 'many-carts' },
        { subjectType: 'product' as const },
        { subject: `7${'#'.repeat(3000)}` },
      ];
      for (const of of [{}, ...others])
        expect(await store.apply(told(breach(10, 11, of)), by('shard 1'))).toHaveLength(1);
    });

    it('lists the incidents that were told last', async () => {
      const store = makeStore();
      const all = [
        breach(10, 11),
        breach(20, 12, { subject: '8' }),
        breach(30, 13, { subject: 'shop', subjectType: 'site' }),
      ];
      for (const finding of all) await store.apply(told(finding), by('shard 1'));
      const subjects = async (at = now) =>
        (await store.recent(at)).map(({ incident, isClosed }) => [incident.subject, incident.seen, isClosed]);
      expect(await subjects()).toEqual([
        ['shop', 13, false],
        ['8', 12, false],
        ['7', 11, false],
      ]);
      // A further notice moves an incident to the front; a worse window without one does not.
      await store.apply(told(breach(40, 14, { subject: '8' })), by('shard 1'));
      await store.apply(told(quiet(10)), by('shard 1'));
      expect(await subjects()).toEqual([
        ['7', 11, true],
        ['shop', 13, false],
        ['8', 14, false],
      ]);
      expect(await subjects(later(7 * 86_400 + 1))).toEqual([]);
    });

    it('does not read what has expired', async () => {
      const store = makeStore();
      await store.apply(told(breach(10, 11)), by('shard 1'));
      await store.saveCarry('a', { window: 1, state: new Uint8Array([1]) }, now);
      await store.claim('cart 1', by('shard 1'));
      await store.markPublished('cart 1', now);
      const expired = later(7 * 86_400 + 1);
      expect(await store.latest(breach(10, 11), expired)).toBeUndefined();
      expect(await store.loadCarry('a', expired)).toBeUndefined();
      expect(await store.claim('cart 1', by('shard 1', expired))).toBe(true);
      expect(await store.apply(told(breach(10, 11)), by('shard 1', expired))).toMatchObject([
        { incident: { state: 'open' } },
      ]);
    });

    it('adds up the shares of shards, once each', async () => {
      const store = makeStore();
      const share = { kind: 'product-rush', subject: 'a', end: 1000 };
      expect(await store.addShare({ ...share, shard: 's1', count: 5 }, now)).toBe(5);
      expect(await store.addShare({ ...share, shard: 's2', count: 7 }, now)).toBe(12);
      expect(await store.addShare({ ...share, shard: 's1', count: 5 }, now)).toBe(12);
      expect(await store.addShare({ ...share, shard: 's1', count: 2 }, now)).toBe(12);
      expect(await store.addShare({ ...share, shard: 's1', count: 6 }, now)).toBe(13);
      expect(await store.addShare({ ...share, end: 2000, shard: 's1', count: 1 }, now)).toBe(1);
      expect(await store.addShare({ ...share, subject: 'b', shard: 's1', count: 1 }, now)).toBe(1);
    });

    it('brings together the summaries of shards, the latest of each', async () => {
      const store = makeStore();
      const of = (shard: string, until: number) => ({
        shard,
        until,
        summary: new Uint8Array([until, 255, 0]),
      });
      const exchange = async (name: string, shard: string, until: number, seconds: number) => {
        const all = await store.exchangeSummary(name, of(shard, until), later(seconds));
        return all.map((one) => `${one.shard} ${[...one.summary]} ${(one.at - now.getTime()) / 1000}`).sort();
      };
      expect(await exchange('minutes', 's1', 2, 0)).toEqual(['s1 2,255,0 0']);
      expect(await exchange('minutes', 's2', 3, 1)).toEqual(['s1 2,255,0 0', 's2 3,255,0 1']);
      // What is of an earlier time changes nothing.
      expect(await exchange('minutes', 's1', 1, 2)).toEqual(['s1 2,255,0 0', 's2 3,255,0 1']);
      expect(await exchange('minutes', 's1', 4, 3)).toEqual(['s1 4,255,0 3', 's2 3,255,0 1']);
      expect(await exchange('hours', 's1', 1, 4)).toEqual(['s1 1,255,0 4']);
      expect(await exchange('minutes', 's2', 5, 8 * 86_400)).toEqual([`s2 5,255,0 ${8 * 86_400}`]);
    });

    it('carries the state of the latest window', async () => {
      const store = makeStore();
      const carried = (window: number) => ({ window, state: new Uint8Array([window, 255, 0]) });
      expect(await store.loadCarry('s1', now)).toBeUndefined();
      await store.saveCarry('s1', carried(2), now);
      await store.saveCarry('s1', carried(1), now);
      expect(await store.loadCarry('s1', now)).toEqual(carried(2));
      await store.saveCarry('s1', { ...carried(2), state: new Uint8Array([9]) }, now);
      await store.saveCarry('s2', carried(3), now);
      expect(await store.loadCarry('s1', now)).toEqual({ window: 2, state: new Uint8Array([9]) });
    });

    it('lets something be published once', async () => {
      const store = makeStore();
      const claimed = await Promise.all(['a', 'b', 'c'].map((owner) => store.claim('cart 1', by(owner))));
      expect(claimed.filter(Boolean)).toHaveLength(1);
      const owner = ['a', 'b', 'c'][claimed.indexOf(true)] ?? '';
      expect(await store.claim('cart 1', by(owner))).toBe(true);
      expect(await store.claim('cart 1', by('d', later(61)))).toBe(true);
      await store.markPublished('cart 1', later(62));
      expect(await store.claim('cart 1', by('d', later(200)))).toBe(false);
      expect(await store.claim('cart 2', by('d'))).toBe(true);
    });
  });
}
