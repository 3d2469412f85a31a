import type * as Sdk from '@aws-sdk/client-kinesis';
import { packageMissing } from '@headwater/core/internal';
import type { StreamRecord } from '../../record/stream-record.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import type { ShardDescription, ShardPage, ShardPosition, ShardReader } from '../stream/shard-reader.ts';

/** Options of {@link createKinesisShardReader}. */
export interface KinesisShardReaderOptions {
  readonly client: Sdk.KinesisClient;
  readonly streamArn: string;
  readonly clock?: Clock;
}

/** Shards in one page of a list. */
const listedShards = 1_000;

/**
 * Reads a stream of Kinesis: ListShards, GetShardIterator, GetRecords. The client retries what it can; see `runEventSource` for what is
 * done about throttling and iterators that have expired.
 *
 * @throws HeadwaterError `PACKAGE_MISSING`, from its methods, when `@aws-sdk/client-kinesis` is not installed
 * @example
 * ```ts
 * const reader = createKinesisShardReader({ client: new KinesisClient({}), streamArn });
 * await runEventSource({ reader, handler, drain });
 * ```
 */
export function createKinesisShardReader(options: KinesisShardReaderOptions): ShardReader {
  const { client, streamArn: StreamARN, clock = systemClock } = options;
  let loaded: Promise<typeof Sdk> | undefined;
  const load = (): Promise<typeof Sdk> => {
    loaded ??= import('@aws-sdk/client-kinesis').catch(
      packageMissing('@aws-sdk/client-kinesis', 'Reading Kinesis'),
    );
    return loaded;
  };
  return {
    streamArn: StreamARN,
    async shards(signal) {
      const { ListShardsCommand } = await load();
      const shards: ShardDescription[] = [];
      let NextToken: string | undefined;
      do {
        // Of a later page the service takes the token alone.
        const place = NextToken === undefined ? { StreamARN } : { NextToken };
        const command = new ListShardsCommand({ ...place, MaxResults: listedShards });
        const page = await client.send(command, stopBy(signal));
        shards.push(...(page.Shards ?? []).map(shardDescription));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return shards;
    },
    async iterator(ShardId, position, signal) {
      const { GetShardIteratorCommand } = await load();
      const command = new GetShardIteratorCommand({ StreamARN, ShardId, ...positionInput(position) });
      const { ShardIterator } = await client.send(command, stopBy(signal));
      if (ShardIterator === undefined) throw new Error(`Kinesis gave no iterator for ${ShardId}.`);
      // Neither iterators nor records say their shard.
      return `${ShardId} ${ShardIterator}`;
    },
    async read(iterator, Limit, signal) {
      const { GetRecordsCommand } = await load();
      const [shard = '', ShardIterator] = iterator.split(' ');
      const command = new GetRecordsCommand({ StreamARN, ShardIterator, Limit });
      const page = await client.send(command, stopBy(signal));
      const records = (page.Records ?? []).map((record) => streamRecord(record, shard));
      const result: ShardPage = { records, isLatest: (page.MillisBehindLatest ?? 0) === 0 };
      const next = page.NextShardIterator;
      return next ? { ...result, next: `${shard} ${next}` } : result;
    },
    async wait(_, ms, signal) {
      await clock.sleep(ms, signal);
    },
  };
}

const stopBy = (abortSignal: AbortSignal | undefined) => (abortSignal ? { abortSignal } : {});

function shardDescription({ ShardId, ParentShardId, AdjacentParentShardId }: Sdk.Shard): ShardDescription {
  const parents = [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined);
  return { id: ShardId ?? '', parents };
}

function streamRecord(record: Sdk._Record, shard: string): StreamRecord {
  const { Data, SequenceNumber = '', PartitionKey = '', ApproximateArrivalTimestamp: arrivedAt } = record;
  return {
    data: Data ?? new Uint8Array(),
    sequenceNumber: SequenceNumber,
    partitionKey: PartitionKey,
    shard,
    ...(arrivedAt && { arrivedAt }),
  };
}

function positionInput(
  position: ShardPosition,
): Pick<Sdk.GetShardIteratorCommandInput, 'ShardIteratorType' | 'StartingSequenceNumber' | 'Timestamp'> {
  const { type: ShardIteratorType } = position;
  if (position.type === 'AFTER_SEQUENCE_NUMBER')
    return { ShardIteratorType, StartingSequenceNumber: position.sequenceNumber };
  if (position.type === 'AT_TIMESTAMP') return { ShardIteratorType, Timestamp: position.timestamp };
  return { ShardIteratorType };
}
