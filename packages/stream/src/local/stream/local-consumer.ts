import type { StreamRecord } from '../../record/stream-record.ts';
import { type Checkpoint, type CheckpointStore, MemoryCheckpoints } from './checkpoint.ts';
import type { LocalShard } from './local-shard.ts';
import type { LocalStream } from './local-stream.ts';
import { serviceException } from './put-limits.ts';
import type { ShardDescription, ShardPage, ShardPosition, ShardReader } from './shard-reader.ts';

/** A consumer of the stream in this process: it reads, and acknowledges by its checkpoints. */
export class LocalConsumer {
  readonly reader: ShardReader;
  /** Checkpoints that are acknowledgements: what every consumer has passed is trimmed. */
  readonly checkpoints: CheckpointStore;
  private readonly stream: LocalStream;
  private readonly acknowledged = new Map<string, number>();
  private readonly kept = new MemoryCheckpoints();

  constructor(stream: LocalStream) {
    this.stream = stream;
    this.reader = new LocalShardReader(stream, (shard, position) => this.startAt(shard, position));
    this.checkpoints = {
      get: (shard) => this.kept.get(shard),
      set: (shard, checkpoint) => this.acknowledge(shard, checkpoint),
    };
  }

  /** The position in a shard before which this consumer has acknowledged everything. */
  acknowledgedTo(shard: string): number {
    return this.acknowledged.get(shard) ?? 0;
  }

  /** How many records of the shards this consumer has yet to acknowledge. */
  get behind(): number {
    let behind = 0;
    for (const { id, records } of this.stream.shards)
      behind += records.end - Math.max(this.acknowledgedTo(id), records.first);
    return behind;
  }

  /** The first records of each shard that this consumer has yet to acknowledge, at most `limit` of each. */
  unacknowledged(limit: number): readonly (readonly StreamRecord[])[] {
    return this.stream.shards
      .map(({ id, records }) => records.from(this.acknowledgedTo(id), limit))
      .filter(({ length }) => length > 0);
  }

  /** Says where reading of a shard begins. What lies before need not be retained for this consumer. */
  private startAt(shard: LocalShard, position: number): void {
    this.acknowledged.set(shard.id, Math.max(this.acknowledgedTo(shard.id), position));
    this.stream.trim(shard);
  }

  private async acknowledge(id: string, checkpoint: Checkpoint): Promise<void> {
    await this.kept.set(id, checkpoint);
    const { sequenceNumber } = checkpoint;
    if (sequenceNumber === undefined) return;
    const shard = shardOf(this.stream, id);
    this.acknowledged.set(id, shard.positionOf({ type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber }));
    this.stream.trim(shard);
  }
}

/** Reads the stream in this process. An iterator is the id of a shard and a position in it. */
class LocalShardReader implements ShardReader {
  readonly streamArn: string;
  private readonly stream: LocalStream;
  private readonly onStart: (shard: LocalShard, position: number) => void;

  constructor(stream: LocalStream, onStart: (shard: LocalShard, position: number) => void) {
    this.stream = stream;
    this.onStart = onStart;
    this.streamArn = stream.streamArn;
  }

  async shards(): Promise<readonly ShardDescription[]> {
    return this.stream.shards.map(({ id, parents }) => ({ id, parents }));
  }

  async iterator(id: string, position: ShardPosition): Promise<string> {
    const shard = shardOf(this.stream, id);
    const start = shard.positionOf(position);
    if (position.type === 'LATEST' || position.type === 'AT_TIMESTAMP') this.onStart(shard, start);
    return `${id}@${start}`;
  }

  async read(iterator: string, limit: number): Promise<ShardPage> {
    const { shard, position } = this.placeOf(iterator);
    const records = shard.records.from(position, limit);
    const next = Math.max(position, shard.records.first) + records.length;
    const isLatest = next >= shard.records.end;
    if (isLatest && shard.isClosed) return { records, isLatest };
    return { records, isLatest, next: `${shard.id}@${next}` };
  }

  async wait(iterator: string, ms: number, signal?: AbortSignal): Promise<void> {
    const { shard, position } = this.placeOf(iterator);
    if (shard.hasNewsAt(position) || signal?.aborted) return;
    const timer = new AbortController();
    const stop = (): void => timer.abort();
    const forget = shard.onNews(stop);
    signal?.addEventListener('abort', stop, { once: true });
    await this.stream.clock.sleep(ms, timer.signal);
    signal?.removeEventListener('abort', stop);
    forget();
  }

  private placeOf(iterator: string): { shard: LocalShard; position: number } {
    const [id = '', position] = iterator.split('@');
    return { shard: shardOf(this.stream, id), position: Number(position) };
  }
}

function shardOf(stream: LocalStream, id: string): LocalShard {
  const shard = stream.shards.find((one) => one.id === id);
  if (!shard) throw serviceException('ResourceNotFoundException', `There is no shard ${id}.`);
  return shard;
}
