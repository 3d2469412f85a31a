import type { ErrorCode } from '@headwater/core';
import { isHeadwaterError } from '@headwater/core';
import { describeMetric, type Metric, namedMetricQuery } from '@headwater/queries';
import { z } from 'zod';
import { readArguments } from './question.ts';
import { objectSchema, type Tool, type ToolContext } from './tool.ts';

const names = { type: 'array', items: { type: 'string' } } as const;

/** The metrics that a caller may ask for, and whether the table has what each one needs. */
export const listMetrics = (context: ToolContext): Tool => ({
  name: 'list_metrics',
  title: 'List metrics',
  description:
    'Lists the metrics: what each one answers, its measures, and how its answer can be broken down.',
  input: () => objectSchema({}),
  output: () =>
    objectSchema({
      table: { type: 'string' },
      metrics: {
        type: 'array',
        items: objectSchema(
          {
            name: { type: 'string' },
            definition: { type: 'string' },
            measures: names,
            breakdowns: names,
            isAnswerable: { type: 'boolean' },
            problem: { type: 'string', description: 'What the table lacks' },
          },
          { optional: ['problem'] },
        ),
      },
    }),
  async run(given) {
    readArguments('list_metrics', z.strictObject({}), given);
    const { table, metrics } = context;
    return {
      table: table.definition.name,
      metrics: Object.values(metrics).map((metric) => {
        const { name, definition, breakdowns } = describeMetric(metric, { schema: table.definition.schema });
        const shown = Object.entries(metric.measures).filter(([, one]) => one.isHidden !== true);
        const problem = lackOf(metric, context);
        return {
          name,
          definition,
          measures: shown.map(([measure]) => measure),
          breakdowns: breakdowns.map((one) => one.name),
          isAnswerable: problem === undefined,
          ...(problem === undefined ? {} : { problem }),
        };
      }),
    };
  },
});

const lacks: ReadonlySet<ErrorCode> = new Set([
  'ROLE_MISSING',
  'ACTION_MISSING',
  'METRIC_UNANSWERABLE',
  'PURCHASE_ITEMS_UNKNOWN',
]);

/** What the table lacks for a metric; undefined when it has everything. Compiles the metric and runs nothing. */
function lackOf(metric: Metric, { table }: ToolContext): string | undefined {
  try {
    namedMetricQuery(table, metric, { from: '2000-01-01', to: '2000-01-01' });
  } catch (error) {
    if (isHeadwaterError(error) && lacks.has(error.code)) return error.message;
    // A metric with parameters of its own that are required: what it needs depends on them.
    if (!isHeadwaterError(error, 'METRIC_PARAMETERS_INVALID')) throw error;
  }
  return undefined;
}
