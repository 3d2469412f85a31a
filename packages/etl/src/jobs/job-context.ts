import { HeadwaterError } from '@headwater/core';
import { sparkJobName } from '@headwater/core/internal';
import { isS3Location, type LakeStore, openLakeStore } from '@headwater/storage';
import { createGlueCalls, type GlueCalls } from './glue-calls.ts';
import type { JobOptions } from './job-options.ts';

/** The job of a table, with what it is reached by. */
export interface JobContext {
  readonly name: string;
  readonly lake: string;
  readonly store: LakeStore;
  readonly glue: GlueCalls;
}

/**
 * Does a piece of work on the job of a table.
 * @throws HeadwaterError `OPTION_INVALID` for a lake that is not on S3
 */
export async function withJob<Result>(
  { table, target, lake = target.location }: JobOptions,
  work: (job: JobContext) => Promise<Result>,
): Promise<Result> {
  if (!isS3Location(lake))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'lake',
      value: lake,
      expected: 's3://bucket/prefix: a job on Glue cannot reach a folder of this machine',
    });
  const name = sparkJobName(target, table.name);
  const glue = createGlueCalls(name, target.region);
  const location = lake.replace(/\/+$/, '');
  try {
    return await work({ name, lake: location, store: openLakeStore(location, { aws: target }), glue });
  } finally {
    glue.close();
  }
}
