import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { measureStates } from './measure-states.ts';
import { notifyStates } from './notify-states.ts';
import { type PipelineNames, pipelinePlace } from './pipeline-place.ts';
import { runStates } from './run-states.ts';
import type { StateMachine } from './state-machine.ts';
import { verifyStates } from './verify-states.ts';

/** Options of {@link deriveLoadStateMachine}. */
export interface LoadStateMachineOptions extends PipelineNames {
  /** Minutes that a run of the job may take. Defaults to 480, as in Glue 5. */
  readonly jobMinutes?: number | undefined;
  /** Seconds between a run that failed and the next one. There are as many repetitions as waits. Defaults to 60 and 600. */
  readonly retryWaits?: readonly number[] | undefined;
}

/** Seven days, the maximum of Glue (https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html). */
const maxJobMinutes = 10_080;

/**
 * The state machine that loads what has landed, as a definition in the Amazon States Language:
 *
 * 1. It starts the job with two arguments: `--inputs`, the landing folder, and `--result`, where the run writes its result. The job
 *    lists the folder and skips what the lake has.
 * 2. While another run of the job is active, it sends the message of the landing queue again and ends. The message comes back after
 *    the queue's delay, so no object is missed and no execution waits. The limit of one run is the job's `MaxConcurrentRuns`.
 * 3. A run that failed is repeated after a wait, a bounded number of times, unless its result says that a repetition cannot help
 *    (`retryable: false`) or it ran out of time.
 * 4. After a commit it writes the counts of the run and the age of the newest event as metrics ({@link lakeMetrics}), which alarms
 *    read. A metric that cannot be written does not hold the load up.
 * 5. It starts the verifying job, which reads the files of the commit back from S3 and compares their content hashes and row counts
 *    with the manifest.
 * 6. It publishes the outcome to the topic: `loaded`, `failed` or `unverified` (a message attribute, for filters of subscriptions),
 *    with the run's counts and the reasons of rejections. Messages hold codes and counts, and no value of a row.
 *
 * Every wait and repetition has a limit. A failed execution loses nothing: its objects are still in the landing folder, and the
 * next run loads them.
 *
 * The `.sync` integration follows the first run of a job only (https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html),
 * so the job's own `MaxRetries` has to be 0.
 *
 * @throws HeadwaterError `OPTION_INVALID`, `AWS_LIMIT_EXCEEDED` for names that are too long
 * @example deriveLoadStateMachine(clickstream.schema, target, { landing: 's3://shop-landing/clickstream/' }).StartAt // 'Begin'
 */
export function deriveLoadStateMachine(
  schema: TableSchema,
  target: AwsTarget,
  { jobMinutes = 480, retryWaits = [60, 600], ...names }: LoadStateMachineOptions,
): StateMachine {
  assertWhole('jobMinutes', [jobMinutes], `whole minutes from 1 to ${maxJobMinutes}`, maxJobMinutes);
  assertWhole('retryWaits', retryWaits, 'whole seconds from 1');
  const place = pipelinePlace(schema, target, names);
  return {
    Comment: `Loads what lands in ${place.landing} into ${target.location}/${place.table}/`,
    StartAt: 'Begin',
    States: {
      ...runStates(place, { jobMinutes, retryWaits }),
      ...measureStates(place),
      ...verifyStates(place),
      ...notifyStates(place),
    },
  };
}

function assertWhole(
  option: string,
  values: readonly number[],
  expected: string,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (values.every((value) => Number.isInteger(value) && value >= 1 && value <= most)) return;
  throw new HeadwaterError('OPTION_INVALID', { option, value: values.join(','), expected });
}
