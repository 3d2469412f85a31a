import { type AwsTarget, streamNames } from '@headwater/core';
import { isMissing } from '../aws/refused.ts';
import type { ServiceClients } from '../aws/service-clients.ts';
import { type AskedMetric, askMetrics } from './ask-metrics.ts';
import type { Month } from './month.ts';
import type { FunctionUse, StreamUse } from './stream-use.ts';

/**
 * What the stream of a table and everything after it used in a month.
 *
 * @param megabytes of a function, for the price of its time
 * @returns undefined where there is no such stream
 */
export async function askStream(
  clients: ServiceClients,
  target: AwsTarget,
  table: string,
  month: Month,
  megabytes: number,
): Promise<StreamUse | undefined> {
  const { stream, sessionsTable, functions } = streamNames(table, target);
  const { DescribeStreamSummaryCommand } = await import('@aws-sdk/client-kinesis');
  const described = await clients.kinesis
    .send(new DescribeStreamSummaryCommand({ StreamName: stream }))
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  const summary = described?.StreamDescriptionSummary;
  if (!summary) return undefined;
  const ofStream = (name: string): AskedMetric => ({
    namespace: 'AWS/Kinesis',
    name,
    dimensions: { StreamName: stream },
  });
  const ofTable = (name: string): AskedMetric => ({
    namespace: 'AWS/DynamoDB',
    name,
    dimensions: { TableName: sessionsTable },
  });
  const delivery = target.stream?.deliveryStream;
  const names = Object.values(functions);
  const [
    bytesIn = 0,
    recordsIn = 0,
    bytesOut = 0,
    tableReads = 0,
    tableWrites = 0,
    readBytes = 0,
    readRecords = 0,
    ...perFunction
  ] = await askMetrics(
    clients,
    [
      ...['IncomingBytes', 'IncomingRecords', 'GetRecords.Bytes'].map(ofStream),
      ...['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map(ofTable),
      ...['DataReadFromKinesisStream.Bytes', 'DataReadFromKinesisStream.Records'].map((name) => ({
        namespace: 'AWS/Firehose',
        name,
        dimensions: { DeliveryStreamName: delivery ?? '-' },
      })),
      ...names.flatMap((name) =>
        ['Invocations', 'Duration'].map((metric) => ({
          namespace: 'AWS/Lambda',
          name: metric,
          dimensions: { FunctionName: name },
        })),
      ),
    ],
    month,
  );
  const called = names.flatMap((name, index): FunctionUse[] => {
    const [calls = 0, milliseconds = 0] = perFunction.slice(2 * index, 2 * index + 2);
    return calls > 0 ? [{ name, calls, milliseconds, megabytes }] : [];
  });
  const began = Math.max(month.from.getTime(), summary.StreamCreationTimestamp?.getTime() ?? 0);
  return {
    stream,
    mode: summary.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED',
    shards: summary.OpenShardCount ?? 0,
    hours: Math.max(0, month.to.getTime() - began) / 3_600_000,
    retentionHours: summary.RetentionPeriodHours ?? 24,
    bytesIn,
    recordsIn,
    bytesOut,
    readBytes: delivery === undefined ? 0 : readBytes,
    readRecords: delivery === undefined ? 0 : readRecords,
    tableReads,
    tableWrites,
    functions: called,
  };
}
