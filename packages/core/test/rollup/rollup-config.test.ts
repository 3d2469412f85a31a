import { expect, test } from 'vitest';
import { rollupsProblem } from '../../src/internal.ts';

const tables = ['clicks', 'orders'];

test.each([
  [{}, "`rollups` must be a list, such as [{ metric: 'revenue', grains: ['day'] }]"],
  [['revenue'], '`rollups[0]` must be an object: { metric, grains, by }'],
  [[{ metric: '', grains: ['day'] }], '`rollups[0].metric` must be the name of a metric'],
  [
    [{ metric: 'revenue', grains: ['week'] }],
    '`rollups[0].grains` must list some of hour, day; longer periods are sums of days',
  ],
  [
    [{ metric: 'revenue', grains: [] }],
    '`rollups[0].grains` must list some of hour, day; longer periods are sums of days',
  ],
  [
    [{ metric: 'revenue', grains: ['day'], by: 'brand' }],
    "`rollups[0].by` must list break-downs, such as ['none', 'category']",
  ],
  [
    [{ metric: 'revenue', grains: ['day'], table: 'visits' }],
    '`rollups[0].table` is visits, which is no table of the config: clicks, orders',
  ],
  [
    [{ metric: 'revenue', grain: 'day' }],
    '`rollups[0].grain` is no field of a rollup: metric, grains, by, keys, sketch, table',
  ],
  [[{ metric: 'revenue', grains: ['day'], keys: 'buyers' }], '`rollups[0].keys` must be true or false'],
  [
    [{ metric: 'revenue', grains: ['hour'], sketch: true }],
    '`rollups[0].sketch` needs the grain day: what is distinct is stored by day',
  ],
  [
    [
      { metric: 'revenue', grains: ['day', 'hour'] },
      { metric: 'revenue', grains: ['day'], by: ['none'], table: 'clicks' },
    ],
    '`rollups[1]` names revenue, day, none a second time',
  ],
])('the config %j is wrong: %s', (given, problem) => {
  expect(rollupsProblem(given, tables)).toBe(problem);
});

test('a right config has no problem', () => {
  expect(rollupsProblem(undefined, tables)).toBeUndefined();
  expect(
    rollupsProblem(
      [
        { metric: 'revenue', grains: ['day', 'hour'], by: ['none', 'category'] },
        { metric: 'revenue', grains: ['day'], table: 'orders', keys: true, sketch: false },
      ],
      tables,
    ),
  ).toBeUndefined();
});
