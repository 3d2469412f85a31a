import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';

/** A record of a stream, as its shard has it. */
export interface StoredRecord {
  readonly shard: string;
  readonly data: Buffer;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
}

/** Every record of a stream, shard by shard, in the order of each; parents come before their children. */
export async function readStream(client: KinesisClient, StreamName: string): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId: shard = '' } of Shards) {
    let { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamName, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    for (let isEnd = false; !isEnd && ShardIterator; ) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator }));
      const records = page.Records ?? [];
      for (const { Data, PartitionKey = '', SequenceNumber = '' } of records) {
        const data = Buffer.from(Data ?? []);
        found.push({ shard, data, partitionKey: PartitionKey, sequenceNumber: SequenceNumber });
      }
      ShardIterator = page.NextShardIterator;
      isEnd = records.length === 0;
    }
  }
  return found;
}
