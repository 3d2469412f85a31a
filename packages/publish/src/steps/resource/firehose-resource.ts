import type { DeliveryStreamDescription, FirehoseClient } from '@aws-sdk/client-firehose';
import { type AwsTarget, deriveFirehose, HeadwaterError, type TableSchema } from '@headwater/core';
import { type Pace, pause } from '@headwater/storage';
import { orMissing } from '../../aws/glue-retry.ts';
import type { Members } from './resource-content.ts';
import type { PublishedResource, Tags } from './resource-step.ts';

const sdk = () => import('@aws-sdk/client-firehose');

/** Pauses between looks at a delivery stream that is being created, which takes about a minute. */
const looks: Pace = { first: 1_000, most: 5_000 };
const mostLooks = 60;

/**
 * The delivery stream of a table. An update cannot change its source, and no update can turn dynamic partitioning on
 * (https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html). What somebody sets beside what is derived stays.
 *
 * @param signal ends the wait for a delivery stream that is being created
 */
export function firehoseResource(
  client: FirehoseClient,
  schema: TableSchema,
  target: AwsTarget,
  signal?: AbortSignal,
): PublishedResource {
  const input = deriveFirehose(schema, target);
  const { DeliveryStreamName, DeliveryStreamType, KinesisStreamSourceConfiguration } = input;
  const { ExtendedS3DestinationConfiguration: destination } = input;
  const { Enabled: isPartitioned } = destination.DynamicPartitioningConfiguration;
  const members: Members = {
    DeliveryStreamType,
    KinesisStreamSourceConfiguration,
    isPartitioned,
    ...destination,
  };
  const describe = async (): Promise<DeliveryStreamDescription | undefined> => {
    const { DescribeDeliveryStreamCommand } = await sdk();
    const got = await orMissing(client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName })));
    return got?.DeliveryStreamDescription;
  };
  return {
    kind: 'delivery-stream',
    words: 'delivery stream',
    name: DeliveryStreamName,
    members,
    tags: Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])),
    fields: [
      { member: 'DeliveryStreamType', what: 'type', isFixed: true },
      { member: 'KinesisStreamSourceConfiguration', what: 'source', isFixed: true },
      { member: 'isPartitioned', what: 'dynamic partitioning', isFixed: true },
      { member: 'RoleARN', what: 'role' },
      { member: 'BucketARN', what: 'bucket' },
      { member: 'Prefix', what: 'prefix' },
      { member: 'ErrorOutputPrefix', what: 'error prefix' },
      { member: 'BufferingHints', what: 'buffer' },
      { member: 'EncryptionConfiguration', what: 'key' },
      { member: 'CloudWatchLoggingOptions', what: 'logs' },
      { member: 'ProcessingConfiguration', what: 'processors' },
      { member: 'DataFormatConversionConfiguration', what: 'conversion' },
    ],
    async read() {
      const described = await describe();
      return (
        described && {
          members: liveMembers(described, members),
          tags: await tagsOf(client, DeliveryStreamName),
        }
      );
    },
    async create(tags) {
      const { CreateDeliveryStreamCommand } = await sdk();
      await client.send(new CreateDeliveryStreamCommand({ ...input, Tags: tagList(tags) }));
      for (let look = 1; look <= mostLooks; look += 1) {
        const { DeliveryStreamStatus, FailureDescription } = (await describe()) ?? {};
        if (DeliveryStreamStatus === 'ACTIVE') return;
        if (DeliveryStreamStatus === 'CREATING_FAILED')
          throw new Error(
            `${DeliveryStreamName} was not created: ${FailureDescription?.Details ?? 'no reason was given'}`,
          );
        await pause(looks, look, signal);
      }
      throw new HeadwaterError('INTERRUPTED', {
        during: `the creation of ${DeliveryStreamName}`,
        left: 'It is being created',
      });
    },
    async update() {
      const { UpdateDestinationCommand } = await sdk();
      const described = await describe();
      // Firehose refuses the update when another one came in between.
      await client.send(
        new UpdateDestinationCommand({
          DeliveryStreamName,
          CurrentDeliveryStreamVersionId: described?.VersionId,
          DestinationId: described?.Destinations?.[0]?.DestinationId,
          ExtendedS3DestinationUpdate: destination,
        }),
      );
    },
    async tag(tags) {
      const { TagDeliveryStreamCommand } = await sdk();
      await client.send(new TagDeliveryStreamCommand({ DeliveryStreamName, Tags: tagList(tags) }));
    },
  };
}

/** A live delivery stream by the members of ours: the service adds defaults, and others may set what is not derived. */
function liveMembers(
  { DeliveryStreamType, Source, Destinations: [destination] = [] }: DeliveryStreamDescription,
  ours: Members,
): Members {
  const live = destination?.ExtendedS3DestinationDescription;
  const all = {
    DeliveryStreamType,
    KinesisStreamSourceConfiguration: Source?.KinesisStreamSourceDescription,
    isPartitioned: live?.DynamicPartitioningConfiguration?.Enabled === true,
    ...live,
  };
  return Object(partLike(ours, all));
}

/** The part of a live value that ours has members for. Keys of columns are compared as a whole: one more is a difference. */
function partLike(ours: unknown, live: unknown): unknown {
  if (Array.isArray(ours) && Array.isArray(live) && ours.length === live.length)
    return ours.map((item, index) => partLike(item, live[index]));
  if (!isObject(ours) || !isObject(live)) return live;
  return Object.fromEntries(
    Object.entries(ours).map(([name, value]) => [
      name,
      name === 'ColumnToJsonKeyMappings' ? live[name] : partLike(value, live[name]),
    ]),
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

async function tagsOf(client: FirehoseClient, DeliveryStreamName: string): Promise<Tags> {
  const { ListTagsForDeliveryStreamCommand } = await sdk();
  const tags: Record<string, string> = {};
  for (let after: string | undefined; ; ) {
    const { Tags = [], HasMoreTags } = await client.send(
      new ListTagsForDeliveryStreamCommand({
        DeliveryStreamName,
        ...(after === undefined ? {} : { ExclusiveStartTagKey: after }),
      }),
    );
    for (const { Key = '', Value = '' } of Tags) tags[Key] = Value;
    after = Tags.at(-1)?.Key;
    if (!HasMoreTags || after === undefined) return tags;
  }
}
