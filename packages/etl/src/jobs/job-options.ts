import type { AwsTarget, EventsTable } from '@headwater/core';

/** Options of everything that is about the job of a table. */
export interface JobOptions {
  readonly table: EventsTable;
  /** Where the tables are on AWS. */
  readonly target: AwsTarget;
  /** The lake. Defaults to the location of the target. */
  readonly lake?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}
