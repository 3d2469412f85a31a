import type { PipelinePlace } from './pipeline-place.ts';
import type { State } from './state-machine.ts';
import { integration, jobBusy, passingGlueErrors, readResult, retryCall, uriOf } from './task-parts.ts';
import { verifyMinutes } from './verify-job.ts';

/** The states that verify a commit. They end in `NotifyLoaded` or `NotifyUnverified`. */
export const verifyStates = (place: PipelinePlace): Record<string, State> => ({
  NameVerification: {
    Type: 'Pass',
    Parameters: {
      'key.$': `States.Format('${place.resultKey}{}-verification.json', $$.Execution.Name)`,
    },
    ResultPath: '$.verification',
    Next: 'VerifyCommit',
  },
  VerifyCommit: {
    Type: 'Task',
    Resource: integration(place, 'glue:startJobRun.sync'),
    Parameters: {
      JobName: place.verifyJob,
      Arguments: {
        '--sequence.$': "States.Format('{}', $.read.result.sequence)",
        '--result.$': uriOf(place, '$.verification.key'),
      },
    },
    ResultPath: null,
    TimeoutSeconds: verifyMinutes * 60 + 900,
    Retry: [
      retryCall(jobBusy, ...passingGlueErrors),
      // A file that is not as the manifest has it is so the second time, too.
      { ...retryCall('States.TaskFailed'), MaxAttempts: 1 },
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'ReadVerification' }],
    Next: 'NotifyLoaded',
  },
  ReadVerification: readResult(place, {
    key: '$.verification.key',
    to: '$.verification',
    next: 'NotifyUnverified',
    missing: 'NoVerification',
  }),
  NoVerification: {
    Type: 'Pass',
    Result: { result: { status: 'failed', code: 'NO_RESULT' } },
    ResultPath: '$.verification',
    Next: 'NotifyUnverified',
  },
});
