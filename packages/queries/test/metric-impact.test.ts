import { defineEvents, type EventsTable } from '@headwater/core';
import { diffSchemas } from '@headwater/core/internal';
import { metricImpacts, metricRegistry } from '@headwater/queries';
import { defineMetric, measure, period } from '@headwater/queries/metric';
import { expect, test } from 'vitest';
import { market } from './support/market.ts';

const { shape: columns, roles } = market;
const amountPer = 'unit';

/** The market with other roles. */
const changed = (others: object, rest: object = { amountPer }): EventsTable =>
  defineEvents('market', {
    columns,
    roles: { time: 'at', ...others },
    actions: { view: 'view_item', cart: 'add_to_cart', purchase: 'sale' },
    ...rest,
  } as Parameters<typeof defineEvents>[1]) as unknown as EventsTable;

const impactsOf = (now: EventsTable, registry?: Parameters<typeof metricImpacts>[3]) => {
  const changes = diffSchemas(market.schema, now.schema);
  return metricImpacts(market.schema, now.schema, changes, registry).map(
    ({ metric, effect, reason, change }) => [metric, effect, reason, change].join(' | '),
  );
};

test('without the category, a metric of categories stops, and others lose that break-down', () => {
  const { category: _, ...others } = roles;
  const impacts = impactsOf(changed(others));
  const change = 'remove-role:category:department';
  expect(impacts).toContain(`top-categories | stops | No column plays the category. | ${change}`);
  expect(impacts).toContain(
    `revenue | loses-breakdown | It cannot be broken down by category: no column plays the category. | ${change}`,
  );
  expect(impacts.filter((one) => one.startsWith('revenue'))).toHaveLength(1);
});

test('a column that only a break-down reads changes the answers of that break-down alone', () => {
  const impacts = impactsOf(changed({ ...roles, brand: 'department', category: 'maker' }));
  expect(impacts).toContain(
    'revenue | changes-meaning | By brand: It reads another column. | move-role:brand',
  );
  expect(impacts).toContain('top-brands | changes-meaning | It reads another column. | move-role:brand');
});

test('metrics that use an order id where there is one answer differently without it; others do not', () => {
  const { order: _, ...others } = roles;
  const impacts = impactsOf(changed(others));
  const reason = 'It used the role, and answers differently without it.';
  expect(impacts).toEqual(
    ['revenue', 'repeat-purchase'].map(
      (metric) => `${metric} | changes-meaning | ${reason} | remove-role:order:receipt`,
    ),
  );
});

test('a price per event in place of one per unit changes every sum of amounts', () => {
  const impacts = impactsOf(changed(roles, {}));
  expect(impacts).toContain(
    'revenue | changes-meaning | The amount of an event is computed differently. | change-amount-per',
  );
  expect(impacts.some((one) => one.startsWith('daily-visitors'))).toBe(false);
});

test("a project's own metric is assessed as those that ship are", () => {
  const own = defineMetric({
    name: 'own',
    definition: 'Events with an order id.',
    nullSessions: 'Sessions play no part.',
    roles: ['order'],
    dimensions: { period },
    measures: { events: measure.count('Events', 'all') },
    chart: () => ({ mark: 'bar', x: 'period', y: ['events'] }),
    query: ({ events }) => events().selectFrom('events').select('order'),
  });
  const { order: _, ...others } = roles;
  const impacts = impactsOf(changed(others), metricRegistry([own]));
  expect(impacts).toContain('own | stops | No column plays the order. | remove-role:order:receipt');
});
