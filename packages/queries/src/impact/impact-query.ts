import type { EventsTable, TableSchema } from '@headwater/core';
import { derivedRoles, tableActions } from '@headwater/core/internal';
import { z } from 'zod';
import { createLake, tableOf } from '../lake/create-lake.ts';
import type { Metric } from '../metric/metric.ts';
import { namedMetricQuery } from '../run/run-metric.ts';
import type { LakeEngine } from '../session/lake-engine.ts';

const day = '2020-01-01';

/**
 * The query of a metric over a definition, for one day and with the metric's defaults.
 *
 * @throws HeadwaterError when the metric does not compile over the definition
 */
export function impactQuery(schema: TableSchema, metric: Metric, engine: LakeEngine) {
  // A metric sees the middle form alone; a snapshot has nothing more.
  const table: EventsTable = {
    name: schema.name,
    shape: {},
    roles: {},
    actions: [...tableActions(schema).keys()],
    derivedRoles: derivedRoles(schema),
    schema,
    row: z.never(),
  };
  const lake = createLake({ tables: [table], engine });
  return namedMetricQuery(tableOf(lake, schema.name), metric, { from: day, to: day });
}
