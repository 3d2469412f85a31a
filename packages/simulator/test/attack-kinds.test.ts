import { beforeAll, describe, expect, it } from 'vitest';
import { attackLevels } from '../src/script/level.ts';
import type { CaseKindName } from '../src/script/level-table.ts';
import type { LabelledEvent } from '../src/simulate-rows.ts';
import { type AttackRun, actorsOf, gapsOf, median, runWith, sessionsOf } from './attack-run.ts';

type Event = LabelledEvent['event'];

let runs: Record<'easy' | 'medium' | 'hard', AttackRun>;
beforeAll(() => {
  runs = {
    easy: runWith({ level: 'easy' }),
    medium: runWith({ level: 'medium' }),
    hard: runWith({ level: 'hard' }),
  };
});

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const typesOf = (events: readonly Event[]): string[] => events.map((event) => event.event_type);
const countOf = (events: readonly Event[], type: string): number =>
  events.filter((event) => event.event_type === type).length;
const groupsOf = (groups: ReadonlyMap<unknown, Event[]>): Event[][] => [...groups.values()];
const secondsOf = (events: readonly Event[]): number[] =>
  events.map((event) => Number(event.event_time) / 1000);
const casesOf = (run: AttackRun, kind: CaseKindName) =>
  run.labels.filter((label) => label.role === 'case' && label.kind === kind);

/** Whether two of an actor's sessions are open at the same time. */
const overlaps = (events: readonly Event[]): boolean => {
  const sessions = [...Map.groupBy(events, (event) => event.user_session).values()].map(secondsOf);
  return sessions.some((one) =>
    sessions.some(
      (other) => other !== one && (one[0] ?? 0) <= (other[0] ?? 0) && (other[0] ?? 0) < (one.at(-1) ?? 0),
    ),
  );
};

