import { filterColumns } from '@headwater/access';
import { isHeadwaterError } from '@headwater/core';
import { answerJsonSchema, describeAnswer, describeMetric, metricOf } from '@headwater/queries';
import { z } from 'zod';
import { maskedColumns } from '../answer/mask-columns.ts';
import { readArguments } from './question.ts';
import { parametersSchema, whereSchema } from './question-schema.ts';
import { rowSchema } from './row-schema.ts';
import { objectSchema, type Tool, type ToolContext } from './tool.ts';

const argumentsType = z.strictObject({
  metric: z.string(),
  parameters: z.record(z.string(), z.unknown()).default({}),
});

const open = { type: 'object', additionalProperties: true } as const;
const opens = { type: 'array', items: open } as const;

/** Everything about one metric, and the exact form of the rows of one question. */
export const describeMetricTool = (context: ToolContext): Tool => ({
  name: 'describe_metric',
  title: 'Describe a metric',
  description:
    'Describes a metric: its definition in words, its parameters, the columns by which its events can be filtered, and the columns of its answer with units and with what may be summed.',
  input: () =>
    objectSchema(
      {
        metric: { type: 'string', enum: Object.keys(context.metrics) },
        parameters: {
          type: 'object',
          description: 'Parameters that the columns of the answer follow from, such as by and grain',
          additionalProperties: true,
        },
      },
      { optional: ['parameters'] },
    ),
  output: () =>
    objectSchema(
      {
        name: { type: 'string' },
        definition: { type: 'string' },
        nullSessions: { type: 'string', description: 'What happens to events without a session' },
        nullActors: { type: 'string', description: 'What happens to events without an actor' },
        breakdowns: opens,
        parameters: { ...open, description: 'JSON Schema of the parameters' },
        where: { ...open, description: 'JSON Schema of the filters' },
        columns: opens,
        rowSchema: { ...open, description: 'JSON Schema of a row of the answer' },
        masked: {
          type: 'array',
          items: { type: 'string' },
          description: 'Columns whose values are replaced by digests',
        },
        answerProblem: { type: 'string', description: 'Why the columns are not known yet' },
      },
      { optional: ['columns', 'rowSchema', 'masked', 'answerProblem'] },
    ),
  async run(given) {
    const { metric: name, parameters } = readArguments('describe_metric', argumentsType, given);
    const metric = metricOf(name, context.metrics);
    const { schema } = context.table.definition;
    const { definition, nullSessions, nullActors, breakdowns } = describeMetric(metric, { schema });
    return {
      name,
      definition,
      nullSessions,
      nullActors,
      breakdowns,
      parameters: parametersSchema(metric, context),
      where: filterColumns(schema, context.caller).length === 0 ? {} : whereSchema(context),
      ...answerOf(),
    };

    function answerOf() {
      try {
        const { columns } = describeAnswer(metric, parameters, { schema });
        const masked = maskedColumns(columns, schema, context.caller);
        return {
          columns,
          rowSchema: rowSchema(answerJsonSchema(metric, parameters, { schema }), masked),
          masked: [...masked],
        };
      } catch (error) {
        // Some metrics have parameters that the columns follow from, and that have no default.
        if (!isHeadwaterError(error, 'METRIC_PARAMETERS_INVALID') || Object.keys(parameters).length > 0)
          throw error;
        return { answerProblem: error.message };
      }
    }
  },
});
