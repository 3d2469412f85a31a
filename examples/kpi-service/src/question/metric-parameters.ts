import type { Metric } from '@headwater/queries';
import { z } from 'zod';
import { openColumns } from './open-columns.ts';
import { checkRange } from './range-rules.ts';
import { valueParameter } from './value-parameter.ts';

/** The beginning of the parameters that filter: `where.brand=acme`. */
export const filterPrefix = 'where.';

const mostValues = 100;

/** One parameter for each open column: once, or several times for one of several values. Empty is an event without a value. */
const filters: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  openColumns.map((column) => {
    const one = column.nullable ? z.union([valueParameter(column), z.literal('')]) : valueParameter(column);
    return [
      `${filterPrefix}${column.name}`,
      z
        .union([one, z.array(one).min(1).max(mostValues)])
        .optional()
        .describe(`Only events with one of these values. ${column.description}`),
    ];
  }),
);

/**
 * The query parameters of a metric's route: those that the metric declares, break-downs by open columns, and a filter for each open
 * column. Anything else is refused.
 */
export function metricParameters(metric: Metric): z.ZodObject {
  const { shape } = declaredParameters(metric);
  return z.strictObject({ ...shape, ...breakdown(metric, shape), ...filters }).superRefine(checkRange);
}

/** The object of a metric's parameters. Where a default follows from another parameter, a step after it fills that in. */
function declaredParameters({ name, parameters }: Metric): z.ZodObject {
  const object = parameters instanceof z.ZodPipe ? parameters.in : parameters;
  if (!(object instanceof z.ZodObject)) throw new TypeError(`The parameters of ${name} are not an object.`);
  return object;
}

/** The columns of the table that an answer can be broken down by, besides what the metric declares. */
export function breakdownColumns(metric: Metric): string[] {
  const isByThing = metric.breakdowns.some((one) => one === 'category' || one === 'brand');
  const taken = new Set([
    ...Object.keys(metric.dimensions),
    ...Object.keys(metric.measures),
    ...metric.breakdowns,
  ]);
  return isByThing ? openColumns.map(({ name }) => name).filter((name) => !taken.has(name)) : [];
}

function breakdown(metric: Metric, { by }: z.ZodObject['shape']): Record<string, z.ZodType> {
  if (by === undefined) return {};
  const names = ['none', ...metric.breakdowns, ...breakdownColumns(metric)];
  return {
    by: z.enum(names).default('none').describe('Dimension, or column of the table, to break down by'),
  };
}