describe.each(attackLevels)('attackers that are %s', (level) => {
  it('scrape: nearly every product is a new one, and there is no cart', () => {
    for (const kind of ['fast_scraper', 'slow_scraper'] as const)
      for (const events of groupsOf(actorsOf(runs[level], kind))) {
        expect(new Set(typesOf(events))).toEqual(new Set(['view']));
        expect(new Set(events.map((event) => event.product_id)).size).toBeGreaterThan(events.length * 0.85);
      }
  });

  it('walk through the ids in order', () => {
    const walks = groupsOf(actorsOf(runs[level], 'catalogue_walker'));
    expect(walks.length).toBeGreaterThan(3);
    for (const events of walks) {
      const steps = events.slice(1).map((event, at) => event.product_id - (events[at]?.product_id ?? 0));
      expect(steps.filter((step) => step < 0).length).toBeLessThanOrEqual(1);
    }
  });

  it('monitor a few products at regular times', () => {
    for (const events of groupsOf(actorsOf(runs[level], 'price_monitor'))) {
      expect(new Set(events.map((event) => event.product_id)).size).toBeLessThanOrEqual(20);
      const gaps = gapsOf(events);
      const far = gaps.filter((gap) => Math.abs(gap - median(gaps)) > median(gaps) * 0.25);
      // An outage may swallow some.
      expect(far.length).toBeLessThan(gaps.length * 0.1);
    }
  });

  it('replay the same products in every session', () => {
    const replays = groupsOf(actorsOf(runs[level], 'replayed_session')).flatMap((events) => {
      const sessions = [...Map.groupBy(events, (event) => event.user_session).values()];
      const lists = sessions.map((session) => session.map((event) => event.product_id).join());
      return [new Set(lists).size / lists.length];
    });
    // The end of a run or an outage may cut some.
    expect(median(replays)).toBeLessThan(0.5);
  });

  it('bomb carts, and hoard without buying', () => {
    for (const events of groupsOf(actorsOf(runs[level], 'cart_bomber')))
      expect(countOf(events, 'cart')).toBeGreaterThan(events.length * 0.35);
    for (const events of groupsOf(actorsOf(runs[level], 'hoarder'))) {
      expect(countOf(events, 'purchase')).toBe(0);
      expect(new Set(events.map((event) => event.product_id)).size).toBe(1);
      expect(countOf(events, 'remove_from_cart')).toBeGreaterThan(events.length * 0.3);
    }
  });

  it('snipe: put a product into the cart and buy it within two seconds', () => {
    for (const events of groupsOf(sessionsOf(runs[level], 'sniper'))) {
      const [cart, purchase] = events.slice(-2);
      if (purchase?.event_type !== 'purchase' || cart?.event_type !== 'cart') continue;
      expect((Number(purchase.event_time) - Number(cart.event_time)) / 1000).toBeLessThanOrEqual(2);
    }
  });

  it('rotate identities, each with a few rows, none at the same time as another', () => {
    for (const { members } of casesOf(runs[level], 'rotating_identities')) {
      const byActor = actorsOf(runs[level], 'rotating_identities');
      const spans = members.map((member) => secondsOf(byActor.get(BigInt(member)) ?? []));
      expect(members.length).toBeGreaterThan(10);
      for (const [place, span] of spans.entries()) {
        expect(span.length).toBeLessThanOrEqual(30);
        expect(spans[place + 1]?.[0] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(span.at(-1) ?? 0);
      }
    }
  });

  it('test cards from the first rows of an account', () => {
    for (const events of groupsOf(actorsOf(runs[level], 'carding')))
      expect(typesOf(events).slice(0, 2)).toContain('purchase');
  });

  it('churn through an account in sessions that never overlap', () => {
    const actors = groupsOf(actorsOf(runs[level], 'credential_churn'));
    expect(actors.length).toBeGreaterThan(1);
    for (const events of actors) expect(overlaps(events)).toBe(false);
  });

  it('move in lockstep: the same list in the sessions of a round', () => {
    const sessions = groupsOf(sessionsOf(runs[level], 'lockstep_ring'));
    const lists = Map.groupBy(sessions, (events) => events.map((event) => event.product_id).join());
    expect(median([...lists.values()].map((same) => same.length))).toBeGreaterThanOrEqual(5);
  });

  it('flood: far more rows than the hour before, in the time of the label', () => {
    for (const kind of ['click_flood', 'distributed_flood'] as const) {
      const [flood] = casesOf(runs[level], kind);
      const [from, to] = [Date.parse(flood?.from ?? ''), Date.parse(flood?.to ?? '')];
      const rateIn = (begin: number, end: number): number =>
        runs[level].rows.filter(
          ({ event }) => Number(event.event_time) >= begin && Number(event.event_time) <= end,
        ).length /
        (end - begin);
      expect(rateIn(from, to)).toBeGreaterThan(1.4 * rateIn(from - 3_600_000, from - 1000));
    }
  });

  it('take the shop down: it has hardly a row in the time of an outage', () => {
    const [outage] = casesOf(runs[level], 'outage');
    const [from, to] = [Date.parse(outage?.from ?? ''), Date.parse(outage?.to ?? '')];
    const rowsIn = (begin: number): number =>
      runs[level].rows.filter(
        ({ event }) => Number(event.event_time) >= begin && Number(event.event_time) <= begin + to - from,
      ).length;
    expect(rowsIn(from)).toBeLessThan(0.35 * rowsIn(from - (to - from)));
  });
});

describe.each(attackLevels)('look-alikes of attackers that are %s', (level) => {
  it('share an account in sessions that overlap', () => {
    const shared = groupsOf(actorsOf(runs[level], 'shared_account')).map(overlaps);
    expect(shared.filter((one) => one).length).toBeGreaterThan(shared.length / 3);
  });

  it('look around before they buy for a company', () => {
    for (const events of groupsOf(sessionsOf(runs[level], 'business_buyer'))) {
      expect(typesOf(events).slice(0, 5)).not.toContain('purchase');
      expect(countOf(events, 'purchase')).toBeGreaterThan(4);
    }
  });

  it('reload a tab for an hour at most', () => {
    for (const events of groupsOf(sessionsOf(runs[level], 'tab_reload'))) {
      const seconds = secondsOf(events);
      // The sessions of the person are the ones with several products or an uneven gap.
      if (new Set(gapsOf(events)).size === 1)
        expect((seconds.at(-1) ?? 0) - (seconds[0] ?? 0)).toBeLessThanOrEqual(3600);
    }
  });

  it('monitor the shop from the first day to the last', () => {
    const [monitor] = casesOf(runs[level], 'own_monitor');
    expect(monitor?.from.slice(0, 10)).toBe('2019-10-24');
    expect(monitor?.to.slice(0, 10)).toBe('2019-10-27');
    expect(monitor?.isAttack).toBe(false);
  });

  it('come to a sale as customers, and to an advertisement as new people', () => {
    const firstSeen = new Map<bigint, number>();
    for (const { event } of runs[level].rows)
      if (!firstSeen.has(event.user_id)) firstSeen.set(event.user_id, Number(event.event_time));
    const knownOf = (kind: CaseKindName): number => {
      const [spike] = casesOf(runs[level], kind);
      const seen = (spike?.members ?? []).map((member) => firstSeen.get(BigInt(member)) ?? Number.NaN);
      return seen.filter((time) => time < Date.parse(spike?.from ?? '')).length / seen.length;
    };
    const place = attackLevels.indexOf(level);
    expect(knownOf('newsletter')).toBeCloseTo(0.95, 1);
    expect(knownOf('flash_sale')).toBeCloseTo([0.9, 0.85, 0.8][place] ?? 0, 1);
    expect(knownOf('viral_product')).toBeCloseTo([0.4, 0.3, 0.2][place] ?? 0, 1);
    expect(knownOf('advertising_spike')).toBeCloseTo([0.2, 0.15, 0.1][place] ?? 0, 1);
    expect(knownOf('distributed_flood')).toBe(0);
  });

  it('buy in a sale far more than otherwise', () => {
    const sale = runs[level].rows.filter((row) => row.actor === 'flash_sale').map((row) => row.event);
    const shop = runs[level].rows.filter((row) => row.actor === 'shopper').map((row) => row.event);
    expect(countOf(sale, 'purchase') / sale.length).toBeGreaterThan(
      (3 * countOf(shop, 'purchase')) / shop.length,
    );
  });
});

describe('levels', () => {
  it('bring attackers nearer to shoppers', () => {
    const gapAt = (kind: CaseKindName): number[] =>
      attackLevels.map((level) => mean(groupsOf(sessionsOf(runs[level], kind)).flatMap(gapsOf)));
    for (const kind of ['fast_scraper', 'cart_bomber', 'catalogue_walker'] as const) {
      const [easy = 0, medium = 0, hard = 0] = gapAt(kind);
      expect(easy).toBeLessThan(medium);
      expect(medium).toBeLessThan(hard);
    }
  });
});

describe('the day the clocks change', () => {
  it('is labelled when a run has it, and moves people by an hour', () => {
    const kinds = ['clock_change'] as const;
    const options = { days: 14, start: '2019-10-20', events: 120_000 };
    const run = runWith({ level: 'easy', kinds: [...kinds] }, options);
    expect(run.labels).toMatchObject([
      { kind: 'clock_change', from: '2019-10-27T01:00:00Z', isAttack: false },
    ]);
    const hours = (from: string, to: string): number[] => {
      const counts: number[] = [];
      for (const { event } of run.rows) {
        const time = event.event_time.toISOString();
        if (time >= from && time < to) counts.push(event.event_time.getUTCHours());
      }
      return Array.from({ length: 24 }, (_, hour) => counts.filter((one) => one === hour).length);
    };
    const before = hours('2019-10-20', '2019-10-27');
    const after = hours('2019-10-28', '2019-11-03');
    const distance = (later: number): number => {
      const whole = (counts: number[]): number => counts.reduce((sum, count) => sum + count, 0);
      return before.reduce(
        (sum, count, hour) =>
          sum + Math.abs(count / whole(before) - (after[(hour + later) % 24] ?? 0) / whole(after)),
        0,
      );
    };
    expect(distance(1)).toBeLessThan(distance(0) * 0.65);
    expect(
      runWith({ level: 'easy', kinds: [...kinds] }, { events: 1_000, start: '2019-10-01' }).labels,
    ).toEqual([]);
  });
});
