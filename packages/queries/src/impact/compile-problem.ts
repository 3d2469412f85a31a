import type { EventsTable, TableSchema } from '@headwater/core';
import { z } from 'zod';
import { createLake, tableOf } from '../lake/create-lake.ts';
import type { Metric } from '../metric/metric.ts';
import { namedMetricQuery } from '../run/run-metric.ts';
import { compileOnlyEngines } from './compile-only.ts';

const day = '2020-01-01';

/** Why a metric does not compile over a definition on some engine; undefined when it does on all. */
export function compileProblem(schema: TableSchema, metric: Metric): string | undefined {
  // A metric sees the middle form alone; a snapshot has nothing more.
  const table: EventsTable = { name: schema.name, shape: {}, roles: {}, schema, row: z.never() };
  for (const engine of compileOnlyEngines) {
    try {
      const lake = createLake({ tables: [table], engine });
      void namedMetricQuery(tableOf(lake, schema.name), metric, { from: day, to: day }).sql;
    } catch (error) {
      return `${engine.name}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}
