import type { TableSchema } from '@headwater/core';
import type { Metric } from '../metric/metric.ts';
import { compileOnlyEngines } from './compile-only.ts';
import { impactQuery } from './impact-query.ts';

/** The values that the query of a metric compares columns with, such as the names of actions. */
export function namedValues(schema: TableSchema, metric: Metric): ReadonlySet<unknown> {
  return new Set(compileOnlyEngines.flatMap((engine) => impactQuery(schema, metric, engine).parameters));
}
