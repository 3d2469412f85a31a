import type { TableSchema } from '@headwater/core';
import { type SettlePlan, settlePlan } from './settle-sql.ts';
import { type JobPlan, jobSettings } from './spark-plan.ts';
import { writePlan } from './write-sql.ts';

/** A folder that is written again. */
export interface CompactedFolder {
  readonly folder: string;
  readonly day: string;
  /** The rows of its committed files. */
  readonly rows: number;
}

/** Everything that a compaction by Spark does, as data for `spark_job.py`. */
export interface SparkCompactPlan extends JobPlan {
  readonly operation: 'compact';
  readonly folders: readonly CompactedFolder[];
  /** How committed files are read. */
  readonly settle: Pick<SettlePlan, 'committed' | 'values' | 'hash'>;
}

/** The plan of a compaction. */
export function sparkCompactPlan(
  schema: TableSchema,
  {
    settings,
    ...options
  }: Pick<SparkCompactPlan, 'targetBytes' | 'settings' | 'folders'> & Required<Pick<JobPlan, 'local'>>,
): SparkCompactPlan {
  const { committed, values, hash } = settlePlan(schema);
  return {
    version: 1,
    operation: 'compact',
    table: schema.name,
    settings: { ...jobSettings, ...settings },
    ...options,
    settle: { committed, values, hash },
    write: writePlan(schema),
  };
}
