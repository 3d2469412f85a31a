import type { TableSchema } from '@headwater/core';
import {
  describeAnswer,
  type Lake,
  type Metric,
  type MetricQuery,
  type QueryOptions,
} from '@headwater/queries';
import { arrowIpc, arrowStream } from '@headwater/queries/arrow';
import type { Result } from '../answer/result.ts';
import { metricCell } from './cell-text.ts';

/** The rows of a metric, ready to be printed in any format. */
export function metricResult(
  metric: Metric,
  query: MetricQuery<Record<string, unknown>>,
  parameters: object,
  lake: Lake,
  schema: TableSchema,
  options: Pick<QueryOptions, 'signal' | 'noRollup'>,
): Result {
  return {
    ...metricTable(metric, parameters, schema),
    async *batches() {
      for await (const row of query.stream(options)) yield [row];
    },
    ipc: () => arrowIpc(lake, query, options),
    arrow: () => arrowStream(lake, query, options),
  };
}

/** How a table shows the rows of a metric: its first charted column gets the bar. */
export function metricTable(
  metric: Metric,
  parameters: object,
  schema: TableSchema,
): Pick<Result, 'columns' | 'cell' | 'drawn'> {
  const { columns, chart } = describeAnswer(metric, parameters, { schema });
  const [drawn] = chart.y;
  return {
    columns: columns.map(({ name }) => name),
    cell: metricCell,
    ...(drawn === undefined ? {} : { drawn }),
  };
}
