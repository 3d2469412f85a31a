import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { ServiceClients } from '../aws/service-clients.ts';
import type { Month } from './month.ts';

/** A metric of CloudWatch, of which the sum over a month is asked. */
export interface AskedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const perCall = 500;
const day = 86_400;

/** The sums of metrics over a month, in the order of the metrics. A metric without a value has 0. */
export async function askMetrics(
  { cloudWatch }: Pick<ServiceClients, 'cloudWatch'>,
  metrics: readonly AskedMetric[],
  { from, to }: Month,
): Promise<number[]> {
  const { paginateGetMetricData } = await import('@aws-sdk/client-cloudwatch');
  const sums = metrics.map(() => 0);
  for (let first = 0; first < metrics.length; first += perCall) {
    const MetricDataQueries = metrics.slice(first, first + perCall).map(
      ({ namespace, name, dimensions }, index): MetricDataQuery => ({
        Id: `m${first + index}`,
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: name,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: day,
          Stat: 'Sum',
        },
      }),
    );
    const pages = paginateGetMetricData(
      { client: cloudWatch },
      { MetricDataQueries, StartTime: from, EndTime: to },
    );
    for await (const { MetricDataResults = [] } of pages)
      for (const { Id = '', Values = [] } of MetricDataResults) {
        const index = Number(Id.slice(1));
        sums[index] = (sums[index] ?? 0) + Values.reduce((sum, value) => sum + value, 0);
      }
  }
  return sums;
}
