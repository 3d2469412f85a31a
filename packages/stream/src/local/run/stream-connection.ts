import type { RecordSink } from '../../producer/record-sink.ts';
import type { StreamRecord } from '../../record/stream-record.ts';
import type { CheckpointStore } from '../stream/checkpoint.ts';
import type { LocalStream } from '../stream/local-stream.ts';
import type { ShardReader } from '../stream/shard-reader.ts';

/** The stream of a run: what takes records, and what reads them. */
export interface StreamConnection {
  readonly sink: RecordSink;
  /** How a consumer reads, and where its checkpoints are. The archive is the consumer `archive`. */
  consumer(name: string): { readonly reader: ShardReader; readonly checkpoints: CheckpointStore };
  /** Ends the stream, where it belongs to the run alone: readers finish its shards. */
  end?(): void;
  /** Records that the stream has taken, where it can say so. */
  taken?(): number;
  /** Records that a consumer has yet to acknowledge, where the stream can say so. */
  behind?(name: string): number;
  /** The first records of each shard that a consumer has yet to acknowledge, at most `limit` of each, where the stream can say so. */
  unacknowledged?(name: string, limit: number): readonly (readonly StreamRecord[])[];
}

/** The stream in this process as the stream of a run. */
export function localConnection(stream: LocalStream): Required<StreamConnection> {
  return {
    sink: stream,
    consumer: (name) => stream.consumer(name),
    end: () => stream.end(),
    taken: () => stream.taken,
    behind: (name) => stream.consumer(name).behind,
    unacknowledged: (name, limit) => stream.consumer(name).unacknowledged(limit),
  };
}
