import type { AttackLabel } from '@headwater/simulator';
import { expect, it } from 'vitest';
import { checkFound } from '../../src/demo/check-found.ts';
import { printChecked } from '../../src/demo/print-checked.ts';
import type { SummarizedIncident } from '../../src/stream/run/run-summary.ts';

const label = (kind: AttackLabel['kind'], about: Partial<AttackLabel>): AttackLabel => ({
  ...{ version: 1, kind, case: `${kind}-1`, role: 'case', subject_type: 'actor', subject: '1' },
  ...{ from: '2019-10-01T10:00:00Z', to: '2019-10-01T11:00:00Z', rows: 50, members: [], level: 'easy' },
  isAttack: true,
  ...about,
});
const incident = (kind: string, about: Partial<SummarizedIncident>): SummarizedIncident => ({
  ...{ kind, words: 'is odd', subject_type: 'actor', subject: '1', actors: ['1'], severity: 'warning' },
  ...{ opened: '2019-10-01T10:05:00.000Z', closed: null, seen: 9, expected: 2, window: 60 },
  ...about,
});
const ofSite = { subject_type: 'site', subject: 'site' } as const;
const crowd = { ...ofSite, subject: 'clickstream', actors: ['8', '9'] };
const labels = [
  label('fast_scraper', {}),
  label('carding', { subject_type: 'campaign', subject: 'carding-1', members: ['2', '3', '4'] }),
  label('distributed_flood', {
    ...ofSite,
    members: ['8', '9'],
    from: '2019-10-01T15:00:00Z',
    to: '2019-10-01T15:20:00Z',
  }),
  label('flash_sale', {
    ...ofSite,
    isAttack: false,
    from: '2019-10-01T15:10:00Z',
    to: '2019-10-01T16:30:00Z',
  }),
  label('power_user', { subject: '7', isAttack: false }),
  label('power_user', { case: 'power_user-2', subject: '6', isAttack: false }),
  label('fast_scraper', { role: 'member', subject: '5' }),
];

it('says who was found and when, and who was left alone', async () => {
  const found = [
    incident('scraper', {}),
    incident('carding', { subject_type: 'campaign', subject: 'carding:2', actors: ['2', '3'] }),
    incident('distributed-flood', { ...crowd, opened: '2019-10-01T15:12:00.000Z' }),
    incident('scraper', { subject: '7', actors: ['7'] }),
    incident('scraper', { subject: '99', actors: ['99'] }),
  ];
  const checked = checkFound(labels, found);
  expect(checked.attacks.map(({ who, minutes }) => [who, minutes])).toEqual([
    ['fast scraper 1', 5],
    ['carding', 5],
    ['distributed flood', 12],
  ]);
  expect(checked.lookAlikes).toEqual([
    { what: 'flash sale', cases: 1, rows: 50, flagged: 0 },
    { what: 'power user', cases: 2, rows: 100, flagged: 1 },
  ]);
  expect(checked.falseActors).toBe(2);
  const lines: string[] = [];
  const text = async (line = '') => void lines.push(line);
  await printChecked(checked, { style: (_: string, one: string) => one, print: text, write: text } as never);
  expect(lines.join('\n')).toMatch(
    /fast scraper 1 +2019-10-01 10:00 +50 +scraper +5 min[\s\S]*1 taken for an attack/,
  );
});

it('takes an incident of the shop without an attack for one about the sale', () => {
  const later = incident('distributed-flood', { ...crowd, opened: '2019-10-01T16:25:00.000Z' });
  const { attacks, lookAlikes } = checkFound(labels, [later]);
  expect(attacks.map((one) => one.incident)).toEqual([null, null, null]);
  expect(lookAlikes[0]).toMatchObject({ what: 'flash sale', flagged: 1 });
});
