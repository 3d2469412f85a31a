import { landingMessage, messageGroup, queueUrl } from './landing-events.ts';
import type { PipelinePlace } from './pipeline-place.ts';
import type { State } from './state-machine.ts';
import { integration, jobBusy, passingGlueErrors, readResult, retryCall, uriOf } from './task-parts.ts';

/** The limits of the runs. */
export interface RunLimits {
  readonly jobMinutes: number;
  readonly retryWaits: readonly number[];
}

/** Seconds that Glue may need to start a job, beyond the minutes that it may run. */
const startSeconds = 900;

/** The result of a run that left none. What a run writes replaces its fields. */
const noResult = {
  status: 'failed',
  code: 'NO_RESULT',
  retryable: true,
  sequence: null,
  rowsIn: null,
  rowsOut: null,
  duplicates: null,
  quarantined: null,
  filtered: 0,
  reasons: {},
} as const;

const timedOut = { code: 'TIMEOUT', retryable: false } as const;

/** The states that run the job, repeat it, and read its result. They end in `CountCommit`, `NotifyFailed` or the end of the execution. */
export function runStates(place: PipelinePlace, limits: RunLimits): Record<string, State> {
  return {
    Begin: {
      Type: 'Pass',
      Comment: 'The input does not matter: a run loads what is in the landing folder and not in the lake',
      Parameters: { attempt: 0, waits: limits.retryWaits, noResult, timedOut },
      Next: 'NameResult',
    },
    NameResult: {
      Type: 'Pass',
      Comment: 'Each attempt writes a result of its own. What an earlier one left in the state is dropped',
      Parameters: {
        'attempt.$': '$.attempt',
        'waits.$': '$.waits',
        'noResult.$': '$.noResult',
        'timedOut.$': '$.timedOut',
        'key.$': `States.Format('${place.resultKey}{}-{}.json', $$.Execution.Name, $.attempt)`,
      },
      Next: 'Load',
    },
    Load: {
      Type: 'Task',
      Resource: integration(place, 'glue:startJobRun.sync'),
      Parameters: {
        JobName: place.job,
        Timeout: limits.jobMinutes,
        Arguments: {
          '--inputs': JSON.stringify([place.landing]),
          '--result.$': uriOf(place, '$.key'),
        },
      },
      ResultPath: null,
      TimeoutSeconds: limits.jobMinutes * 60 + startSeconds,
      Retry: [retryCall(...passingGlueErrors)],
      Catch: [
        { ErrorEquals: [jobBusy], ResultPath: '$.failure', Next: 'AskAgain' },
        { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'ReadResult' },
      ],
      Next: 'ReadResult',
    },
    AskAgain: {
      Type: 'Task',
      Comment: 'Another run is active. The message is delivered again after the delay of the queue',
      Resource: integration(place, 'sqs:sendMessage'),
      Parameters: {
        QueueUrl: queueUrl(place),
        MessageBody: landingMessage(place),
        MessageGroupId: messageGroup,
      },
      ResultPath: null,
      Retry: [retryCall('States.TaskFailed')],
      Next: 'AnotherRunIsActive',
    },
    AnotherRunIsActive: { Type: 'Succeed' },
    ReadResult: readResult(place, { key: '$.key', to: '$.read', next: 'FillResult', missing: 'NoResult' }),
    FillResult: {
      Type: 'Pass',
      Parameters: { 'result.$': 'States.JsonMerge($.noResult, $.read.result, false)' },
      ResultPath: '$.read',
      Next: 'Judge',
    },
    NoResult: {
      Type: 'Pass',
      Parameters: { 'result.$': '$.noResult' },
      ResultPath: '$.read',
      Next: 'Judge',
    },
    ...judgeStates(limits.retryWaits.length),
  };
}

/** The states that decide what follows from a result. */
function judgeStates(repetitions: number): Record<string, State> {
  return {
    Judge: {
      Type: 'Choice',
      Comment: 'A commit stands, whatever happened to the run after it',
      Choices: [
        { Variable: '$.read.result.status', StringEquals: 'committed', Next: 'CountCommit' },
        {
          And: [
            { Variable: '$.failure', IsPresent: false },
            { Variable: '$.read.result.status', StringEquals: 'skipped' },
          ],
          Next: 'NothingToLoad',
        },
        {
          And: [
            { Variable: '$.failure', IsPresent: true },
            { Variable: '$.failure.Error', StringEquals: 'States.Timeout' },
          ],
          Next: 'TimedOut',
        },
        {
          // The cause of a failed run is the run as JSON.
          And: [
            { Variable: '$.failure.Cause', IsPresent: true },
            { Variable: '$.failure.Cause', StringMatches: '*"JobRunState":*"TIMEOUT"*' },
          ],
          Next: 'TimedOut',
        },
        { Variable: '$.read.result.retryable', BooleanEquals: false, Next: 'NotifyFailed' },
        { Variable: '$.attempt', NumericGreaterThanEquals: repetitions, Next: 'NotifyFailed' },
      ],
      Default: 'CountRepetition',
    },
    NothingToLoad: { Type: 'Succeed', Comment: 'The lake has every object of the landing folder' },
    TimedOut: {
      Type: 'Pass',
      Comment: 'It would run out of time again: give the job more workers or more minutes',
      Parameters: { 'result.$': 'States.JsonMerge($.read.result, $.timedOut, false)' },
      ResultPath: '$.read',
      Next: 'NotifyFailed',
    },
    CountAttempt: {
      Type: 'Pass',
      Parameters: {
        'wait.$': 'States.ArrayGetItem($.waits, $.attempt)',
        'attempt.$': 'States.MathAdd($.attempt, 1)',
        'waits.$': '$.waits',
        'noResult.$': '$.noResult',
        'timedOut.$': '$.timedOut',
      },
      Next: 'WaitBeforeRetry',
    },
    WaitBeforeRetry: { Type: 'Wait', SecondsPath: '$.wait', Next: 'NameResult' },
  };
}
