import { dirname, resolve } from 'node:path';
import type { EventsTable } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { type MetricImpacts, readSnapshots, type SchemaComparison } from '@headwater/publish';
import { type MetricImpact, metricImpacts } from '@headwater/queries';
import type { LoadedConfig } from '../config/load-config.ts';
import { metricsIn } from '../config/project-metrics.ts';

/** A comparison with its effects on the metrics. */
export type Comparison = SchemaComparison<MetricImpact>;

/** The settings of a project that comparing and publishing take. */
export function projectSettings(config: LoadedConfig) {
  const { file, schemas = './schema', queries = [], compatibility } = config;
  const metrics = metricsIn(config);
  const impacts: MetricImpacts<MetricImpact> = (...compared) => metricImpacts(...compared, metrics);
  return {
    folder: resolve(dirname(file), schemas),
    mode: compatibility,
    queries: { folder: dirname(file), patterns: queries },
    metricImpacts: impacts,
  };
}

/** The published versions of a table, the first one first. */
export const historyOf = (config: LoadedConfig, table: EventsTable): Promise<SchemaSnapshot[]> =>
  readSnapshots(projectSettings(config).folder, table.name);

/** A comparison as `--json` prints it. */
export const comparisonData = ({ diff, metrics, queries }: Comparison) => ({ ...diff, metrics, queries });
