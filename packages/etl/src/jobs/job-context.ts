import type { GlueClient } from '@aws-sdk/client-glue';
import { type AwsTarget, type EventsTable, HeadwaterError } from '@headwater/core';
import { sparkJobName } from '@headwater/core/internal';
import { isS3Location, type LakeStore, openLakeStore } from '@headwater/storage';
import { createGlueCalls, type GlueCalls } from './glue-calls.ts';

/** Options of everything that is about the job of a table. */
export interface JobOptions {
  readonly table: EventsTable;
  /** Where the tables are on AWS. */
  readonly target: AwsTarget;
  /** The lake. Defaults to the location of the target. */
  readonly lake?: string | undefined;
  /** The caller's own Glue client. Defaults to one for the region of the target. */
  readonly client?: GlueClient | undefined;
  readonly signal?: AbortSignal | undefined;
}

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
  { table, target, lake = target.location, client }: JobOptions,
  work: (job: JobContext) => Promise<Result>,
): Promise<Result> {
  if (!isS3Location(lake))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'lake',
      value: lake,
      expected: 's3://bucket/prefix: a job on Glue cannot reach a folder of this machine',
    });
  const name = sparkJobName(target, table.name);
  const glue = createGlueCalls(name, target.region, client);
  const location = lake.replace(/\/+$/, '');
  try {
    return await work({ name, lake: location, store: openLakeStore(location, { aws: target }), glue });
  } finally {
    glue.close();
  }
}
