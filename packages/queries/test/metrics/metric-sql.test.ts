import {
  createLake,
  type EngineName,
  type LakeEngine,
  metricOf,
  metrics,
  namedMetricQuery,
  tableOf,
} from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { postgresEngine } from '@headwater/queries/postgres';
import { redshiftEngine } from '@headwater/queries/redshift';
import { trinoEngine } from '@headwater/queries/trino';
import { format } from 'sql-formatter';
import { describe, expect, test } from 'vitest';
import { bazaar } from '../support/bazaar.ts';
import { clicks } from '../support/clicks.ts';
import { market } from '../support/market.ts';
import { metricCases } from '../support/metric-cases.ts';
import { shop } from '../support/shop.ts';

/** Nothing is connected to: a query is compiled before anything is asked. */
const engines: Readonly<Record<EngineName, LakeEngine>> = {
  duckdb: duckdbEngine({ lake: './lake' }),
  trino: trinoEngine({ url: 'http://127.0.0.1:1', catalog: 'hive', schema: 'shop' }),
  athena: athenaEngine({ region: 'eu-central-1', database: 'shop', workgroup: 'headwater-shop' }),
  postgres: postgresEngine({ url: 'postgres://127.0.0.1:1/shop' }),
  redshift: redshiftEngine(),
};

const languages = {
  duckdb: 'duckdb',
  trino: 'trino',
  athena: 'trino',
  postgres: 'postgresql',
  redshift: 'redshift',
} as const;

/** Cases that differ in their range alone would show the same statement again. */
const titled = metricCases.filter(({ title }) => !/days without|more than there is|leap day/.test(title));

describe.each(Object.keys(engines) as EngineName[])('the SQL of every metric on %s', (engine) => {
  const lake = createLake({ tables: [shop, clicks, market, bazaar], engine: engines[engine] });
  test.each(Object.keys(metrics))('%s', async (metric) => {
    const statements = titled
      .filter((one) => one.metric === metric)
      .map(({ title, table, parameters }) => {
        const query = namedMetricQuery(tableOf(lake, table), metricOf(metric), parameters);
        const language = languages[engine];
        const text = format(query.sql, { language, expressionWidth: 100 });
        const binds = query.parameters.length === 0 ? '' : `\n-- ${JSON.stringify(query.parameters)}`;
        return `-- ${title}${binds}\n${text};\n`;
      });
    await expect(statements.join('\n')).toMatchFileSnapshot(`./sql/${metric}/${engine}.sql`);
  });
});
