import { defineEvents, type EventsTable } from '@headwater/core';
import { diffSchemas } from '@headwater/core/internal';
import { metricImpacts, metricRegistry } from '@headwater/queries';
import { defineMetric, measure, period } from '@headwater/queries/metric';
import { expect, test } from 'vitest';
import { z } from 'zod';
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

test('without the session, metrics of sessions stop, and others leave out what needs one', () => {
  const { session: _, ...others } = roles;
  const impacts = impactsOf(changed(others));
  const change = 'remove-role:session:visit';
  expect(impacts.filter((one) => one.startsWith('cart-abandonment'))).toEqual([
    `cart-abandonment | stops | No column plays the session. | ${change}`,
  ]);
  expect(impacts.filter((one) => one.startsWith('daily-visitors'))).toEqual([
    `daily-visitors | loses-measure | It leaves out sessions, which needs the role session. | ${change}`,
    `daily-visitors | loses-measure | It leaves out eventsWithoutSession, which needs the role session. | ${change}`,
  ]);
  // The order id says what an order is.
  expect(impacts.filter((one) => one.startsWith('revenue'))).toEqual([
    `revenue | loses-measure | It leaves out purchasesWithoutSession, which needs the role session. | ${change}`,
    `revenue | loses-measure | It leaves out revenueWithoutSession, which needs the role session. | ${change}`,
  ]);
});

test('without an action, metrics that need it stop, and others no longer count it', () => {
  const impacts = impactsOf(
    changed(roles, { amountPer, actions: { view: 'view_item', purchase: 'sale', wish: 'add_to_cart' } }),
  );
  expect(impacts).toContain('cart-abandonment | stops | No event is the action cart. | remove-action:cart');
  expect(impacts).toContain('funnel | stops | No event is the action cart. | remove-action:cart');
  expect(impacts).toContain(
    'peak-hours | loses-measure | It leaves out carts, which needs the action cart. | remove-action:cart',
  );
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

test('a removed action concerns the metrics whose queries name it, and no others', () => {
  const without = (...kinds: readonly [string, ...string[]]) =>
    defineEvents('market', {
      columns: { ...columns, kind: z.enum(kinds) },
      roles,
      actions: { view: 'view_item', cart: 'add_to_cart', purchase: 'sale' },
      amountPer,
    } as unknown as Parameters<typeof defineEvents>[1]) as unknown as EventsTable;
  const impacts = impactsOf(without('view_item', 'add_to_cart', 'sale'));
  // Abandonment alone asks for what is taken out of a cart.
  expect(impacts).toEqual([
    'cart-abandonment | changes-meaning | New events no longer have the value. | remove-enum-value:kind:remove_from_cart',
  ]);
  const metricsOf = (removed: string): string[] => {
    const before = defineEvents('market', {
      columns: { ...columns, kind: z.enum(['view_item', 'add_to_cart', 'sale', 'wish']) },
      roles,
      actions: { view: 'view_item', cart: removed, purchase: 'sale' },
      amountPer,
    } as unknown as Parameters<typeof defineEvents>[1]).schema;
    const now = without('view_item', 'add_to_cart', 'sale').schema;
    return metricImpacts(before, now, diffSchemas(before, now))
      .filter(({ change }) => change === 'remove-enum-value:kind:wish')
      .map(({ metric }) => metric);
  };
  // Nothing is named wish; then it is what the cart action is called.
  expect(metricsOf('add_to_cart')).toEqual([]);
  expect(metricsOf('wish')).toContain('cart-abandonment');
  expect(metricsOf('wish')).toContain('conversion-funnel');
  expect(metricsOf('wish')).not.toContain('revenue');
  expect(metricsOf('wish')).not.toContain('daily-visitors');
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
