import { type LakeMetric, lakeDimensions, lakeMetrics, lakeNamespace } from './lake-metrics.ts';
import type { PipelinePlace } from './pipeline-place.ts';
import type { State } from './state-machine.ts';
import { integration, retryCall } from './task-parts.ts';

/** A value of a metric: a path of the state, or a number. */
type MetricValue = `$.${string}` | number;

/**
 * The states that write metrics (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html). They end in
 * `NameVerification` or `CountAttempt`, whether CloudWatch took the metrics or not.
 */
export function measureStates(place: PipelinePlace): Record<string, State> {
  const Dimensions = lakeDimensions(place.target.database, place.table);
  const put = (values: Readonly<Partial<Record<LakeMetric, MetricValue>>>, Next: string): State => ({
    Type: 'Task',
    Resource: integration(place, 'aws-sdk:cloudwatch:putMetricData'),
    Parameters: {
      Namespace: lakeNamespace,
      MetricData: (Object.entries(values) as [LakeMetric, MetricValue][]).map(([MetricName, value]) => ({
        MetricName,
        Dimensions,
        [typeof value === 'number' ? 'Value' : 'Value.$']: value,
        Unit: lakeMetrics[MetricName].unit,
      })),
    },
    ResultPath: null,
    // Only a minute: a load is not held up by what is said of it.
    Retry: [{ ...retryCall('States.TaskFailed'), MaxAttempts: 4, MaxDelaySeconds: 30 }],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.unmeasured', Next }],
    Next,
  });
  return {
    CountCommit: put(
      {
        RowsIn: '$.read.result.rowsIn',
        RowsOut: '$.read.result.rowsOut',
        Duplicates: '$.read.result.duplicates',
        Quarantined: '$.read.result.quarantined',
        Filtered: '$.read.result.filtered',
      },
      'KnowsNewestEvent',
    ),
    KnowsNewestEvent: {
      Type: 'Choice',
      Comment: 'A commit without clean rows has no newest event',
      Choices: [{ Variable: '$.read.result.newestEventAge', IsPresent: true, Next: 'MeasureFreshness' }],
      Default: 'NameVerification',
    },
    MeasureFreshness: put({ NewestEventAge: '$.read.result.newestEventAge' }, 'NameVerification'),
    CountRepetition: put({ RepeatedRuns: 1 }, 'CountAttempt'),
  };
}
