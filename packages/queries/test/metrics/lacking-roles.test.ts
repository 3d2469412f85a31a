import { always, defineEvents, isHeadwaterError } from '@headwater/core';
import {
  answerColumns,
  createLake,
  describeAnswer,
  describeMetric,
  metricOf,
  metrics,
  namedMetricQuery,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionDays, sessionRows } from '../support/random-sessions.ts';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const [rows = []] = fc.sample(sessionRows(80), { numRuns: 1, seed: 11 });
const made = withLake(shop, [...history, ...rows]);
const { sortOrder } = shop.schema;

/** The same table and files, without one of its roles. */
const without = (role: Exclude<keyof typeof shop.roles, 'time'>) => {
  const { [role]: _, ...roles } = shop.roles;
  return defineEvents('shop', { columns: shop.shape, roles, sortOrder: sortOrder as never });
};
const roles = ['actor', 'session', 'action', 'item', 'category', 'brand', 'amount'] as const;

/** Rows in an order of their own: what ranks them may be what is left out. */
const unordered = (answer: readonly Record<string, unknown>[]) =>
  answer.map(({ rank: _, ...row }) => JSON.stringify(row)).toSorted();

describe.each(roles)('a table without the role %s', (role) => {
  const table = without(role);
  test.each(Object.keys(metrics))('%s leaves out what needs it, or says that it needs it', async (name) => {
    const metric = metricOf(name);
    const isRanking = describeMetric(metric).parameters.some((one) => one.name === 'limit');
    const parameters = { ...sessionDays, ...(isRanking ? { limit: 1000 } : {}) };
    const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: made.folder }) });
    const columns = answerColumns(metric, {}, { schema: table.schema }).map((one) => one.name);
    // A funnel is by session unless it is asked by actor.
    const asked = metric.asks?.({ per: 'session', steps: [] } as never) ?? [];
    if (metric.roles.includes(role) || (name === 'funnel' && asked.includes(role))) {
      expect(() => namedMetricQuery(tableOf(lake, 'shop'), name, parameters)).toThrow(
        expect.objectContaining({ code: 'ROLE_MISSING', message: expect.stringContaining(role) }),
      );
      return;
    }
    if (!columns.some((one) => one in metric.measures)) {
      expect(() => namedMetricQuery(tableOf(lake, 'shop'), name, parameters)).toThrow(
        expect.objectContaining({ code: 'METRIC_UNANSWERABLE', message: expect.stringContaining(role) }),
      );
      return;
    }
    const answer = await namedMetricQuery(tableOf(lake, 'shop'), name, parameters).rows();
    const whole = await namedMetricQuery(tableOf(made.lake, 'shop'), name, parameters).rows();
    expect(Object.keys(answer[0] ?? {})).toEqual(columns);
    const cut = whole.map((row) => Object.fromEntries(columns.map((one) => [one, row[one]])));
    expect(unordered(answer)).toEqual(unordered(cut));
    const { chart } = describeAnswer(metric, {}, { schema: table.schema });
    expect(chart.y.length).toBeGreaterThan(0);
    expect(columns).toEqual(expect.arrayContaining([...chart.y]));
  });
});

test('what each metric cannot do without, and what it leaves out', () => {
  const facts = Object.keys(metrics).map((name) => {
    const metric = metricOf(name);
    const leftOut = roles.flatMap((role) => {
      if (metric.roles.includes(role)) return [];
      const all = answerColumns(metric, {}, { schema: shop.schema }).map((one) => one.name);
      const left = new Set(
        answerColumns(metric, {}, { schema: without(role).schema }).map((one) => one.name),
      );
      const out = all.filter((one) => !left.has(one));
      return out.length > 0 ? [`${role}: ${out.join(' ')}`] : [];
    });
    return [name, `needs ${[...metric.roles, ...metric.actions].join(' ')}`, ...leftOut].join('\n  ');
  });
  expect(`\n${facts.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    daily-visitors
      needs 
      actor: visitors
      session: sessions eventsWithoutSession
    top-categories
      needs category
      action: views carts purchases revenue
      amount: revenue
    cart-abandonment
      needs session action cart purchase
      amount: abandonedValue
    conversion-funnel
      needs session action view cart purchase
    funnel
      needs action
    revenue
      needs action amount purchase
      actor: buyers
      session: orders averageOrderValue purchasesWithoutSession revenueWithoutSession
    peak-hours
      needs 
      actor: visitors
      action: views carts purchases revenue
      amount: revenue
    top-products
      needs item
      actor: buyers
      action: views carts purchases revenue buyers
      amount: revenue
    slow-sellers
      needs action item view purchase
      amount: revenue
    top-brands
      needs brand
      actor: buyers
      action: views carts purchases revenue buyers
      amount: revenue
    brand-attention
      needs action brand view purchase
      actor: viewers buyers
    frequent-visitors
      needs actor
      session: sessions eventsWithoutSession
      action: purchases revenue
      amount: revenue
    session-summary
      needs session
      action: purchaseSessions
    retention
      needs actor
    repeat-purchase
      needs actor action purchase
      session: buyers repeatBuyers repeatRate orders ordersPerBuyer purchasesWithoutSession
    new-vs-returning
      needs actor
    "
  `);
});

test('a metric names the action that the definition lacks', () => {
  const { event_type: _, ...columns } = shop.shape;
  const { action: __, ...rest } = shop.roles;
  const lines = defineEvents('shop', { columns, roles: rest, actions: { purchase: always } });
  const lake = createLake({ tables: [lines], engine: duckdbEngine({ lake: made.folder }) });
  const codeOf = (name: string): string => {
    try {
      void namedMetricQuery(tableOf(lake, 'shop'), name, sessionDays).sql;
    } catch (error) {
      if (isHeadwaterError(error, 'ACTION_MISSING')) return error.message;
      throw error;
    }
    return '';
  };
  expect(codeOf('cart-abandonment')).toBe(
    'cart-abandonment needs the action cart, which shop does not have. Its actions: purchase. If a value of the action column ' +
      'means it, add it to the actions of the table.',
  );
  expect(codeOf('conversion-funnel')).toContain('the action view, cart, which');
  const answered = Object.keys(metrics).filter((name) => codeOf(name) === '');
  expect(answered).toContain('revenue');
});

test('a ranking is by the first measure that the table has, unless another is asked for', async () => {
  const table = without('amount');
  const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: made.folder }) });
  const ask = (parameters: object) =>
    namedMetricQuery(tableOf(lake, 'shop'), 'top-products', { ...sessionDays, ...parameters }).rows();
  expect(await ask({})).toEqual(await ask({ sort: 'purchases' }));
  await expect(async () => ask({ sort: 'revenue' })).rejects.toThrow(
    'sort: revenue needs the role amount, which shop does not have; expected one of purchases, carts, views',
  );
});
