import { HeadwaterError } from '@headwater/core';
import { describe, expect, it } from 'vitest';
import { defineThresholds } from '../../src/alerts/define-thresholds.ts';
import { defaultThresholds } from '../../src/alerts/threshold.ts';
import { thresholdProblems } from '../../src/alerts/threshold-problems.ts';
import { clicks } from './shop.ts';

const good = { kind: 'many-views', of: 'actor', moreThan: 60, within: 60 };
const fields = (value: unknown) => thresholdProblems(value, clicks.schema).map(({ field }) => field);

describe('thresholdProblems', () => {
  it('accepts the defaults and what is documented', () => {
    expect(thresholdProblems(defaultThresholds, clicks.schema)).toEqual([]);
    expect(fields([{ ...good, every: 10, actions: ['view'], severity: 'critical' }])).toEqual([]);
    expect(fields([{ kind: 'few', of: 'site', count: 'amount', lessThan: 0.5, within: 86_400 }])).toEqual([]);
  });

  it.each([
    ['thresholds', {}],
    ['thresholds[0]', [null]],
    ['thresholds[0].kind', [{ ...good, kind: 'Many Views' }]],
    ['thresholds[0].of', [{ ...good, of: 'item' }]],
    ['thresholds[0].count', [{ ...good, count: 'events' }]],
    ['thresholds[0].actions', [{ ...good, actions: [] }]],
    ['thresholds[0].actions', [{ ...good, actions: ['refund'] }]],
    ['thresholds[0].moreThan', [{ kind: 'x', of: 'site', within: 1 }]],
    ['thresholds[0].moreThan', [{ ...good, moreThan: Number.NaN }]],
    ['thresholds[0].lessThan', [{ ...good, lessThan: 1 }]],
    ['thresholds[0].lessThan', [{ kind: 'x', of: 'actor', lessThan: 1, within: 1 }]],
    ['thresholds[0].within', [{ ...good, within: 0.5 }]],
    ['thresholds[0].within', [{ ...good, within: 86_401 }]],
    ['thresholds[0].every', [{ ...good, every: 7 }]],
    ['thresholds[0].every', [{ ...good, within: 3600, every: 1 }]],
    ['thresholds[0].severity', [{ ...good, severity: 'bad' }]],
    ['thresholds[0].windows', [{ ...good, windows: 1 }]],
    ['thresholds[1].kind', [good, good]],
  ])('names %s', (field, value) => {
    expect(fields(value)).toEqual([field]);
  });

  it('refuses what cannot be used, with every problem', () => {
    const define = () =>
      defineThresholds(clicks, [{ ...good, within: 0, every: 3 } as never, { ...good } as never]);
    expect(define).toThrow(HeadwaterError);
    expect(define).toThrow(
      'The thresholds of clicks cannot be used: thresholds[0].within is 0. Expected whole seconds, 1 to 86400; ' +
        'thresholds[0].every is 3. Expected within divided by a whole number, 60 at most; ' +
        'thresholds[1].kind is that of another threshold, many-views. Give each threshold a kind of its own.',
    );
  });
});
