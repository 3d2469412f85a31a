import { describe, expect, it } from 'vitest';
import type { ActorFeatures } from '../../../src/detect/batch/actor-features.ts';
import { defaultBatchParameters } from '../../../src/detect/batch/batch-parameters.ts';
import { judgeActor } from '../../../src/detect/batch/judge-actor.ts';
import { ringsOf } from '../../../src/detect/batch/shared-runs.ts';

const shopper: ActorFeatures = {
  actor: '1',
  ...{ rows: 150, products: 90, carts: 6, removals: 2, purchases: 2, hours: 9, days: 5 },
  ...{ gap: 35, evenGaps: 0.1, returns: 25, returnGap: 40_000, evenReturns: 0.1 },
  ...{ sessions: 12, sessionsInDay: 3, switches: 12, cycles: 1, repeats: 1 },
};
const kindOf = (features: Partial<ActorFeatures>) =>
  judgeActor({ ...shopper, ...features }, defaultBatchParameters)?.kind;

describe('judgeActor', () => {
  it.each<[string, Partial<ActorFeatures>, Partial<ActorFeatures>]>([
    ['scraper', { products: 145, carts: 1, purchases: 0 }, { products: 145, carts: 8 }],
    [
      'price-monitor',
      { products: 4, evenReturns: 0.9, carts: 0, purchases: 0 },
      { products: 4, evenReturns: 0.9, hours: 1, carts: 0, purchases: 0 },
    ],
    ['hoarding', { cycles: 9 }, { cycles: 3 }],
    ['replay', { repeats: 4 }, { repeats: 2 }],
    [
      'credential-churn',
      { sessions: 60, sessionsInDay: 40, switches: 60, carts: 0, purchases: 0 },
      // People who share an account are in it at the same time.
      { sessions: 60, sessionsInDay: 40, switches: 120, carts: 0, purchases: 0 },
    ],
  ])('finds %s, and not who lacks the second condition', (kind, found, leftAlone) => {
    expect(kindOf(found)).toBe(kind);
    expect(kindOf(leftAlone)).toBeUndefined();
  });

  it('leaves a forgotten tab alone for a day, and a browser that keeps no session', () => {
    const tab = { rows: 40, products: 1, returns: 24, evenReturns: 1, hours: 24, carts: 0, purchases: 0 };
    expect(kindOf(tab)).toBeUndefined();
    expect(kindOf({ ...tab, hours: 40 })).toBe('price-monitor');
    const pages = { rows: 31, sessions: 30, sessionsInDay: 30, switches: 29, carts: 0, purchases: 0 };
    expect(kindOf(pages)).toBeUndefined();
    expect(kindOf({ ...pages, rows: 60 })).toBe('credential-churn');
  });

  it('leaves a busy shopper alone, and kinds that are off', () => {
    expect(kindOf({})).toBeUndefined();
    expect(judgeActor({ ...shopper, repeats: 9 }, defaultBatchParameters, ['replay'])).toBeUndefined();
  });
});

describe('ringsOf', () => {
  it('joins pairs to groups, in whatever order they come', () => {
    const pairs = [
      { one: 'a', other: 'b', runs: 3 },
      { one: 'd', other: 'e', runs: 9 },
      { one: 'c', other: 'd', runs: 4 },
      { one: 'b', other: 'c', runs: 5 },
      { one: 'a', other: 'e', runs: 3 },
      { one: 'x', other: 'y', runs: 7 },
    ];
    const rings = [{ members: ['a', 'b', 'c', 'd', 'e'], runs: 9 }];
    expect(ringsOf(pairs, 3)).toEqual(rings);
    expect(ringsOf(pairs.toReversed(), 3)).toEqual(rings);
  });
});
