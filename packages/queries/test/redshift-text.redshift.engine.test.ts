import { redshiftType } from '@headwater/core/internal';
import { judgeRedshift } from '@headwater/local-aws/testing';
import { createLake, metricOf, metrics, namedMetricQuery, tableOf } from '@headwater/queries';
import { redshiftEngine } from '@headwater/queries/redshift';
import { expect, test } from 'vitest';
import { bazaar } from './support/bazaar.ts';
import { clicks } from './support/clicks.ts';
import { market } from './support/market.ts';
import { metricCases } from './support/metric-cases.ts';
import { shop } from './support/shop.ts';

const tables = [shop, clicks, market, bazaar] as const;
const lake = createLake({ tables, engine: redshiftEngine() });
const schema = Object.fromEntries(
  tables.map(({ name, schema: { columns } }) => [
    name,
    { ...Object.fromEntries(columns.map((column) => [column.name, redshiftType(column.type)])), dt: 'date' },
  ]),
);

/** Each metric over a table with every role, and two over one whose definition has every trap: a text takes the parsers a second. */
const few = metricCases.filter(
  ({ title, table }) =>
    process.env['HEADWATER_REDSHIFT_TEXTS'] === 'all' ||
    /the traps of the history/.test(title) ||
    (table === 'bazaar' && /^(top-products|revenue), the bazaar$/.test(title)),
);

test('every metric passes the judges of Redshift', async () => {
  expect(new Set(few.map(({ metric }) => metric)).size).toBe(Object.keys(metrics).length);
  const texts = few.map(
    ({ table, metric, parameters }) =>
      namedMetricQuery(tableOf(lake, table), metricOf(metric), parameters).sql,
  );
  const problems = await judgeRedshift(texts, schema);
  expect(
    few.flatMap(({ title }, index) => problems[index]?.map((problem) => `${title}: ${problem}`) ?? []),
  ).toEqual([]);
});
