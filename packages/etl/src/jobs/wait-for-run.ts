import { setTimeout as wait } from 'node:timers/promises';
import { HeadwaterError } from '@headwater/core';
import type { JobContext } from './job-context.ts';
import { withResult } from './latest-runs.ts';
import type { LoadRun } from './load-run.ts';

/** How a run is waited for. */
export interface WaitOptions {
  /** Milliseconds between two looks. */
  readonly pollMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onLook?: ((run: LoadRun) => void) | undefined;
}

/**
 * Waits until a run is over.
 *
 * @throws HeadwaterError `INTERRUPTED` when the caller stops waiting. The run goes on
 */
export async function waitForRun(
  job: JobContext,
  RunId: string,
  { pollMs, signal, onLook }: WaitOptions,
): Promise<LoadRun> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { JobRun } = await job.glue.run('read the run', (client, sdk) =>
        client.send(new sdk.GetJobRunCommand({ JobName: job.name, RunId })),
      );
      const run = await withResult(job, JobRun ?? {});
      onLook?.(run);
      if (run.isOver) return run;
      await wait(pollMs, undefined, signal ? { signal } : {});
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
    const left = `The run ${RunId} goes on at Glue. Watch it with \`headwater etl runs --watch\`, stop it with \`headwater etl cancel ${RunId}\``;
    throw new HeadwaterError('INTERRUPTED', { during: 'the wait for the job', left });
  }
}
