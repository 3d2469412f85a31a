const flink = 'https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html';
const firehose = 'https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html';
const athena = 'https://docs.aws.amazon.com/athena/latest/ug/query-metrics-viewing.html';
const pipes = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html';

/** Metrics that AWS documents, and that the CDK has no list of: namespace and name, and the page. */
export const documented = new Map([
  ['AWS/KinesisAnalytics downtime', flink],
  ['AWS/KinesisAnalytics numberOfFailedCheckpoints', flink],
  ['AWS/KinesisAnalytics lastCheckpointDuration', flink],
  ['AWS/Firehose FailedConversion.Records', firehose],
  ['AWS/Firehose ThrottledGetRecords', firehose],
  ['AWS/Athena ProcessedBytes', athena],
  ['AWS/Athena TotalExecutionTime', athena],
  ['AWS/Athena QueryQueueTime', athena],
  ['AWS/EventBridge/Pipes ExecutionFailed', pipes],
  ['AWS/EventBridge/Pipes ExecutionTimeout', pipes],
  ['AWS/EventBridge/Pipes ExecutionThrottled', pipes],
  [
    'Glue glue.driver.aggregate.elapsedTime',
    'https://docs.aws.amazon.com/glue/latest/dg/monitoring-awsglue-with-cloudwatch-metrics.html',
  ],
]);
