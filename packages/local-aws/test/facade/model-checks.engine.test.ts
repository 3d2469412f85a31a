import { randomBytes } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { jsonCall } from '../../src/testing/aws-call.ts';

const name = `checked-${randomBytes(4).toString('hex')}`;

function url(): string {
  const engines = inject('engines');
  if ('missing' in engines) throw new Error(engines.missing);
  return engines.aws;
}
const flink = (operation: string, input: object) =>
  jsonCall(url(), 'kinesisanalytics', `KinesisAnalytics_20180523.${operation}`, input, '1.1');
const cloudwatch = (operation: string, input: object) =>
  jsonCall(url(), 'monitoring', `GraniteServiceVersion20100801.${operation}`, input);

const application = {
  ApplicationName: name,
  RuntimeEnvironment: 'FLINK-1_20',
  ServiceExecutionRole: 'arn:aws:iam::123456789012:role/headwater-shop-flink',
  ApplicationMode: 'STREAMING',
};
const detector = {
  SingleMetricAnomalyDetector: { Namespace: name, MetricName: 'Events', Stat: 'Sum' },
  Configuration: { ExcludedTimeRanges: [{ StartTime: 1_795_734_000, EndTime: 1_795_820_400 }] },
};
const alarm = {
  AlarmName: name,
  ...{ Namespace: name, MetricName: 'Events', Statistic: 'Sum', Period: 300, EvaluationPeriods: 3 },
  ...{ Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' },
};

it('makes an application of Flink that the model and the rules take', async () => {
  const made = await flink('CreateApplication', application);
  expect(made['ApplicationDetail']).toMatchObject({ RuntimeEnvironment: 'FLINK-1_20' });
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ ...application, RuntimeEnvironment: 'FLINK-9' }, /InvalidArgumentException.*RuntimeEnvironment/],
    [{ ...application, ApplicationName: 'a b' }, /ApplicationName/],
    [{ ...application, ServiceExecutionRole: undefined }, /ServiceExecutionRole is missing/],
    [{ ...application, Parallelism: 2 }, /Parallelism is unknown/],
    [{ ...application, ApplicationMode: 'INTERACTIVE' }, /a runtime of Zeppelin/],
  ];
  for (const [input, problem] of wrong)
    await expect(flink('CreateApplication', input)).rejects.toThrow(problem);
  const LogStreamARN = `arn:aws:logs:us-east-1:123456789012:log-group:${name}:log-stream:flink`;
  const logged = { ApplicationName: name, CloudWatchLoggingOption: { LogStreamARN } };
  await flink('AddApplicationCloudWatchLoggingOption', logged);
  expect((await flink('DescribeApplication', { ApplicationName: name }))['ApplicationDetail']).toMatchObject({
    ApplicationVersionId: 2,
    CloudWatchLoggingOptionDescriptions: [{ LogStreamARN }],
  });
  await expect(flink('CreateApplication', application)).rejects.toThrow(/ResourceInUseException/);
  await flink('DeleteApplication', { ApplicationName: name, CreateTimestamp: 0 });
  await expect(flink('DescribeApplication', { ApplicationName: name })).rejects.toThrow(/no application/);
});

it('puts an alarm that CloudWatch takes, and refuses one that it would not', async () => {
  await cloudwatch('PutMetricAlarm', alarm);
  const { MetricAlarms } = await cloudwatch('DescribeAlarms', { AlarmNames: [name] });
  expect(MetricAlarms).toMatchObject([{ AlarmName: name, TreatMissingData: 'breaching', Threshold: 1 }]);
  await expect(cloudwatch('PutMetricAlarm', { ...alarm, Statistic: 'Total' })).rejects.toThrow(/Statistic/);
  await expect(cloudwatch('PutMetricAlarm', { ...alarm, Period: 90 })).rejects.toThrow(
    /InvalidParameterValueException.*multiple of 60/,
  );
});

it('keeps the anomaly detectors that moto lacks', async () => {
  await cloudwatch('PutAnomalyDetector', detector);
  await cloudwatch('PutAnomalyDetector', detector);
  const found = () => cloudwatch('DescribeAnomalyDetectors', { Namespace: name });
  expect((await found())['AnomalyDetectors']).toEqual([{ ...detector, StateValue: 'PENDING_TRAINING' }]);
  await expect(cloudwatch('PutAnomalyDetector', {})).rejects.toThrow(/a detector is of one metric/);
  const { Configuration: _, ...same } = detector;
  await cloudwatch('DeleteAnomalyDetector', same);
  expect((await found())['AnomalyDetectors']).toEqual([]);
  await expect(cloudwatch('DeleteAnomalyDetector', same)).rejects.toThrow(/ResourceNotFoundException/);
});
