import { describe, expect, it } from 'vitest';
import type { Breach } from '../../../src/alerts/finding.ts';
import { createLakeBatch, type LakeBatchOptions } from '../../../src/detect/batch/lake-batch.ts';
import { clicks } from '../../alerts/shop.ts';

const begin = Date.parse('2019-10-01T09:20:00Z');
const at = (time: string): number => Date.parse(`2019-10-${time}:00Z`);
const hours = (count: number): number => count * 3_600_000;

function batchOf(options?: LakeBatchOptions) {
  const batch = createLakeBatch(clicks.schema, begin, options);
  if (batch === undefined) throw new Error('no batch');
  return batch;
}

/** An answer about an actor who plays a recording. */
const replayer = (actor: string) => ({ actor, rows: 60, repeats: 5 });

describe('createLakeBatch', () => {
  it('is due a quarter of an hour after each hour, and after each day', () => {
    const batch = batchOf();
    expect(batch.next).toBe(at('01T10:15'));
    expect(batch.takeDue(at('01T10:14'), at('01T10:10'))).toEqual([]);
    expect(batch.takeDue(at('01T10:15'), at('01T10:10'))).toEqual([
      {
        every: 'hour',
        window: { start: at('01T10:00') - hours(24), end: at('01T10:00') },
        since: at('01T09:00'),
        time: at('01T10:15'),
      },
    ]);
    // Nobody came between eleven and half past one of the next day.
    const later = batch.takeDue(at('02T01:30'), at('01T10:59'));
    expect(later.map(({ every, window }) => [every, window.end])).toEqual([
      ['hour', at('01T11:00')],
      ['day', at('02T00:00')],
    ]);
  });

  it('does not find again whom the stream has found, and goes on with whom it has found itself', () => {
    const batch = batchOf({ allow: ['7'] });
    const [first, second] = batch.takeDue(at('01T11:15'), at('01T11:10'));
    if (first === undefined || second === undefined) throw new Error('no runs');
    const found: Breach = {
      ...{ finding: 'breach', kind: 'scraper', subjectType: 'actor', subject: '5', seen: 90, expected: 80 },
      ...{ start: at('01T09:30'), end: at('01T09:40'), time: at('01T09:40') },
      ...{ score: 1, severity: 'warning', eventType: null, rows: [] },
    };
    batch.note(found);
    batch.note({
      ...found,
      kind: 'carding',
      subjectType: 'campaign',
      subject: 'carding:8',
      actors: ['8', '9'],
    });
    const answers = { actors: ['5', '6', '7', '8'].map(replayer), pairs: [] };
    const suspects = batch.judge(first, answers);
    expect(suspects.map(({ kind, subject }) => [kind, subject])).toEqual([['replay', '6']]);
    const [told] = batch.findingsOf(first, suspects, [{ visitor: 6n }]);
    expect(told).toMatchObject({
      seen: 5,
      expected: 4,
      score: 1.25,
      end: at('01T10:00'),
      time: at('01T10:15'),
    });
    expect(told?.rows).toHaveLength(1);
    expect(batch.judge(second, answers).map(({ subject }) => subject)).toEqual(['6']);
    expect(batch.takeQuiet(at('03T09:00'))).toEqual([]);
    expect(batch.takeQuiet(at('03T11:00'))).toMatchObject([
      { finding: 'quiet', subject: '6', kind: 'replay' },
    ]);
  });

  it('names a ring for its first member, and keeps the name while most of it stays', () => {
    const batch = batchOf();
    const [first, second] = batch.takeDue(at('01T11:15'), at('01T11:10'));
    if (first === undefined || second === undefined) throw new Error('no runs');
    const pairs = [
      { one: '3', other: '4', runs: 6 },
      { one: '4', other: '5', runs: 6 },
    ];
    const suspects = batch.judge(first, { actors: [], pairs });
    expect(suspects).toMatchObject([{ subject: 'lockstep-ring:3', actors: ['3', '4', '5'], seen: 6 }]);
    batch.findingsOf(first, suspects, []);
    const grown = batch.judge(second, { actors: [], pairs: [{ one: '2', other: '3', runs: 4 }, ...pairs] });
    expect(grown).toMatchObject([{ subject: 'lockstep-ring:3', actors: ['2', '3', '4', '5'] }]);
  });

  it('is left out where all of its kinds are off', () => {
    const off = ['scraper', 'price-monitor', 'hoarding', 'replay', 'credential-churn', 'lockstep-ring'];
    expect(createLakeBatch(clicks.schema, begin, { off })).toBeUndefined();
  });
});
