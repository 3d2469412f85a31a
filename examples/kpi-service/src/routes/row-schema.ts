import type { JsonSchema } from '@headwater/core';
import { answerJsonSchema, grains, type Metric } from '@headwater/queries';
import { events } from '../marketplace.ts';
import { breakdownColumns } from '../question/metric-parameters.ts';

type Properties = Readonly<Record<string, JsonSchema>>;

/**
 * The JSON Schema of the rows of a metric, whatever its parameters are: a column that only some answers have is not required, and a
 * rule that holds for the column of some answers only is left out.
 */
export function rowSchema(metric: Metric): JsonSchema {
  const schemas = questionsOf(metric).map((question) =>
    answerJsonSchema(metric, question, { schema: events.schema }),
  );
  const columns = schemas.map(({ properties }) => properties as Properties);
  const names = [...new Set(columns.flatMap((one) => Object.keys(one)))];
  const found = (name: string) => columns.flatMap((one) => one[name] ?? []);
  return {
    type: 'object',
    description: metric.definition,
    properties: Object.fromEntries(names.map((name) => [name, common(found(name))])),
    required: names.filter((name) => found(name).length === columns.length),
    additionalProperties: false,
  };
}

/** A question for each combination of parameters that changes the columns. */
function questionsOf(metric: Metric): object[] {
  const breakdowns = ['none', ...metric.breakdowns, ...breakdownColumns(metric)];
  const questions = grains.flatMap((grain) => breakdowns.map((by) => ({ grain, by })));
  const isPossible = (question: object) =>
    metric.parameters.safeParse({ from: '2024-01-01', to: '2024-01-01', ...question }).success;
  const grained = questions.filter(({ grain }) => isPossible({ grain }));
  const asked = grained.length > 0 ? grained : breakdowns.map((by) => ({ by }));
  return metric.breakdowns.length > 0
    ? asked
    : grained.length > 0
      ? grained.map(({ grain }) => ({ grain }))
      : [{}];
}

const common = (schemas: readonly JsonSchema[]): JsonSchema =>
  Object.fromEntries(
    Object.entries(schemas[0] ?? {}).filter(([key, value]) =>
      schemas.every((one) => JSON.stringify(one[key as keyof typeof one]) === JSON.stringify(value)),
    ),
  );
