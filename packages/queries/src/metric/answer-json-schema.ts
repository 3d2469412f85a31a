import type { JsonSchema } from '@headwater/core';
import { type AnswerColumn, type AnswerOptions, answerColumns } from './answer-columns.ts';
import type { Metric } from './metric.ts';

/**
 * The JSON Schema (draft 2020-12) of one row of the answer to these parameters: what `runMetric` gives and
 * `headwater query --json` prints.
 *
 * @param parameters as for `runMetric`; the range may be left out
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`
 * @example answerJsonSchema(revenue, { grain: 'week' })
 */
export function answerJsonSchema(
  metric: Metric,
  parameters: object = {},
  options: AnswerOptions = {},
): JsonSchema {
  const columns = answerColumns(metric, parameters, options);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: metric.name,
    description: metric.definition,
    type: 'object',
    properties: Object.fromEntries(columns.map((column) => [column.name, propertyOf(column)])),
    required: columns.map(({ name }) => name),
    additionalProperties: false,
  };
}

const kinds = {
  time: { type: 'string' },
  text: { type: 'string' },
  actor: { type: 'string' },
  item: { type: 'string' },
  hour: { type: 'integer', minimum: 0, maximum: 23 },
  weekday: { type: 'integer', minimum: 1, maximum: 7 },
  offset: { type: 'integer', minimum: 0 },
  rank: { type: 'integer', minimum: 1 },
  count: { type: 'integer', minimum: 0 },
  distinct: { type: 'integer', minimum: 0 },
  amount: { type: 'number' },
  duration: { type: 'number' },
  ratio: { type: 'number' },
  difference: { type: 'number' },
} as const satisfies Record<AnswerColumn['kind'], JsonSchema>;

/** The period of grain `all`: the first and the last day of the range. */
const rangePattern = String.raw`^\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}$`;

function propertyOf({ kind, type, nullable, description, unit, pii }: AnswerColumn): JsonSchema {
  const one: JsonSchema & { readonly type: 'string' | 'integer' | 'number' } = kinds[kind];
  return {
    description,
    ...one,
    ...(nullable ? { type: [one.type, 'null'] } : {}),
    ...(kind === 'time' && type.kind === 'string' ? { pattern: rangePattern } : {}),
    ...(type.kind === 'date' ? { format: 'date' } : {}),
    ...(type.kind === 'timestamp' ? { format: 'date-time' } : {}),
    ...(unit === undefined ? {} : { 'x-unit': unit }),
    ...(pii === 'none' ? {} : { 'x-pii': pii }),
  };
}
