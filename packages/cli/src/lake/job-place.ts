import type { AwsTarget, EventsTable } from '@headwater/core';
import { isS3Location } from '@headwater/storage';
import { text } from '../command-line/option.ts';
import { chosenAws, tableIn, tableOptions } from '../config/chosen-lake.ts';
import type { LoadedConfig } from '../config/load-config.ts';

/** Options that choose a table's Spark job. */
export const jobOptions = {
  lake: text('LAKE', 'The lake, s3://bucket/prefix', { default: "the config's lake on S3, or aws.location" }),
  ...tableOptions,
};

/** The place of a table's Spark job, and the lake that it loads. */
export interface JobPlace {
  readonly table: EventsTable;
  readonly target: AwsTarget;
  readonly lake: string;
}

/**
 * The table whose job a command is about.
 * @throws UsageError when `aws` is missing from the config
 */
export async function jobPlace(values: {
  readonly lake: string | undefined;
  readonly table: string | undefined;
  readonly config: string | undefined;
}): Promise<JobPlace> {
  return (await chosenJob(values)).place;
}

/** The same, with the config that names it. */
export async function chosenJob(values: Parameters<typeof jobPlace>[0]): Promise<{
  readonly config: LoadedConfig;
  readonly place: JobPlace;
}> {
  const { config, target } = await chosenAws(values);
  const configured = config.lake !== undefined && isS3Location(config.lake) ? config.lake : target.location;
  const place = { table: tableIn(config, values.table), target, lake: values.lake ?? configured };
  return { config, place };
}
