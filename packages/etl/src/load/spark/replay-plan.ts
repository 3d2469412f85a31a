import type { TableSchema } from '@headwater/core';
import { fileSchema } from '@headwater/core/internal';
import { type ReplaySql, replaySql } from './replay-sql.ts';
import {
  type CleaningPlan,
  cleanedSteps,
  type JobPlan,
  jobSettings,
  type PlannedFile,
} from './spark-plan.ts';

/** Everything that a replay by Spark does, as data for `spark_job.py`. */
export interface SparkReplayPlan extends CleaningPlan {
  readonly operation: 'replay';
  readonly replay: {
    /** The files of the quarantine, in the order of their rows. */
    readonly files: readonly Pick<PlannedFile, 'path' | 'at'>[];
  } & Pick<ReplaySql, 'kept' | 'broken' | 'sources' | 'parts'>;
}

/** The plan of a replay: quarantined rows are cleaned again, and the cleaned ones are written as those of a load are. */
export function sparkReplayPlan(
  schema: TableSchema,
  {
    files,
    settings,
    ...options
  }: Pick<SparkReplayPlan, 'targetBytes' | 'settings' | 'lookups'> &
    Required<Pick<JobPlan, 'local'>> & { readonly files: SparkReplayPlan['replay']['files'] },
): SparkReplayPlan {
  const file = fileSchema(schema, undefined);
  const { quarantine, nulled, ...replay } = replaySql(schema);
  return {
    version: 1,
    operation: 'replay',
    table: schema.name,
    settings: { ...jobSettings, ...settings },
    ...options,
    replay: { files, ...replay },
    ...cleanedSteps(schema, file, { nulled, quarantine }),
  };
}
