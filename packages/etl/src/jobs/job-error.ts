import { type ErrorCode, type ErrorPayloads, HeadwaterError } from '@headwater/core';
import type { FileSchema } from '@headwater/core/internal';
import { quarantineExceeded } from '../load/assert-quarantine.ts';
import type { LoadRun } from './load-run.ts';

/** How a run read its inputs. */
export interface JobReading {
  readonly file: FileSchema;
  readonly maxQuarantine: number;
}

/** Inputs that the message names. */
const shownInputs = 5;

/** What to do, by what Glue says about a run. */
const advices: readonly (readonly [RegExp, string])[] = [
  [/^TIMEOUT$/, 'Give it more time with --timeout, or more workers with a shorter --minutes'],
  [/^(STOPPED|EXPIRED)$/, 'It was stopped. Submit it again when it may run'],
  [
    /OutOfMemory|exit code 137|SIGKILL|Container killed|ExecutorLost/i,
    'A worker ran out of memory or was lost. Take a larger one with --worker-type, or fewer inputs at a time; where lines have tens of ' +
      'MiB, fewer inputs do not help',
  ],
  [
    /No space left on device/i,
    'The disks of the workers are full. Take larger workers with --worker-type, or more of them with --minutes',
  ],
  [
    /AccessDenied|403|not authorized/i,
    'Give the role of the job its policy: headwater derive iam-policy --role spark-job --landing s3://...',
  ],
];

/** The error of a run that did not succeed. Its message names the inputs, and says what to do. */
export function jobErrorFrom(
  job: string,
  run: LoadRun,
  inputs: readonly string[],
  reading: JobReading,
): HeadwaterError<'JOB_FAILED'> {
  const { id, state, problem: said, result } = run;
  const code = result?.status === 'failed' ? result.code : undefined;
  const known = code === undefined ? undefined : messageOf(code, result?.details ?? {}, reading);
  const problem =
    known ??
    result?.message ??
    said ??
    (state === 'SUCCEEDED' ? 'it wrote no report' : 'Glue did not say why');
  const advice =
    known === undefined ? advices.find(([sign]) => sign.test(state) || sign.test(problem))?.[1] : undefined;
  const rest = inputs.length - shownInputs;
  return new HeadwaterError('JOB_FAILED', {
    ...{ job, run: id, state, problem },
    ...(code === undefined ? {} : { code }),
    inputs: [...inputs.slice(0, shownInputs), ...(rest > 0 ? [`${rest} more`] : [])],
    ...(advice === undefined ? {} : { advice }),
  });
}

/** The message of an error code. Undefined for a code of the script's own, or a payload that lacks something. */
function messageOf(
  code: string,
  details: Readonly<Record<string, unknown>>,
  reading: JobReading,
): string | undefined {
  // Its payload names a log of this machine; what Spark said is in the result.
  if (code === 'SPARK_FAILED') return undefined;
  try {
    if (code === 'QUARANTINE_EXCEEDED')
      return quarantineExceeded({ ...(details as ExceededCounts), ...reading }).message;
    return new HeadwaterError(code as ErrorCode, details as ErrorPayloads[ErrorCode]).message;
  } catch {
    return undefined;
  }
}

/** What the script says about too many rejected rows: it has no words for the reasons. */
type ExceededCounts = Pick<
  Parameters<typeof quarantineExceeded>[0],
  'rowsIn' | 'quarantined' | 'reasons' | 'examples'
>;
