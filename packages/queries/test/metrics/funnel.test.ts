import type { EventsTable } from '@headwater/core';
import { funnel, metricOf, namedMetricQuery, retention, runMetric, tableOf } from '@headwater/queries';
import { referenceAnswer } from '@headwater/reference-answers';
import { describe, expect, test } from 'vitest';
import { bazaar, bazaarRows } from '../support/bazaar.ts';
import { plainShop } from '../support/plain-events.ts';
import { withLake } from '../support/with-lake.ts';

const rows = bazaarRows(120, 9);
const made = withLake(bazaar, rows);
const plain = plainShop(bazaar as EventsTable, rows, 16);
const range = { from: '2024-03-03', to: '2024-03-06' };
const ask = (metric: string, parameters: object) =>
  namedMetricQuery(tableOf(made.lake, 'bazaar'), metric, { ...range, ...parameters });

describe.each(['session', 'actor'] as const)('a funnel by %s', (per) => {
  test.each([
    ['view', 'checkout', 'purchase'],
    ['purchase', 'cart'],
    ['checkout', 'removeFromCart', 'view', 'cart'],
  ])('with steps of its own: %s, %s', async (...steps) => {
    for (const grain of ['all', 'day', 'week'])
      for (const by of ['none', 'category']) {
        // The purchases of this table are of what is in the cart, which the reference finds for a break-down.
        const asked = { steps, per, grain, by };
        const answer = await ask('funnel', asked).rows();
        expect(answer.length).toBeGreaterThanOrEqual(steps.length);
        expect(answer, JSON.stringify(asked)).toEqual(
          referenceAnswer(plain, 'funnel', { ...range, ...asked } as never),
        );
      }
  });
});

test('steps are a list, or a text with commas as the command line has them', async () => {
  const steps = ['view', 'checkout', 'purchase'] as const;
  const list = await runMetric(made.lake.bazaar, funnel, { ...range, steps });
  expect(await ask('funnel', { steps: 'view, checkout,purchase' }).rows()).toEqual(list);
  expect(list.map(({ action }) => action)).toEqual(steps);
  const reached = list.map((row) => row.reached);
  expect(reached).toEqual(reached.toSorted((one, other) => other - one));
});

test('a step that is no action of the table is refused, with those that are', () => {
  expect(() => ask('funnel', { steps: ['view', 'wish'] })).toThrow(
    'funnel needs the action wish, which bazaar does not have. Its actions: view, cart, removeFromCart, checkout, purchase.',
  );
  expect(() => ask('funnel', { steps: 'view' })).toThrow('steps: expected 2 to 20 actions');
  expect(() => ask('funnel', { steps: ['view', 'view'] })).toThrow('steps: an action is named twice');
  const types = () => {
    // @ts-expect-error no action of the table
    void runMetric(made.lake.bazaar, funnel, { ...range, steps: ['view', 'wish'] });
  };
  expect(types).toBeTypeOf('function');
});

test('a first cohort is of those who did not come in the days before; the answer of today is unchanged', async () => {
  for (const cohort of ['active', 'first-seen', 'first-purchase'])
    for (const lookbackDays of [1, 2, 90]) {
      const asked = { from: '2024-03-05', to: '2024-03-06', cohort, lookbackDays };
      expect(await ask('retention', asked).rows(), JSON.stringify(asked)).toEqual(
        referenceAnswer(plain, 'retention', asked),
      );
    }
  const sizes = async (cohort: 'active' | 'first-seen' | 'first-purchase') =>
    (await runMetric(made.lake.bazaar, retention, { ...range, cohort }))
      .filter(({ offset }) => offset === 0)
      .reduce((sum, { visitors }) => sum + visitors, 0);
  const visitors = new Set(rows.flatMap(({ visitor }) => visitor ?? []));
  expect(await sizes('first-seen')).toBe(visitors.size);
  expect(await sizes('active')).toBeGreaterThan(visitors.size);
  const buyers = new Set(rows.flatMap(({ visitor, name }) => (name === 'paid' ? (visitor ?? []) : [])));
  expect(await sizes('first-purchase')).toBe(buyers.size);
  expect(ask('retention', {}).sql).toBe(ask('retention', { cohort: 'active', lookbackDays: 7 }).sql);
  expect(metricOf('retention').mayRead).toContain('action');
});
