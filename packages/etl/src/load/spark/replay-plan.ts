import type { TableSchema } from '@headwater/core';
import { fileSchema, quarantineName, sparkUnmatchedCounts } from '@headwater/core/internal';
import { reasonsSelect } from './quarantine-sql.ts';
import { type ReplaySql, replaySql } from './replay-sql.ts';
import { settlePlan } from './settle-sql.ts';
import {
  type CleaningPlan,
  type JobPlan,
  jobSettings,
  type PlannedFile,
  quarantineRows,
} from './spark-plan.ts';
import { countsSelect, foldersSelect } from './staged-sql.ts';
import { writePlan } from './write-sql.ts';

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
  const unmatched = sparkUnmatchedCounts(file, 'accepted');
  return {
    version: 1,
    operation: 'replay',
    table: schema.name,
    settings: { ...jobSettings, ...settings },
    ...options,
    replay: { files, ...replay },
    staged: {
      counts: countsSelect(file),
      folders: foldersSelect,
      ...(nulled === undefined ? {} : { nulled }),
      ...(unmatched === undefined ? {} : { unmatched }),
    },
    quarantine: {
      table: quarantineName(schema.name),
      select: quarantine,
      reasons: reasonsSelect,
      rowsPerFile: quarantineRows,
    },
    settle: settlePlan(schema),
    write: writePlan(schema),
  };
}
