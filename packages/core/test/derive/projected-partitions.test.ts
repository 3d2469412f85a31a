import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents, deriveGlueTable, timestamp } from '../../src/index.ts';
import { layerTable, type Projection, projectedPartitions } from '../../src/internal.ts';
import { testTarget } from './aws-test-target.ts';

const keyed = (...projections: Projection[]) => ({
  keys: projections.map((projection, index) => ({
    ...{
      name: `k${index}`,
      type: { kind: 'string' as const },
      nullable: false,
      description: '',
      pii: 'none' as const,
    },
    projection,
  })),
});
const days = (first: string, last: string): Projection => ({
  ...{ type: 'date', format: 'yyyy-MM-dd', range: [first, last], interval: 1, unit: 'DAYS' },
});
const hours: Projection = { type: 'integer', range: [0, 23], digits: 2 };
const now = new Date('2019-10-31T12:00:00Z');

test.each<[string, number, Projection[]]>([
  ['no key', 1, []],
  ['days, both ends counted', 31, [days('2019-10-01', '2019-10-31')]],
  ['days to tomorrow', 32, [days('2019-10-01', 'NOW+1DAYS')]],
  [
    'weeks',
    5,
    [{ type: 'date', format: 'yyyy-MM-dd', range: ['2019-10-01', '2019-10-31'], interval: 1, unit: 'WEEKS' }],
  ],
  ['integers by an interval', 5, [{ type: 'integer', range: [0, 23], interval: 5 }]],
  [
    'days, hours and an enum',
    31 * 24 * 3,
    [days('2019-10-01', '2019-10-31'), hours, { type: 'enum', values: ['a', 'b', 'c'] }],
  ],
  ['an injected key', 31, [days('2019-10-01', '2019-10-31'), { type: 'injected' }]],
  ['a range before its time', 0, [days('2019-11-05', 'NOW+1DAYS')]],
])('counts %s', (_, expected, projections) => {
  expect(projectedPartitions(keyed(...projections), { now })).toBe(expected);
});

test.each([
  ['2019-10-10', '2019-10-12', 3],
  ['2019-09-01', '2019-10-02', 2],
  ['2019-10-30', undefined, 3],
  [undefined, '2019-10-01', 1],
  ['2020-01-01', '2020-01-31', 0],
])('a query from %s to %s lists %s of them', (first, last, expected) => {
  expect(projectedPartitions(keyed(days('2019-10-01', 'NOW+1DAYS')), { first, last, now })).toBe(expected);
});

/** A table by day, hour and a key of so many values. */
const wide = (values: number) =>
  defineEvents('wide', {
    columns: { at: timestamp(), kind: z.enum(Array.from({ length: values }, (_, index) => `v${index}`)) },
    roles: { time: 'at' },
    partitionBy: { hour: true, columns: ['kind'] },
  });

test('a table that projects more partitions than Athena scans is refused, with the numbers', () => {
  const target = { ...testTarget, firstDay: '2019-10-01' };
  expect(projectedPartitions(layerTable(wide(2).schema, target, {}))).toBeLessThan(1_000_000);
  deriveGlueTable(wide(2).schema, target);
  expect(() => deriveGlueTable(wide(40).schema, target)).toThrow(/partitions.*1,000,000.*firstDay/s);
});
