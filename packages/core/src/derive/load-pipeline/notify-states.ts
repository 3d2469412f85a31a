import type { PipelinePlace } from './pipeline-place.ts';
import type { State } from './state-machine.ts';
import { integration, retryCall } from './task-parts.ts';

/** What a message says of a load, besides its outcome: counts, and no value of a row. */
const accounting = {
  'sequence.$': '$.read.result.sequence',
  'rowsIn.$': '$.read.result.rowsIn',
  'rowsOut.$': '$.read.result.rowsOut',
  'duplicates.$': '$.read.result.duplicates',
  'quarantined.$': '$.read.result.quarantined',
  'filtered.$': '$.read.result.filtered',
  'reasons.$': '$.read.result.reasons',
  'attempts.$': 'States.MathAdd($.attempt, 1)',
  'execution.$': '$$.Execution.Id',
} as const;

/** The states that publish the outcome and end the execution. */
export function notifyStates(place: PipelinePlace): Record<string, State> {
  const publish = (outcome: string, subject: string, Next: string, more: object = {}): State => ({
    Type: 'Task',
    Resource: integration(place, 'sns:publish'),
    Parameters: {
      TopicArn: place.arn('sns', place.topic),
      Subject: `${place.table}: ${subject}`.slice(0, 100),
      Message: { table: place.table, landing: place.landing, outcome, ...accounting, ...more },
      MessageAttributes: { outcome: { DataType: 'String', StringValue: outcome } },
    },
    ResultPath: null,
    Retry: [retryCall('States.TaskFailed')],
    Next,
  });
  return {
    NotifyLoaded: publish('loaded', 'loaded and verified', 'Loaded'),
    Loaded: { Type: 'Succeed' },
    NotifyFailed: publish('failed', 'the load failed', 'Failed', { 'code.$': '$.read.result.code' }),
    Failed: {
      Type: 'Fail',
      Error: 'LoadFailed',
      Cause: `The message on the topic ${place.topic} has the code and the counts. The objects are still in ${place.landing}`,
    },
    NotifyUnverified: publish('unverified', 'the commit does not verify', 'Unverified', {
      'verification.$': '$.verification.result',
    }),
    Unverified: {
      Type: 'Fail',
      Error: 'CommitUnverified',
      Cause: `The message on the topic ${place.topic} says what differs. Run headwater etl verify ${place.table}`,
    },
  };
}
