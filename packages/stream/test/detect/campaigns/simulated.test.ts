import { type AttackLevel, attackLabels, simulateLabelledRows } from '@headwater/simulator';
import { expect, test } from 'vitest';
import { shopEventOf } from '../simulated-event.ts';
import { watch } from './watch.ts';

/** Campaigns, and what looks like them. */
const kinds = [
  ...(['rotating_identities', 'carding', 'credential_churn', 'lockstep_ring'] as const),
  ...(['flash_sale', 'newsletter', 'business_buyer', 'shared_account', 'power_user'] as const),
];

/** Shares of the campaigns that are found, and actors that are wrongly named. */
function findIn(level: AttackLevel) {
  const options = {
    ...{ events: 100_000, days: 7, start: '2019-10-01', seed: 21 },
    attacks: { level, purpose: 'tune', kinds, share: 0.02 },
  } as const;
  const rows = Array.from(simulateLabelledRows(options), ({ event }) => shopEventOf(event));
  const found = watch(rows).map(({ actors = [] }) => actors);
  const cases = [...attackLabels(options)].filter(({ role, isAttack }) => role === 'case' && isAttack);
  const members = new Set(cases.flatMap((one) => one.members));
  const isFound = (of: readonly string[]): boolean =>
    found.some((actors) => 2 * actors.filter((actor) => of.includes(actor)).length >= actors.length);
  return {
    cases: cases.length,
    recall: cases.filter((one) => isFound(one.members)).length / cases.length,
    wrong: new Set(found.flat().filter((actor) => !members.has(actor))).size,
  };
}

test.each([
  ['easy', 0.9],
  ['medium', 0.85],
  ['hard', 0.7],
] as const)('simulated campaigns are found, and no shoppers: %s', (level, least) => {
  const { cases, recall, wrong } = findIn(level);
  expect(cases).toBeGreaterThanOrEqual(5);
  expect(recall).toBeGreaterThanOrEqual(least);
  expect(wrong).toBeLessThanOrEqual(3);
});
