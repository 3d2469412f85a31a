import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';

const texts = z.record(z.string(), z.string());

const job = z.looseObject({
  Role: z.string(),
  Command: z.looseObject({
    Name: z.string(),
    ScriptLocation: z.string().optional(),
    PythonVersion: z.string().optional(),
  }),
  DefaultArguments: texts.optional(),
  NonOverridableArguments: texts.optional(),
  WorkerType: z.string().optional(),
  NumberOfWorkers: z.number().optional(),
  MaxCapacity: z.number().optional(),
  MaxRetries: z.number().optional(),
  Timeout: z.number().optional(),
  GlueVersion: z.string().optional(),
  ExecutionClass: z.string().optional(),
  ExecutionProperty: z.object({ MaxConcurrentRuns: z.number() }).optional(),
});

const createJob = job.extend({ Name: z.string(), Tags: texts.optional() });
const updateJob = z.object({ JobName: z.string(), JobUpdate: job });
const named = z.object({ JobName: z.string() });

/** A job of Glue. */
export type Job = z.output<typeof job> & {
  readonly Name: string;
  readonly CreatedOn: Date;
  readonly LastModifiedOn: Date;
};

/**
 * Glue's jobs. The emulator has no UpdateJob, and does not run what it keeps.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_Job.html
 */
export class Jobs {
  readonly #jobs = new Map<string, Job>();

  /** Answers an operation on jobs. Gives undefined for any other operation. */
  answer(operation: string, input: unknown): object | undefined {
    switch (operation) {
      case 'CreateJob':
        return this.#create(createJob.parse(input));
      case 'UpdateJob':
        return this.#update(updateJob.parse(input));
      case 'GetJob':
        return { Job: this.get(named.parse(input).JobName) };
      case 'GetJobs':
        return { Jobs: [...this.#jobs.values()] };
      case 'ListJobs':
        return { JobNames: [...this.#jobs.keys()] };
      case 'DeleteJob':
        this.#jobs.delete(named.parse(input).JobName);
        return { JobName: named.parse(input).JobName };
      default:
        return undefined;
    }
  }

  /** @throws AwsError EntityNotFoundException */
  get(name: string): Job {
    const found = this.#jobs.get(name);
    if (found === undefined)
      throw new AwsError('EntityNotFoundException', `Job with name: ${name} not found.`);
    return found;
  }

  #create({ Tags: _, ...given }: z.output<typeof createJob>): object {
    const { Name } = given;
    // The documented error; nothing says that Glue takes the same job twice.
    if (this.#jobs.has(Name)) throw new AwsError('AlreadyExistsException', `Job already exists: ${Name}`);
    const now = new Date();
    this.#jobs.set(Name, { ...given, CreatedOn: now, LastModifiedOn: now });
    return { Name };
  }

  /** What an update omits gets its default, as on AWS. */
  #update({ JobName: Name, JobUpdate }: z.output<typeof updateJob>): object {
    const { CreatedOn } = this.get(Name);
    this.#jobs.set(Name, { ...JobUpdate, Name, CreatedOn, LastModifiedOn: new Date() });
    return { JobName: Name };
  }
}
