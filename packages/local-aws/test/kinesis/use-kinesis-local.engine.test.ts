import {
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { useKinesisLocal } from '../../src/testing/index.ts';
import { readStream } from '../facade/read-stream.ts';

const local = useKinesisLocal();

it('puts records in part, in order, and into the children of a shard that split', async () => {
  const client = new KinesisClient(local.clientConfig);
  const StreamName = await local.createStream();
  const put = (...texts: readonly string[]) =>
    client.send(
      new PutRecordsCommand({
        StreamName,
        Records: texts.map((text) => ({ PartitionKey: 'actor', Data: Buffer.from(text) })),
      }),
    );
  const oversize = 'x'.repeat(1024 * 1024 + 1);
  const { FailedRecordCount, Records } = await put('1', oversize, '2');
  expect(FailedRecordCount).toBe(1);
  expect(Records?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'InvalidArgumentException',
    undefined,
  ]);

  await client.send(
    new SplitShardCommand({
      StreamName,
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: String(2n ** 127n),
    }),
  );
  await expect
    .poll(async () => (await client.send(new ListShardsCommand({ StreamName }))).Shards?.length)
    .toBe(3);
  await put('3');
  const stored = await readStream(client, StreamName);
  expect(stored.map(({ text }) => text)).toEqual(['1', '2', '3']);
  expect(stored.map(({ sequenceNumber }) => sequenceNumber.length)).toEqual([56, 56, 56]);
  expect(stored.map(({ shard }) => shard === 'shardId-000000000000')).toEqual([true, true, false]);
});
