import type { TableSchema } from '@headwater/core';
import type { Metric } from '../metric/metric.ts';
import { compileOnlyEngines } from './compile-only.ts';
import { impactQuery } from './impact-query.ts';

/** Why a metric does not compile over a definition on some engine; undefined when it does on all. */
export function compileProblem(schema: TableSchema, metric: Metric): string | undefined {
  for (const engine of compileOnlyEngines) {
    try {
      void impactQuery(schema, metric, engine).sql;
    } catch (error) {
      return `${engine.name}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}
