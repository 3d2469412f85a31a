import type { JobRun } from '@aws-sdk/client-glue';
import { describeRun } from './describe-run.ts';
import { isMissing } from './glue-calls.ts';
import type { JobContext } from './job-context.ts';
import { readJobResult } from './job-result.ts';
import type { LoadRun } from './load-run.ts';

/** A run with what its script reported. */
export async function withResult({ store, lake }: JobContext, run: JobRun): Promise<LoadRun> {
  return describeRun(run, await readJobResult(store, lake, run.Arguments?.['--result']));
}

/** The latest runs, the last one first. None when there is no such job. */
export async function latestRuns({ name: JobName, glue }: JobContext, limit: number): Promise<JobRun[]> {
  const runs: JobRun[] = [];
  let NextToken: string | undefined;
  do {
    const MaxResults = Math.min(200, limit - runs.length);
    const input = { JobName, MaxResults, ...(NextToken === undefined ? {} : { NextToken }) };
    const page = await glue
      .run('list the runs', (client, sdk) => client.send(new sdk.GetJobRunsCommand(input)), isMissing)
      .catch((error: Error) => {
        if (isMissing(error.name)) return { JobRuns: [], NextToken: undefined };
        throw error;
      });
    runs.push(...(page.JobRuns ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && runs.length < limit);
  return runs.slice(0, limit);
}
