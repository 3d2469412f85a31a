import { defineEvents, isHeadwaterError, timestamp } from '@headwater/core';
import {
  dailyVisitors,
  metricOf,
  metricStatement,
  namedMetricQuery,
  revenue,
  sql,
  tableOf,
} from '@headwater/queries';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { metricCases } from '../support/metric-cases.ts';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const made = withLake(shop, history);

const days = { fromSql: 'date(<<$From>>)', toSql: 'date(<<$To>>)' };
/** As a service fills in the values. */
const filled = (
  text: string,
  range: { from: string; to: string },
  others: Readonly<Record<string, string>> = {},
) =>
  Object.entries({ From: `'${range.from}'`, To: `'${range.to}'`, ...others }).reduce(
    (rest, [name, value]) => rest.replaceAll(`<<$${name}>>`, value),
    text.replaceAll(/date\((<<\$\w+>>)\)/g, 'cast($1 as date)'),
  );

async function rowsOf(text: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const { batches } = await sql(made.lake, text);
  for await (const batch of batches()) rows.push(...batch);
  return rows;
}

const ranges = [
  { from: '2024-03-03', to: '2024-03-05' },
  { from: '2024-02-29', to: '2024-03-04' },
];
const cases = metricCases.filter(
  ({ table, title }) => table === 'shop' && title.endsWith('the traps of the history'),
);

test.for(cases)(
  '$metric: days that are filled in later give the answer of the metric',
  async ({ metric }) => {
    const statement = metricStatement({ table: shop, metric: metricOf(metric), days, engine: 'duckdb' });
    expect(statement).toContain('<<$From>>');
    for (const range of ranges) {
      const expected = namedMetricQuery(tableOf(made.lake, shop.name), metric, range);
      expect(await rowsOf(filled(statement, range))).toEqual(await rowsOf(inlined(expected)));
    }
  },
);

/** Only texts and numbers are bound here. */
const inlined = ({ sql: text, parameters }: { sql: string; parameters: readonly unknown[] }): string =>
  text.replaceAll(/\$(\d+)/g, (_, at: string) => {
    const value = parameters[Number(at) - 1];
    return typeof value === 'string' ? `'${value}'` : String(value);
  });

test('a grain that is filled in later gives the answer by it', async () => {
  const statement = metricStatement({
    table: shop,
    metric: dailyVisitors,
    days,
    grain: { sql: '<<$Grain>>', of: ['day', 'week', 'month'] },
    engine: 'duckdb',
  });
  const range = { from: '2024-02-25', to: '2024-03-06' };
  for (const grain of ['day', 'week', 'month']) {
    const expected = namedMetricQuery(tableOf(made.lake, shop.name), dailyVisitors, { ...range, grain });
    expect(await rowsOf(filled(statement, range, { Grain: `'${grain}'` }))).toEqual(
      await rowsOf(inlined(expected)),
    );
  }
});

test('conditions take the place of filters', async () => {
  const statement = metricStatement({
    table: shop,
    metric: revenue,
    days,
    where: { brand: (column) => `('(all)' in (<<$Brand>>) or ${column} in (<<$Brand>>))` },
    engine: 'duckdb',
  });
  const range = { from: '2024-03-01', to: '2024-03-06' };
  const table = tableOf(made.lake, shop.name);
  const all = await rowsOf(inlined(namedMetricQuery(table, revenue, range)));
  const acme = await rowsOf(
    inlined(namedMetricQuery(table, revenue, { ...range, where: { brand: ['acme', 'zeta'] } })),
  );
  expect(acme).not.toEqual(all);
  expect(await rowsOf(filled(statement, range, { Brand: "'(all)'" }))).toEqual(all);
  expect(await rowsOf(filled(statement, range, { Brand: "'acme', 'zeta'" }))).toEqual(acme);
});

test('the table is named as its reader names it', () => {
  const statement = metricStatement({ table: shop, metric: revenue, days, source: '"lake"."events"' });
  expect(statement).toContain(`from "lake"."events" as "${shop.name}" where "${shop.name}"."dt"`);
  expect(statement).not.toMatch(new RegExp(`from "${shop.name}"`));
});

test('in a zone with summer time, days have to be given', () => {
  const local = defineEvents('local', {
    columns: { at: timestamp(), user: z.string() },
    roles: { time: 'at', actor: 'user' },
    zone: 'Europe/London',
  });
  const asked = { table: local, metric: dailyVisitors };
  expect(() => metricStatement({ ...asked, days })).toThrow(
    expect.toSatisfy((error) => isHeadwaterError(error, 'METRIC_PARAMETERS_INVALID')),
  );
  expect(metricStatement({ ...asked, days: { from: '2024-03-01', to: '2024-03-31' } })).toContain(
    "timestamp '2024-03-01 00:00:00.000'",
  );
});
