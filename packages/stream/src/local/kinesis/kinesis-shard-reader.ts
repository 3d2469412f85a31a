import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import type { StreamRecord } from '../../record/stream-record.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import type { ShardDescription, ShardPage, ShardPosition, ShardReader } from '../stream/shard-reader.ts';

/** Options of {@link createKinesisShardReader}. */
export interface KinesisShardReaderOptions {
  readonly client: KinesisClient;
  readonly streamArn: string;
  readonly clock?: Clock;
}

/** Shards in one page of a list. */
const listedShards = 1_000;

/**
 * Reads a stream of Kinesis: ListShards, GetShardIterator, GetRecords. The client retries what it can; see `runEventSource` for what is
 * done about throttling and iterators that have expired.
 *
 * @example
 * ```ts
 * const reader = createKinesisShardReader({ client: new KinesisClient({}), streamArn });
 * await runEventSource({ reader, handler, drain });
 * ```
 */
export function createKinesisShardReader(options: KinesisShardReaderOptions): ShardReader {
  const { client, streamArn: StreamARN, clock = systemClock } = options;
  return {
    streamArn: StreamARN,
    async shards(abortSignal) {
      const shards: ShardDescription[] = [];
      let NextToken: string | undefined;
      do {
        // Of a later page the service takes the token alone.
        const input = NextToken === undefined ? { StreamARN } : { NextToken };
        const page = await client.send(
          new ListShardsCommand({ ...input, MaxResults: listedShards }),
          stopBy(abortSignal),
        );
        shards.push(...(page.Shards ?? []).map(shardDescription));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return shards;
    },
    async iterator(ShardId, position, abortSignal) {
      const input = { StreamARN, ShardId, ...positionInput(position) };
      const { ShardIterator } = await client.send(new GetShardIteratorCommand(input), stopBy(abortSignal));
      if (ShardIterator === undefined) throw new Error(`Kinesis gave no iterator for ${ShardId}.`);
      // The iterator does not say its shard to its reader, and records do not either.
      return `${ShardId} ${ShardIterator}`;
    },
    async read(iterator, Limit, abortSignal) {
      const [shard = '', ShardIterator] = iterator.split(' ');
      const page = await client.send(
        new GetRecordsCommand({ StreamARN, ShardIterator, Limit }),
        stopBy(abortSignal),
      );
      const records = (page.Records ?? []).map(
        ({ Data, SequenceNumber, PartitionKey, ApproximateArrivalTimestamp }): StreamRecord => ({
          data: Data ?? new Uint8Array(),
          sequenceNumber: SequenceNumber ?? '',
          partitionKey: PartitionKey ?? '',
          shard,
          ...(ApproximateArrivalTimestamp && { arrivedAt: ApproximateArrivalTimestamp }),
        }),
      );
      const isLatest = (page.MillisBehindLatest ?? 0) === 0;
      const next = page.NextShardIterator;
      const result: ShardPage = { records, isLatest };
      return next ? { ...result, next: `${shard} ${next}` } : result;
    },
    async wait(_, ms, signal) {
      await clock.sleep(ms, signal);
    },
  };
}

const stopBy = (abortSignal: AbortSignal | undefined) => (abortSignal ? { abortSignal } : {});

const shardDescription = ({
  ShardId = '',
  ParentShardId,
  AdjacentParentShardId,
}: Shard): ShardDescription => ({
  id: ShardId,
  parents: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
});

function positionInput(
  position: ShardPosition,
): Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'StartingSequenceNumber' | 'Timestamp'> {
  const { type: ShardIteratorType } = position;
  if (position.type === 'AFTER_SEQUENCE_NUMBER')
    return { ShardIteratorType, StartingSequenceNumber: position.sequenceNumber };
  if (position.type === 'AT_TIMESTAMP') return { ShardIteratorType, Timestamp: position.timestamp };
  return { ShardIteratorType };
}
