import { filterColumns } from '@headwater/access';
import type { TableSchema } from '@headwater/core';
import { columnOf } from '@headwater/core/internal';
import { isPlainColumn, type Metric } from '@headwater/queries';
import { z } from 'zod';
import type { ToolContext, ToolSchema } from './tool.ts';

/** The JSON types of the values that a column is compared with. Whole numbers of 64 bits are text. */
const filterTypes: Readonly<Record<string, ToolSchema>> = {
  boolean: { type: 'boolean' },
  int32: { type: 'integer' },
  int64: { type: ['string', 'integer'], pattern: String.raw`^-?\d{1,19}$` },
};

function filterSchema(schema: TableSchema, name: string): ToolSchema {
  const { type, description } = columnOf(schema, name);
  const one: ToolSchema =
    type.kind === 'enum'
      ? { type: 'string', enum: [...type.values] }
      : (filterTypes[type.kind] ?? { type: 'string' });
  const value = { anyOf: [one, { type: 'null' }] };
  return {
    ...(description === '' ? {} : { description }),
    anyOf: [...value.anyOf, { type: 'array', items: value, minItems: 1 }],
  };
}

/** The JSON Schema of `where`: the columns that a caller may filter by. */
export const whereSchema = ({ table, caller }: ToolContext): ToolSchema => {
  const { schema } = table.definition;
  return {
    type: 'object',
    description:
      'Count only events with these values: a value, a list of which one has to match, or null for events without a value. Several columns have to match together.',
    properties: Object.fromEntries(
      filterColumns(schema, caller).map((name) => [name, filterSchema(schema, name)]),
    ),
    additionalProperties: false,
  };
};

/** The JSON Schema of a metric's parameters, from their declaration. `by` takes columns of the table too, where the metric does. */
export function parametersSchema(metric: Metric, { table }: ToolContext): ToolSchema {
  const { $schema: _, ...declared } = z.toJSONSchema(metric.parameters, {
    io: 'input',
    unrepresentable: 'any',
  });
  const { by } = declared.properties ?? {};
  const columns = metric.breakdowns.some((one) => one === 'category' || one === 'brand')
    ? table.definition.schema.columns.filter((one) => isPlainColumn(one) && one.pii === 'none')
    : [];
  if (typeof by !== 'object' || columns.length === 0) return { title: metric.name, ...declared };
  const values = [...new Set([...(by.enum ?? []), ...columns.map(({ name }) => name)])];
  return {
    title: metric.name,
    ...declared,
    properties: { ...declared.properties, by: { ...by, enum: values } },
  };
}

/** The JSON Schema of a question: a metric, its parameters, filters. */
export const questionProperties = (context: ToolContext): Readonly<Record<string, ToolSchema>> => {
  const metrics = Object.values(context.metrics);
  return {
    metric: {
      type: 'string',
      enum: metrics.map(({ name }) => name),
      description: 'Name of a metric. list_metrics has what each one answers',
    },
    parameters: {
      type: 'object',
      description:
        'The parameters of the metric; the title of each alternative is the metric that takes them',
      anyOf: metrics.map((metric) => parametersSchema(metric, context)),
    },
    where: whereSchema(context),
  };
};
