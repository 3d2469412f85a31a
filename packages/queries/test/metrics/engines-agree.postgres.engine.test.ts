import { metricOf, namedMetricQuery, tableOf } from '@headwater/queries';
import { expect, test } from 'vitest';
import { gaps, metricCases } from '../support/metric-cases.ts';
import { withPostgresLake } from '../support/with-postgres-lake.ts';

const lakes = withPostgresLake();

test.concurrent.for(metricCases)('$title: the rows of DuckDB', async ({ table, metric, parameters }) => {
  const ask = (lake: object) => namedMetricQuery(tableOf(lake, table), metricOf(metric), parameters).rows();
  const [rows, expected] = await Promise.all([ask(lakes.remote), ask(lakes.local)]);
  const gap = gaps.find((one) => one.engine === 'postgres' && one.metric === metric);
  if (gap) expect(rows, `no longer a gap: ${gap.reason}`).not.toEqual(expected);
  else expect(rows).toEqual(expected);
});
