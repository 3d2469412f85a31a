import { describe, expect, it } from 'vitest';
import { groundTruth, ownActors, type TrueCase } from '../bench/detection/ground-truth.ts';
import { scoreDetection, sumScores } from '../bench/detection/score-detection.ts';
import {
  figuresOf,
  kindFiguresOf,
  medianOf,
  scoreDetails,
  scoreTable,
  targetsOf,
} from '../bench/detection/score-table.ts';
import type { IncidentLine } from '../bench/detection/told-incident.ts';

type AttackLabel = TrueCase['label'];

const label = (more: Partial<AttackLabel> & Pick<AttackLabel, 'kind'>): AttackLabel => ({
  version: 1,
  case: `${more.kind}-1`,
  role: 'case',
  subject_type: 'actor',
  subject: '1',
  from: '2019-10-03T10:00:00Z',
  to: '2019-10-03T11:00:00Z',
  rows: 100,
  members: ['1'],
  level: 'easy',
  isAttack: true,
  ...more,
});

let incidents = 0;
const line = (more: Partial<IncidentLine>): IncidentLine => ({
  time: '2019-10-03T10:30:00.000Z',
  subject_type: 'actor',
  subject: '1',
  kind: 'scraper',
  window_s: 60,
  actors: [],
  expected: 10,
  seen: 20,
  incident: `incident-${incidents++}`,
  state: 'open',
  ...more,
});

const ring = ['11', '12', '13', '14'];
const campaign = label({
  kind: 'lockstep_ring',
  subject_type: 'campaign',
  subject: 'lockstep_ring-1',
  members: ring,
});
const flood = label({
  kind: 'distributed_flood',
  subject_type: 'site',
  subject: 'site',
  members: ['21', '22', '23'],
});
const clicks = label({ kind: 'click_flood', subject_type: 'product', subject: '900', members: ['31', '32'] });
const outage = label({ kind: 'outage', subject_type: 'site', subject: 'site', members: [], rows: 0 });
const site = { subject_type: 'site', subject: 'clickstream', kind: 'distributed-flood' } as const;

/** How many seconds after the case's begin it was found. Undefined when it was not. */
function foundAfter(
  one: AttackLabel,
  lines: readonly IncidentLine[],
  more: readonly AttackLabel[] = [],
): number | undefined {
  return kindFiguresOf(scoreDetection([one, ...more], lines, 1_000_000)).find(({ kind }) => kind === one.kind)
    ?.medianSeconds;
}

describe('an attack is found', () => {
  it('by an incident of its actor, or of one of its sessions', () => {
    const scraper = label({ kind: 'fast_scraper' });
    const session = label({
      kind: 'fast_scraper',
      role: 'member',
      subject_type: 'session',
      subject: 's1',
      members: [],
    });
    expect(foundAfter(scraper, [line({})])).toBe(1800);
    expect(foundAfter(scraper, [line({ subject: '2' })])).toBeUndefined();
    const ofSession = line({ subject_type: 'session', subject: 's1' });
    expect(foundAfter(scraper, [ofSession], [session])).toBe(1800);
    expect(foundAfter(scraper, [ofSession])).toBeUndefined();
    expect(foundAfter(scraper, [line({ subject_type: 'session', subject: 's9', actors: ['1'] })])).toBe(1800);
  });

  it('from its first row until a day after its last', () => {
    const scraper = label({ kind: 'slow_scraper' });
    expect(foundAfter(scraper, [line({ time: '2019-10-03T09:59:59Z' })])).toBeUndefined();
    expect(foundAfter(scraper, [line({ time: '2019-10-04T11:00:00Z' })])).toBe(25 * 3600);
    expect(foundAfter(scraper, [line({ time: '2019-10-04T11:00:01Z' })])).toBeUndefined();
  });

  it('by the first of several incidents', () => {
    const [late, early] = [line({ time: '2019-10-03T10:40:00Z' }), line({ time: '2019-10-03T10:10:00Z' })];
    expect(foundAfter(label({ kind: 'hoarder' }), [late, early])).toBe(600);
  });

  it('by an incident of a campaign whose actors are mostly its own', () => {
    const of = (actors: string[]): IncidentLine =>
      line({ subject_type: 'campaign', subject: 'ring:x', actors });
    expect(foundAfter(campaign, [of(['11', '12'])])).toBe(1800);
    expect(foundAfter(campaign, [of(['11', '7'])])).toBe(1800);
    expect(foundAfter(campaign, [of(['11', '7', '8'])])).toBeUndefined();
  });

  it('by incidents of half of its members one by one, and then only', () => {
    const one = line({ subject: '11', time: '2019-10-03T10:05:00Z' });
    const two = line({ subject: '12', time: '2019-10-03T10:20:00Z' });
    expect(foundAfter(campaign, [one])).toBeUndefined();
    expect(foundAfter(campaign, [one, two])).toBe(1200);
    expect(foundAfter(campaign, [one, line({ subject: '11' })])).toBeUndefined();
  });

  it('by members that an update names', () => {
    const opened = line({ subject_type: 'campaign', subject: 'ring:x', actors: ['11'], incident: 'same' });
    const update = line({ ...opened, state: 'update', actors: ['12', '13'], time: '2019-10-03T10:45:00Z' });
    expect(scoreDetection([campaign], [opened, update], 1).falseActors).toEqual([]);
    expect(foundAfter(campaign, [{ ...opened, actors: [] }, update])).toBe(2700);
  });

  it('at the site by an incident at that time, of the right direction', () => {
    expect(foundAfter(flood, [line(site)])).toBe(1800);
    expect(foundAfter(flood, [line({ ...site, subject_type: 'product', subject: '5' })])).toBe(1800);
    expect(foundAfter(flood, [line({ ...site, seen: 1 })])).toBeUndefined();
    expect(foundAfter(flood, [line({ ...site, time: '2019-10-03T12:30:00Z' })])).toBeUndefined();
    expect(foundAfter(outage, [line({ ...site, seen: 1 })])).toBe(1800);
    expect(foundAfter(outage, [line(site)])).toBeUndefined();
    expect(foundAfter(outage, [line({ ...site, seen: 1, subject_type: 'product' })])).toBeUndefined();
  });

  it('at a product by an incident of this product, or of half of the machines', () => {
    const product = { subject_type: 'product', kind: 'click-flood' } as const;
    expect(foundAfter(clicks, [line({ ...product, subject: '900' })])).toBe(1800);
    expect(foundAfter(clicks, [line({ ...product, subject: '901' })])).toBeUndefined();
    expect(foundAfter(clicks, [line({ subject: '31' })])).toBe(1800);
  });
});

