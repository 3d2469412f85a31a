import type { Job } from '@aws-sdk/client-glue';
import type { GlueJob } from '@headwater/core';
import { type GlueCalls, isMissing } from './glue-calls.ts';
import type { KeptJob } from './kept-job.ts';

/**
 * Creates the job, or updates it where it differs. Its tags are set when it is created; later ones belong to whoever set them.
 *
 * @throws HeadwaterError `JOB_REFUSED`
 */
export async function keepJob(glue: GlueCalls, job: GlueJob): Promise<KeptJob> {
  const { Name: JobName, Tags: _, ...JobUpdate } = job;
  const live = await glue
    .run('read the job', (client, sdk) => client.send(new sdk.GetJobCommand({ JobName })), isMissing)
    .then(
      ({ Job }) => Job,
      (error: Error) => {
        if (isMissing(error.name)) return undefined;
        throw error;
      },
    );
  if (live === undefined) {
    const isNew = await glue
      .run('create the job', (client, sdk) => client.send(new sdk.CreateJobCommand(job)), isThere)
      .then(
        () => true,
        (error: Error) => {
          // Somebody else created it meanwhile.
          if (isThere(error.name)) return false;
          throw error;
        },
      );
    if (isNew) return 'created';
  } else if (isSame(live, JobUpdate)) return 'unchanged';
  await glue.run('update the job', (client, sdk) =>
    client.send(new sdk.UpdateJobCommand({ JobName, JobUpdate })),
  );
  return 'updated';
}

const isThere = (name: string): boolean =>
  name === 'AlreadyExistsException' || name === 'IdempotentParameterMismatchException';

/** Whether the live job has every setting of ours. Glue adds settings of its own. */
function isSame(live: Job, wanted: Omit<GlueJob, 'Name' | 'Tags'>): boolean {
  return Object.entries(wanted).every(([name, value]) => contains(Reflect.get(live, name), value, name));
}

/** Arguments have to be the same ones: one that we no longer set would stay. */
function contains(live: unknown, wanted: unknown, name: string): boolean {
  if (typeof wanted !== 'object' || wanted === null) return live === wanted;
  if (typeof live !== 'object' || live === null) return false;
  const isWhole = name !== 'DefaultArguments' || Object.keys(live).length === Object.keys(wanted).length;
  return (
    isWhole && Object.entries(wanted).every(([key, value]) => contains(Reflect.get(live, key), value, key))
  );
}
