import { HeadwaterError, type TableSchema } from '@headwater/core';
import { type BreakdownName, breakdownIn, type NamedBreakdown, roleOfBreakdown } from './breakdown.ts';
import { columnsOf } from './declared-columns.ts';
import { dimension } from './dimension.ts';
import type { Metric } from './metric.ts';
import { type RangeParameters, readParameters } from './parameters.ts';
import { isPlainColumn } from './where.ts';

/** What a metric is asked: its parameters, what the answer is broken down by, and which events it sees. */
export interface Question {
  readonly parameters: RangeParameters;
  readonly breakdown: NamedBreakdown | undefined;
  /** As the caller wrote it. */
  readonly where: unknown;
}

/** The column of `events` that holds the column of the table that an answer is broken down by. */
const partColumnName = 'part_column';

/**
 * Reads a question. Besides the break-downs that the metric declares, `by` takes a column of the table where the metric can be
 * broken down by what events are about.
 *
 * @param schema the table that is asked; without it, `by` takes the declared break-downs only
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`
 */
export function readQuestion(metric: Metric, input: unknown, schema?: TableSchema): Question {
  const { where, ...rest } = Object(input) as Record<string, unknown>;
  const by = rest['by'];
  const likeness = thingOf(metric);
  const isOwn = by === undefined || by === 'none' || metric.breakdowns.some((one) => one === by);
  if (isOwn || typeof by !== 'string' || !schema || likeness === undefined) {
    const parameters = readParameters(metric, where === undefined ? input : rest);
    return { parameters, breakdown: breakdownIn(metric.breakdowns, parameters), where };
  }
  const breakdown = columnBreakdown(metric, schema, by);
  // Broken down by a column, an answer is as it is by a category: the defaults are the same.
  const parameters = { ...readParameters(metric, { ...rest, by: likeness }), by };
  return { parameters, breakdown, where };
}

/** The roles that say what events are about. */
const thingRoles = ['category', 'brand', 'item'] as const;

/** A break-down of the metric by what events are about. */
const thingOf = ({ breakdowns }: Metric): BreakdownName | undefined =>
  breakdowns.find((one) => roleOfBreakdown(one) !== undefined);

function columnBreakdown(metric: Metric, schema: TableSchema, name: string): NamedBreakdown {
  const fail = (problem: string): never => {
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric: metric.name, problem: `by: ${problem}` });
  };
  const column = schema.columns.find((one) => one.name === name);
  const isPossible = (one: TableSchema['columns'][number]) => isPlainColumn(one) && one.pii === 'none';
  if (!column || !isPossible(column)) {
    const names = schema.columns.filter(isPossible).map((one) => one.name);
    const what = !column
      ? 'is neither a break-down nor a column of the table'
      : column.pii === 'none'
        ? `is a ${column.type.kind}`
        : 'is personal data, and each row would be a person';
    return fail(
      `${name} ${what}; expected one of none, ${metric.breakdowns.join(', ')}, or a column: ${names.join(', ')}`,
    );
  }
  const taken = columnsOf(metric).some((one) => one.name === name);
  if (taken) return fail(`the answer has another column that is called ${name}`);
  const words = column.description || `Column ${name} of the table`;
  const isBoolean = column.type.kind === 'boolean';
  const own = { name, source: name, dimension: dimension.optionalText(words), isBoolean };
  // What a purchase is of may come from its session's cart, which the role has and the column has not.
  const role = thingRoles.find((one) => schema.roles[one] === name);
  return role === undefined ? { ...own, column: partColumnName } : { ...own, column: role, role };
}
