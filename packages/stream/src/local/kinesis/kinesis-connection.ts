import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { kinesisSink } from '../../producer/kinesis-sink.ts';
import type { StreamConnection } from '../run/stream-connection.ts';
import { type CheckpointStore, MemoryCheckpoints } from '../stream/checkpoint.ts';
import { createKinesisShardReader } from './kinesis-shard-reader.ts';

/** Options of {@link kinesisConnection}. */
export interface KinesisConnectionOptions {
  readonly client: KinesisClient;
  readonly streamName: string;
  readonly streamArn: string;
  /** Where the checkpoints of a consumer are. Default to the memory of this process: a run then reads the stream from its beginning. */
  readonly checkpoints?: (consumer: string) => CheckpointStore;
}

/**
 * A stream of Kinesis as the stream of a run. Others may put into it as well: a run reads until it has what it sent and finds no more.
 *
 * @example
 * ```ts
 * await runStream({ ...options, stream: kinesisConnection({ client, streamName, streamArn }) });
 * ```
 */
export function kinesisConnection(options: KinesisConnectionOptions): StreamConnection {
  const { client, streamName, streamArn } = options;
  const consumers = new Map<string, ReturnType<StreamConnection['consumer']>>();
  return {
    sink: kinesisSink({ client, streamName }),
    consumer(name) {
      const known = consumers.get(name);
      if (known) return known;
      const reader = createKinesisShardReader({ client, streamArn });
      const consumer = { reader, checkpoints: options.checkpoints?.(name) ?? new MemoryCheckpoints() };
      consumers.set(name, consumer);
      return consumer;
    },
  };
}
