import { athenaEngine, metricOf, namedMetricQuery, tableOf, trinoEngine } from '@headwater/queries';
import { describe, expect, test } from 'vitest';
import { gaps, metricCases } from '../support/metric-cases.ts';
import { withPublishedLakes } from '../support/with-published-lakes.ts';

const published = withPublishedLakes('agree');
const engines = {
  trino: () =>
    trinoEngine({
      url: published.aws.endpoints.trino,
      catalog: 'awsdatacatalog',
      schema: published.aws.database,
    }),
  athena: () =>
    athenaEngine({
      region: 'us-east-1',
      database: published.aws.database,
      workgroup: 'primary',
      results: `s3://${published.aws.bucket}/_athena`,
    }),
};

describe.for(Object.entries(engines))('%s', ([name, engine]) => {
  const lake = published.open(engine());
  test.concurrent.for(metricCases)('$title: the rows of DuckDB', async ({ table, metric, parameters }) => {
    const ask = (one: object) => namedMetricQuery(tableOf(one, table), metricOf(metric), parameters).rows();
    const [rows, expected] = await Promise.all([ask(lake), ask(published.local)]);
    const gap = gaps.find((one) => one.engine === name && one.metric === metric);
    if (gap) expect(rows, `no longer a gap: ${gap.reason}`).not.toEqual(expected);
    else expect(rows).toEqual(expected);
  });
});
