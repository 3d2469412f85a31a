import { isHeadwaterError } from '@headwater/core';
import { describeAnswer, metricOf, metrics, namedMetricQuery, tableOf } from '@headwater/queries';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { market, marketRows } from '../support/market.ts';
import { sessionDays, sessionRows } from '../support/random-sessions.ts';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const [random = []] = fc.sample(sessionRows(150), { numRuns: 1, seed: 8 });
const lakes = {
  shop: withLake(shop, [...history, ...random]),
  market: withLake(market, marketRows),
} as const;

/** The answer with all measures, and the same question for some of them. */
async function answers(
  on: keyof typeof lakes,
  name: string,
  parameters: object,
  measures: readonly string[],
) {
  const { lake } = lakes[on];
  const table = tableOf(lake, on);
  const given = { ...sessionDays, ...parameters };
  const [all, some] = [{ withHidden: true }, { withHidden: true, measures }];
  const query = namedMetricQuery(table, name, given, some);
  const { columns } = describeAnswer(metricOf(name), given, { schema: table.definition.schema, ...some });
  return {
    query,
    columns: columns.map((column) => column.name),
    rows: await query.rows(),
    all: await namedMetricQuery(table, name, given, all).rows(),
  };
}

describe.for(Object.keys(lakes) as (keyof typeof lakes)[])(
  'each measure of %s alone is that of the whole answer',
  (on) => {
    test.for(Object.keys(metrics))('%s', async (name) => {
      const { measures, breakdowns, parameters } = metricOf(name);
      const shown = Object.keys(measures).filter((one) => measures[one]?.isHidden !== true);
      const grains = 'grain' in Object(Object(parameters).shape) ? [{ grain: 'day' }] : [{}];
      const bys = breakdowns.slice(0, 1).map((by) => ({ by }));
      for (const parameters of [...grains, ...bys])
        for (const measure of shown) {
          const { rows, all, columns } = await answers(on, name, parameters, [measure]);
          expect(columns, name).toContain(measure);
          const kept = all.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
          expect(rows, `${measure} ${JSON.stringify(parameters)}`).toEqual(kept);
        }
    });
  },
);

test('what only other measures need is not read', async () => {
  const sql = async (name: string, measures: readonly string[]) =>
    (await answers('shop', name, { grain: 'day' }, measures)).query.sql;
  expect(await sql('daily-visitors', ['visitors'])).not.toContain('"shop"."session"');
  expect(await sql('daily-visitors', ['sessions'])).not.toContain('user_id');
  expect(await sql('revenue', ['revenue'])).not.toMatch(/"shop"\."session"|user_id/);
  expect(await sql('revenue', ['averageOrderValue'])).toContain('"shop"."session"');
});

test('a ratio comes with its parts, where hidden measures are asked for', async () => {
  const { columns } = await answers('shop', 'revenue', {}, ['averageOrderValue']);
  expect(columns).toEqual(['period', 'orders', 'averageOrderValue', 'revenueInOrders']);
});

test('a name that is no measure is refused', () => {
  const ask = () =>
    namedMetricQuery(tableOf(lakes.shop.lake, 'shop'), 'revenue', sessionDays, { measures: ['toString'] });
  expect(ask).toThrow(/measures: toString is none of orders, buyers, revenue/);
  try {
    ask();
  } catch (error) {
    expect(isHeadwaterError(error, 'METRIC_PARAMETERS_INVALID')).toBe(true);
  }
});
