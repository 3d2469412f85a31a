import type { PipelinePlace } from './pipeline-place.ts';
import type { Retrier, State } from './state-machine.ts';

/** The resource of a task: an integration of Step Functions in the target's partition. */
export const integration = ({ target: { partition } }: PipelinePlace, name: string): string =>
  `arn:${partition}:states:::${name}`;

/** Repeats a call for about ten minutes. */
export const retryCall = (...ErrorEquals: readonly string[]): Retrier => ({
  ErrorEquals,
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxAttempts: 8,
  MaxDelaySeconds: 300,
  JitterStrategy: 'FULL',
});

/**
 * Errors of the calls of Glue that pass. A run that failed is States.TaskFailed and not among them.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html
 */
export const passingGlueErrors = [
  'Glue.InternalServiceException',
  'Glue.OperationTimeoutException',
  'Glue.ResourceNumberLimitExceededException',
  'Glue.ThrottlingException',
] as const;

/** The error of StartJobRun while as many runs of the job are active as its MaxConcurrentRuns. */
export const jobBusy = 'Glue.ConcurrentRunsExceededException';

/** Reads the result that a run wrote, as JSON, to `result` of the path. */
export const readResult = (
  place: PipelinePlace,
  { key, to, next, missing }: Readonly<Record<'key' | 'to' | 'next' | 'missing', string>>,
): State => ({
  Type: 'Task',
  Resource: integration(place, 'aws-sdk:s3:getObject'),
  Parameters: { Bucket: place.lakePlace.bucket, 'Key.$': key },
  ResultSelector: { 'result.$': 'States.StringToJson($.Body)' },
  ResultPath: to,
  Retry: [retryCall('S3.SdkClientException', 'S3.S3Exception')],
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.unread', Next: missing }],
  Next: next,
});

/** The address of an object of the lake's bucket whose key is at a path of the state. */
export const uriOf = ({ lakePlace }: PipelinePlace, path: string): string =>
  `States.Format('s3://${lakePlace.bucket}/{}', ${path})`;
