import { at } from '../../../../rules/aws-rule.ts';
import type { ApiResource, CallContext } from '../api-resource.ts';
import { isSame } from '../api-resource.ts';

const arn = ({ region, account }: CallContext, service: string, name: unknown): string =>
  `arn:aws:${service}:${region}:${account}:${name}`;

const retention = (value: unknown): number => Number(value ?? 24);

const streamName = ({ properties }: CallContext) => ({ StreamName: properties['Name'] });

const encryption = (context: CallContext) => ({
  ...streamName(context),
  ...Object(context.properties['StreamEncryption']),
});

const change = (name: string) => (context: CallContext) =>
  !isSame(context.properties[name], context.old[name]);

/** Kinesis Data Streams, Firehose and Managed Flink. */
export const streamTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::Kinesis::Stream': {
    service: 'kinesis',
    name: 'Name',
    attributes: (context) => ({ Arn: arn(context, 'kinesis', `stream/${context.properties['Name']}`) }),
    exists: { operation: 'DescribeStreamSummary', isOwn: true, with: streamName },
    create: [
      {
        operation: 'CreateStream',
        with: (context) => ({
          ...streamName(context),
          // The service takes no count of shards for a stream on demand, and one shard is CloudFormation's default for others.
          ...(at(context.properties, 'StreamModeDetails', 'StreamMode') === 'ON_DEMAND'
            ? {}
            : { ShardCount: context.properties['ShardCount'] ?? 1 }),
        }),
        uses: ['Name'],
      },
      {
        operation: 'IncreaseStreamRetentionPeriod',
        isOwn: true,
        when: ({ properties }) => retention(properties['RetentionPeriodHours']) > 24,
        with: (context) => ({
          ...streamName(context),
          RetentionPeriodHours: context.properties['RetentionPeriodHours'],
        }),
        uses: ['RetentionPeriodHours'],
      },
      {
        operation: 'StartStreamEncryption',
        isOwn: true,
        when: ({ properties }) => properties['StreamEncryption'] !== undefined,
        with: encryption,
        uses: ['StreamEncryption'],
      },
    ],
    update: [
      ...(['IncreaseStreamRetentionPeriod', 'DecreaseStreamRetentionPeriod'] as const).map((operation) => ({
        operation,
        isOwn: true,
        when: ({ properties, old }: CallContext) => {
          const step = retention(properties['RetentionPeriodHours']) - retention(old['RetentionPeriodHours']);
          return operation === 'IncreaseStreamRetentionPeriod' ? step > 0 : step < 0;
        },
        with: (context: CallContext) => ({
          ...streamName(context),
          RetentionPeriodHours: retention(context.properties['RetentionPeriodHours']),
        }),
        uses: ['RetentionPeriodHours'],
      })),
      {
        operation: 'UpdateStreamMode',
        isOwn: true,
        when: change('StreamModeDetails'),
        with: (context) => ({
          StreamARN: arn(context, 'kinesis', `stream/${context.id}`),
          StreamModeDetails: context.properties['StreamModeDetails'] ?? { StreamMode: 'PROVISIONED' },
        }),
        uses: ['StreamModeDetails'],
      },
      {
        operation: 'UpdateShardCount',
        isOwn: true,
        when: (context) =>
          change('ShardCount')(context) &&
          at(context.properties, 'StreamModeDetails', 'StreamMode') !== 'ON_DEMAND',
        with: (context) => ({
          ...streamName(context),
          TargetShardCount: context.properties['ShardCount'] ?? 1,
          ScalingType: 'UNIFORM_SCALING',
        }),
        uses: ['ShardCount'],
      },
      {
        operation: 'StartStreamEncryption',
        isOwn: true,
        when: (context) =>
          context.properties['StreamEncryption'] !== undefined && change('StreamEncryption')(context),
        with: encryption,
        uses: ['StreamEncryption'],
      },
      {
        operation: 'AddTagsToStream',
        isOwn: true,
        when: change('Tags'),
        with: (context) => ({ ...streamName(context), Tags: context.properties['Tags'] ?? [] }),
        uses: ['Tags'],
      },
    ],
    delete: [
      {
        operation: 'DeleteStream',
        isOwn: true,
        with: (context) => ({ ...streamName(context), EnforceConsumerDeletion: true }),
      },
    ],
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    service: 'firehose',
    name: 'DeliveryStreamName',
    replaces: ['KinesisStreamSourceConfiguration', 'DeliveryStreamType'],
    attributes: (context) => ({ Arn: arn(context, 'firehose', `deliverystream/${context.id}`) }),
    create: [{ operation: 'CreateDeliveryStream' }],
    update: [
      { operation: 'DescribeDeliveryStream', isOwn: true, with: ({ id }) => ({ DeliveryStreamName: id }) },
      {
        operation: 'UpdateDestination',
        isOwn: true,
        when: change('ExtendedS3DestinationConfiguration'),
        with: ({ id, properties, answer }) => ({
          DeliveryStreamName: id,
          CurrentDeliveryStreamVersionId: at(answer, 'DeliveryStreamDescription', 'VersionId'),
          DestinationId: at(answer, 'DeliveryStreamDescription', 'Destinations', '0', 'DestinationId'),
          ExtendedS3DestinationUpdate: properties['ExtendedS3DestinationConfiguration'],
        }),
        uses: ['ExtendedS3DestinationConfiguration'],
      },
      {
        operation: 'TagDeliveryStream',
        isOwn: true,
        when: change('Tags'),
        with: ({ id, properties }) => ({ DeliveryStreamName: id, Tags: properties['Tags'] }),
        uses: ['Tags'],
      },
    ],
    delete: [
      { operation: 'DeleteDeliveryStream', isOwn: true, with: ({ id }) => ({ DeliveryStreamName: id }) },
    ],
  },
  'AWS::KinesisAnalyticsV2::Application': {
    service: 'kinesisanalyticsv2',
    name: 'ApplicationName',
    replaces: ['RuntimeEnvironment', 'ApplicationMode'],
    create: [{ operation: 'CreateApplication' }],
    delete: [
      { operation: 'DescribeApplication', isOwn: true, with: ({ id }) => ({ ApplicationName: id }) },
      {
        operation: 'DeleteApplication',
        isOwn: true,
        with: ({ id, answer }) => ({
          ApplicationName: id,
          CreateTimestamp: at(answer, 'ApplicationDetail', 'CreateTimestamp'),
        }),
      },
    ],
  },
  'AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption': {
    service: 'kinesisanalyticsv2',
    replaces: ['ApplicationName', 'CloudWatchLoggingOption'],
    id: ({ properties, answer }) =>
      `${properties['ApplicationName']}|${at(answer, 'CloudWatchLoggingOptionDescriptions', '0', 'CloudWatchLoggingOptionId')}`,
    attributes: ({ id }) => ({ Id: id }),
    create: [{ operation: 'AddApplicationCloudWatchLoggingOption' }],
    delete: [
      {
        operation: 'DeleteApplicationCloudWatchLoggingOption',
        isOwn: true,
        with: ({ id, properties }) => ({
          ApplicationName: properties['ApplicationName'],
          CloudWatchLoggingOptionId: id.split('|')[1],
        }),
      },
    ],
  },
};
