import { isHeadwaterError, type JsonSchema } from '@headwater/core';
import { answerJsonSchema, describeAnswer, type Metric } from '@headwater/queries';
import { maskedColumns } from '../answer/mask-columns.ts';
import type { ToolContext, ToolSchema } from './tool.ts';

const digest: ToolSchema = { type: ['string', 'null'], description: 'A digest in place of personal data' };

/** The schema of a row with the columns that a caller may not see in the clear as digests. */
export const rowSchema = (schema: JsonSchema, masked: ReadonlySet<string>): ToolSchema => ({
  ...schema,
  properties: Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, one]) => [name, masked.has(name) ? digest : one]),
  ),
});

const scalar: ToolSchema = { type: ['string', 'number', 'boolean', 'null'] };

/**
 * What every answer of a metric has in common, whatever the parameters: the columns that it always has. `describe_metric` has
 * the exact form of one answer. Undefined when the columns follow from a parameter without a default.
 */
export function commonRowSchema(metric: Metric, { table, caller }: ToolContext): ToolSchema | undefined {
  const { schema } = table.definition;
  try {
    const { columns } = describeAnswer(metric, {}, { schema });
    const exact = rowSchema(answerJsonSchema(metric, {}, { schema }), maskedColumns(columns, schema, caller));
    const properties = Object(exact['properties']) as Record<string, ToolSchema>;
    return {
      title: metric.name,
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, { type }]) => [name, type === undefined ? scalar : { type }]),
      ),
      required: Object.keys(properties),
      additionalProperties: scalar,
    };
  } catch (error) {
    if (isHeadwaterError(error, 'METRIC_PARAMETERS_INVALID')) return undefined;
    throw error;
  }
}

/** A row of any metric. */
export function anyRowSchema(context: ToolContext): ToolSchema {
  const known = Object.values(context.metrics).map((metric) => commonRowSchema(metric, context));
  const open: ToolSchema = { type: 'object', additionalProperties: scalar };
  return known.includes(undefined) || known.length === 0 ? open : { type: 'object', anyOf: known };
}
