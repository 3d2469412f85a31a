import { randomBytes } from 'node:crypto';
import type { DescribeJobRunResponse } from '@aws-sdk/client-databrew';
import type { Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';

/**
 * Runs of jobs. No recipe is run here: a run that AWS would start fails at once, and its message says so.
 *
 * @see https://docs.aws.amazon.com/databrew/latest/dg/API_StartJobRun.html
 */
export class JobRuns {
  readonly #runs = new Map<string, DescribeJobRunResponse[]>();

  /** @returns the run's id */
  start(job: Members): string {
    const JobName = String(job['Name']);
    const now = new Date();
    const run: DescribeJobRunResponse = {
      JobName,
      RunId: `db_${randomBytes(32).toString('hex')}`,
      State: 'FAILED',
      ErrorMessage: 'The stand-in runs no recipes.',
      Attempt: 0,
      StartedOn: now,
      CompletedOn: now,
      ExecutionTime: 0,
    };
    this.#runs.set(JobName, [...this.list(JobName), run]);
    return run.RunId ?? '';
  }

  list(job: string): readonly DescribeJobRunResponse[] {
    return this.#runs.get(job) ?? [];
  }

  /** @throws AwsError ResourceNotFoundException */
  get(job: string, id: string): DescribeJobRunResponse {
    const found = this.list(job).find(({ RunId }) => RunId === id);
    if (!found)
      throw new AwsError('ResourceNotFoundException', `The run ${id} of ${job} wasn't found.`, {}, 404);
    return found;
  }
}
