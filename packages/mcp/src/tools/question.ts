import { viewerQuery } from '@headwater/access';
import { HeadwaterError } from '@headwater/core';
import { type Metric, type MetricQuery, metricOf } from '@headwater/queries';
import { z } from 'zod';
import type { ToolContext } from './tool.ts';

const questionType = z.strictObject({
  metric: z.string(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  where: z.record(z.string(), z.unknown()).optional(),
});

/** A question that was read and compiled, and has not run. */
export interface Question {
  readonly metric: Metric;
  /** As the metric takes them, with the filters of the caller's rows. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly query: MetricQuery<Record<string, unknown>>;
}

/**
 * Reads the arguments of a call and compiles its metric. Values become bound parameters, never text of the statement.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`, `METRIC_UNKNOWN`, `FILTER_NOT_ALLOWED`, `ROLE_MISSING`, `ACTION_MISSING`,
 *   `METRIC_UNANSWERABLE`
 */
export function readQuestion(given: unknown, { table, metrics, caller }: ToolContext): Question {
  const { metric: name, parameters, where } = readArguments('the call', questionType, given);
  const metric = metricOf(name, metrics);
  const { parameters: asked, query } = viewerQuery(table, { metric, parameters, where }, caller);
  return { metric, asked, query };
}

/**
 * Reads the arguments of a tool.
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`
 */
export function readArguments<Type extends z.ZodType>(
  metric: string,
  type: Type,
  given: unknown,
): z.output<Type> {
  const read = type.safeParse(given ?? {});
  if (read.success) return read.data;
  const problem = read.error.issues
    .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
    .join('; ');
  throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric, problem });
}
