import { createHash } from 'node:crypto';
import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { useKinesisLocal } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { createKinesisShardReader } from '../../src/local/kinesis/kinesis-shard-reader.ts';
import { runEventSource } from '../../src/local/poller/event-source.ts';
import { MemoryCheckpoints } from '../../src/local/stream/checkpoint.ts';
import { createLocalStream } from '../../src/local/stream/local-stream.ts';
import type { StreamRecord } from '../../src/record/stream-record.ts';

const kinesis = useKinesisLocal();

const keys = 12;
const textOf = ({ data }: StreamRecord): string => Buffer.from(data as Uint8Array).toString();

test('delivers a stream of Kinesis through a split and a merge: all of it, by key in order, parents first', async () => {
  const client = new KinesisClient(kinesis.clientConfig);
  const StreamName = await kinesis.createStream(2);
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
  const streamArn = StreamDescriptionSummary?.StreamARN ?? '';
  const reader = createKinesisShardReader({ client, streamArn });
  const checkpoints = new MemoryCheckpoints();
  const delivered: string[] = [];
  const shards: string[] = [];
  const deliver = (crashAfter = Number.POSITIVE_INFINITY) => {
    const before = delivered.length;
    return runEventSource({
      ...{ reader, checkpoints, batchSize: 20, idleMs: 20, retryMs: 1, reportBatchItemFailures: true },
      drain: AbortSignal.abort(),
      handler: async ({ shard, records }) => {
        shards.push(shard);
        delivered.push(...records.map(textOf));
        if (delivered.length - before > crashAfter) {
          crashAfter = Number.POSITIVE_INFINITY;
          throw new Error('after its work');
        }
        return undefined;
      },
    });
  };
  let sent = 0;
  const put = async (count: number): Promise<void> => {
    const Records = Array.from({ length: count }, () => ({
      Data: Buffer.from(`${sent}`),
      PartitionKey: `actor ${sent++ % keys}`,
    }));
    const { FailedRecordCount } = await client.send(new PutRecordsCommand({ StreamName, Records }));
    expect(FailedRecordCount).toBe(0);
  };
  const shardList = async () => (await client.send(new ListShardsCommand({ StreamName }))).Shards ?? [];
  const open = async () =>
    (await shardList()).filter(({ SequenceNumberRange }) => !SequenceNumberRange?.EndingSequenceNumber);
  const isActive = async (): Promise<boolean> =>
    (await client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary
      ?.StreamStatus === 'ACTIVE';

  await put(120);
  await deliver(50);
  await put(60);
  await client.send(
    new SplitShardCommand({
      StreamName,
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: String(1n << 126n),
    }),
  );
  await expect.poll(isActive, { timeout: 20_000 }).toBe(true);
  await put(120);
  await deliver();
  const [, left, right] = (await open()).map(({ ShardId }) => ShardId).sort();
  await client.send(new MergeShardsCommand({ StreamName, ShardToMerge: left, AdjacentShardToMerge: right }));
  await expect.poll(isActive, { timeout: 20_000 }).toBe(true);
  await put(120);
  await deliver();

  expect(new Set(delivered).size).toBe(sent);
  for (let key = 0; key < keys; key += 1) {
    const ofKey = [...new Set(delivered.filter((text) => Number(text) % keys === key))];
    expect(ofKey.map(Number)).toEqual(ofKey.map(Number).sort((a, b) => a - b));
  }
  // A shard is delivered after its parents.
  for (const { ShardId = '', ParentShardId, AdjacentParentShardId } of await shardList())
    for (const parent of [ParentShardId, AdjacentParentShardId])
      if (parent && shards.includes(ShardId) && shards.includes(parent))
        expect(shards.indexOf(ShardId)).toBeGreaterThan(shards.lastIndexOf(parent));
  // Nothing is delivered twice by a run that goes on from the checkpoints.
  const before = delivered.length;
  await deliver();
  expect(delivered.length).toBe(before);
});

test('the hash ranges of the local stream are those of Kinesis', async () => {
  const client = new KinesisClient(kinesis.clientConfig);
  const StreamName = await kinesis.createStream(3);

  const stream = createLocalStream({ shards: 3 });
  const entries = Array.from({ length: 60 }, (_, index) => ({
    data: Buffer.from('{}'),
    partitionKey: createHash('sha1').update(`${index}`).digest('hex'),
  }));
  const Records = entries.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey }));
  const { Records: put = [] } = await client.send(new PutRecordsCommand({ StreamName, Records }));
  const local = await stream.putRecords(entries);
  expect(local.map((result) => 'shardId' in result && result.shardId)).toEqual(
    put.map(({ ShardId }) => ShardId),
  );
});