describe('a wrong accusation', () => {
  const wish = label({ kind: 'wish_list', isAttack: false, subject: '50', members: ['50'] });
  const sale = label({
    kind: 'flash_sale',
    isAttack: false,
    subject_type: 'site',
    subject: 'site',
    members: ['60'],
  });

  it('counts an actor once, and says who it is', () => {
    const lines = [
      line({ subject: '50' }),
      line({ subject: '50', kind: 'cart-bombing' }),
      line({ subject_type: 'campaign', subject: 'c', kind: 'carding', actors: ['1', '70'] }),
    ];
    const score = scoreDetection([label({ kind: 'carding' }), wish], lines, 500_000);
    expect(score.falseActors).toEqual([
      { actor: '50', incidents: ['scraper', 'cart-bombing'], is: ['wish_list'] },
      { actor: '70', incidents: ['carding'], is: [] },
    ]);
    expect(score.lookAlikes).toEqual([{ kind: 'wish_list', cases: 1, flagged: 1 }]);
    // The campaign is half right.
    expect(figuresOf(score)).toMatchObject({ falseActors: 4, opened: 6, precision: 1 / 3, recall: 1 });
    expect(scoreDetails(score)).toContain('false actor 50: scraper, cart-bombing; is wish_list\n');
  });

  it('counts incidents of the shop at times without an attack on it', () => {
    const score = scoreDetection(
      [sale, label({ kind: 'sniper' })],
      [line({ ...site, actors: ['60'] })],
      1_000_000,
    );
    expect(score.falseSites.map(({ is }) => is)).toEqual([['flash_sale']]);
    expect(score.falseActors).toEqual([]);
    expect(score.lookAlikes).toEqual([{ kind: 'flash_sale', cases: 1, flagged: 1 }]);
    expect(
      targetsOf(score, 'easy')
        .filter(({ isMet }) => !isMet)
        .map(({ name }) => name),
    ).toContain('floods at flash sales and newsletters');
    expect(scoreDetection([clicks], [line(site)], 1).falseSites).toEqual([]);
  });
});

it('scores of runs add up', () => {
  const found = scoreDetection([label({ kind: 'sniper' })], [line({})], 400_000);
  const missed = scoreDetection([label({ kind: 'sniper' })], [line({ subject: '2' })], 600_000);
  const sum = sumScores([found, missed]);
  expect(figuresOf(sum)).toMatchObject({
    cases: 2,
    found: 1,
    recall: 0.5,
    falseActors: 1,
    opened: 2,
    precision: 0.5,
  });
  expect(kindFiguresOf(sum)).toMatchObject([
    { kind: 'sniper', cases: 2, found: 1, medianSeconds: 1800, by: ['scraper'] },
  ]);
  expect(sum.incidentKinds).toEqual([{ kind: 'scraper', opened: 2, right: 1 }]);
});

it('the table marks which targets are met', () => {
  const text = scoreTable(scoreDetection([label({ kind: 'sniper' })], [line({})], 1_000_000), {
    level: 'easy',
  });
  expect(text).toMatch(/^sniper +1 +1 +1\.00 +30 min +scraper$/m);
  expect(text).toMatch(/^met +recall +1\.000 {2}>= 0\.99$/m);
  expect(scoreTable(scoreDetection([label({ kind: 'sniper' })], [], 1_000_000), { level: 'hard' })).toMatch(
    /^MISSED +recall +0\.000/m,
  );
});

it('the median is the mean of the middle two', () => {
  expect([medianOf([]), medianOf([3, 1, 2]), medianOf([4, 1])]).toEqual([undefined, 2, 2.5]);
});

it('the own monitor is what a shop allows', () => {
  const monitor = label({ kind: 'own_monitor', isAttack: false, subject: '80', members: ['80'] });
  expect(ownActors(groundTruth([monitor, flood]))).toEqual(['80']);
});
