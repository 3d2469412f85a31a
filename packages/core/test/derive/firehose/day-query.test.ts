import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dayQuery } from '../../../src/derive/firehose/day-query.ts';
import { defineEvents, timestamp } from '../../../src/index.ts';
import { refusalOf } from './refusal-of.ts';

type Time = NonNullable<Parameters<typeof timestamp>[0]>;
const queryOf = (time: Time = {}, key = 'at'): string =>
  dayQuery(
    defineEvents('t', { columns: { at: timestamp(time), n: z.string() }, roles: { time: 'at' } }).schema,
    key,
  );

test('a time in a format that does not begin with the day is refused', () => {
  expect(refusalOf(() => queryOf({ formats: ['M/D/YYYY H:mm'] }))).toMatch(
    /FIREHOSE_UNSUPPORTED.*at is written as M\/D\/YYYY/,
  );
  expect(queryOf({ formats: ['YYYY-MM-DD HH:mm:ss'] })).toBe(queryOf());
});

const jq = (query: string, record: object): unknown => {
  const run = spawnSync('jq', ['-c', query], { input: JSON.stringify(record), encoding: 'utf8' });
  return run.status === 0 ? JSON.parse(run.stdout) : run.stderr;
};
// Firehose has jq 1.6; later releases answer these queries in the same way.
const hasJq = spawnSync('jq', ['--version']).status === 0;

describe.skipIf(!hasJq)('jq finds the day', () => {
  test.each<[string, Time, unknown, string]>([
    ['of a text', {}, '2020-02-29T23:59:59.999Z', '2020-02-29'],
    ['of a text with a blank', {}, '0001-01-01 00:00:00', '0001-01-01'],
    ['of seconds', { from: 'epoch-seconds' }, 1511544070, '2017-11-24'],
    ['of seconds with a fraction', { from: 'epoch-seconds' }, 1511567999.999, '2017-11-24'],
    ['of seconds as text', { from: 'epoch-seconds' }, '1511544070', '2017-11-24'],
    ['of milliseconds', { from: 'epoch-milliseconds' }, 1511567999999, '2017-11-24'],
    ['of microseconds', { from: 'epoch-microseconds' }, 1511568000000000, '2017-11-25'],
  ])('%s', (_, time, at, dt) => {
    expect(jq(queryOf(time), { at })).toEqual({ dt });
  });

  test('under a key that jq would read as something else', () => {
    expect(jq(queryOf({}, 'event "time"'), { 'event "time"': '2020-01-02T00:00:00Z' })).toEqual({
      dt: '2020-01-02',
    });
  });

  test('and a record without a time has none', () => {
    expect(jq(queryOf(), {})).toEqual({ dt: null });
  });
});
