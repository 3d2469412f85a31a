import { metricOf, namedMetricQuery, tableOf } from '@headwater/queries';
import { describe, expect, test } from 'vitest';
import { gaps, metricCases } from '../support/metric-cases.ts';
import { remoteEngines } from '../support/remote-engines.ts';
import { withPublishedLakes } from '../support/with-published-lakes.ts';

const published = withPublishedLakes('agree');
describe.for(remoteEngines(published.aws))('$name', (engine) => {
  const lake = published.open(engine);
  test.concurrent.for(metricCases)('$title: the rows of DuckDB', async ({ table, metric, parameters }) => {
    const ask = (one: object) => namedMetricQuery(tableOf(one, table), metricOf(metric), parameters).rows();
    const [rows, expected] = await Promise.all([ask(lake), ask(published.local)]);
    const gap = gaps.find((one) => one.engine === engine.name && one.metric === metric);
    if (gap) expect(rows, `no longer a gap: ${gap.reason}`).not.toEqual(expected);
    else expect(rows).toEqual(expected);
  });
});
