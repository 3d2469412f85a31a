import { HeadwaterError } from '@headwater/core';
import type { PutEntry, PutResult, RecordSink } from '../../producer/record-sink.ts';
import { serviceLimits } from '../../producer/service-limits.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import { evenHashRanges, explicitHashKeyOf, hashKeyOf, splitHashRange } from './hash-range.ts';
import { LocalConsumer } from './local-consumer.ts';
import { LocalShard } from './local-shard.ts';
import { assertPuttable, serviceException } from './put-limits.ts';

/** A change of the shards at a moment that is the same in every run: when so many records are in the stream. */
export interface ScheduledReshard {
  /** How many records the stream has taken before. */
  readonly after: number;
  readonly reshard: (stream: LocalStream) => void;
}

/** Options of {@link createLocalStream}. */
export interface LocalStreamOptions {
  /** The number of shards, 1 to 1,000. Defaults to 4. */
  readonly shards?: number;
  /**
   * How many records the stream retains at most, those that a consumer has yet to acknowledge. A put waits while they are more.
   * Defaults to 20,000.
   */
  readonly capacity?: number;
  /** How many bytes it retains at most. Defaults to 64 MiB. */
  readonly capacityBytes?: number;
  /** The largest record in bytes. Defaults to 1 MiB, as for a stream on AWS that says nothing else. */
  readonly recordBytes?: number;
  /** The first sequence number. Defaults to one of 56 digits, as the service gives. */
  readonly firstSequenceNumber?: bigint;
  /** Splits and merges that happen by themselves. */
  readonly reshards?: readonly ScheduledReshard[];
  readonly clock?: Clock;
  /** The name in the ARN. Defaults to `local`. */
  readonly name?: string;
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/**
 * A stream in this process, with the semantics of Kinesis: shards by the MD5 of the partition key, sequence numbers that grow within a
 * shard, iterators, splits and merges after which the parents are closed. Unlike the service, it retains a record until every
 * consumer has acknowledged it, and a put waits while too many are retained. So memory does not grow with the input.
 */
export class LocalStream implements RecordSink {
  readonly streamArn: string;
  readonly clock: Clock;
  private readonly shardList: LocalShard[] = [];
  private readonly consumers = new Map<string, LocalConsumer>();
  private readonly capacity: number;
  private readonly capacityBytes: number;
  private readonly recordBytes: number;
  private readonly firstSequenceNumber: bigint;
  private readonly reshards: ScheduledReshard[];
  private readonly waitingForRoom: (() => void)[] = [];
  private retainedRecords = 0;
  private retainedBytes = 0;
  private takenRecords = 0;
  /** The shards that take records, in the order of their ranges. */
  private open: LocalShard[];

  constructor(options: LocalStreamOptions = {}) {
    const { shards = 4, capacity = 20_000, capacityBytes = 64 << 20 } = options;
    const invalid = (option: string, value: number, expected: string): HeadwaterError =>
      new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
    if (!isWhole(shards, 1, 1_000)) throw invalid('shards', shards, 'a whole number from 1 to 1000');
    if (!isWhole(capacity, 1, 10 ** 9)) throw invalid('capacity', capacity, 'a whole number from 1 on');
    if (!isWhole(capacityBytes, 1, Number.MAX_SAFE_INTEGER))
      throw invalid('capacityBytes', capacityBytes, 'a whole number from 1 on');
    this.clock = options.clock ?? systemClock;
    this.streamArn = `arn:aws:kinesis:us-east-1:000000000000:stream/${options.name ?? 'local'}`;
    this.capacity = capacity;
    this.capacityBytes = capacityBytes;
    this.recordBytes = options.recordBytes ?? serviceLimits.recordBytes;
    this.firstSequenceNumber =
      options.firstSequenceNumber ??
      49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898n;
    this.reshards = [...(options.reshards ?? [])].sort((a, b) => a.after - b.after);
    this.open = evenHashRanges(shards).map((range) => this.addShard([], range));
  }

  /** How many records the stream has taken. */
  get taken(): number {
    return this.takenRecords;
  }

  /** How many records some consumer has yet to acknowledge. */
  get retained(): number {
    return this.retainedRecords;
  }

  /** Every shard, in the order of creation. */
  get shards(): readonly LocalShard[] {
    return this.shardList;
  }

  /** The ids of the shards that take records, in the order of their hash ranges. */
  get openShards(): readonly string[] {
    return this.open.map(({ id }) => id);
  }

  /**
   * The consumer of a name: its reader, and its checkpoints. From the first call on, records are retained until it acknowledges them.
   * A stream without consumers retains everything, up to its capacity.
   */
  consumer(name: string): LocalConsumer {
    const known = this.consumers.get(name);
    if (known) return known;
    const consumer = new LocalConsumer(this);
    this.consumers.set(name, consumer);
    return consumer;
  }

  /**
   * Puts records, each into the shard of its partition key. Waits while the stream retains more than its capacity.
   *
   * @throws Error named `InvalidArgumentException` for a request above a limit of the service, `ResourceNotFoundException` after
   *   {@link LocalStream.end}
   */
  async putRecords(
    entries: readonly PutEntry[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly PutResult[]> {
    assertPuttable(entries, this.recordBytes);
    while (!this.hasRoom()) await this.room(signal);
    if (this.open.length === 0) throw serviceException('ResourceNotFoundException', 'The stream has ended.');
    const arrivedAt = new Date(this.clock.now());
    const results = entries.map((entry) => this.put(entry, arrivedAt));
    for (const shard of this.open) shard.announce();
    return results;
  }

  /**
   * Closes a shard, and opens two that share its hash keys.
   *
   * @param at the first hash key of the second. Defaults to the middle.
   */
  split(shard: string, at?: bigint): readonly [string, string] {
    const parent = this.openShard(shard);
    const [lower, upper] = splitHashRange(parent.range, at);
    const children = [this.addShard([shard], lower), this.addShard([shard], upper)] as const;
    this.open.splice(this.open.indexOf(parent), 1, ...children);
    this.close(parent);
    return [children[0].id, children[1].id];
  }

  /** Closes two shards whose hash keys are next to each other, and opens one that has the keys of both. */
  merge(shard: string, adjacent: string): string {
    const [lower, upper] = [this.openShard(shard), this.openShard(adjacent)].sort((a, b) =>
      a.range.start < b.range.start ? -1 : 1,
    ) as [LocalShard, LocalShard];
    if (lower.range.end + 1n !== upper.range.start)
      throw serviceException('InvalidArgumentException', `${shard} and ${adjacent} are not adjacent.`);
    const child = this.addShard([shard, adjacent], { start: lower.range.start, end: upper.range.end });
    this.open.splice(this.open.indexOf(lower), 2, child);
    this.close(lower);
    this.close(upper);
    return child.id;
  }

  /** Closes every shard. Readers finish what is in them. */
  end(): void {
    for (const shard of this.open.splice(0)) this.close(shard);
    this.announceRoom();
  }

  /** Removes what every consumer has acknowledged. Called by consumers. */
  trim(shard: LocalShard): void {
    let acknowledged = shard.records.end;
    for (const consumer of this.consumers.values())
      acknowledged = Math.min(acknowledged, consumer.acknowledgedTo(shard.id));
    if (acknowledged <= shard.records.first) return;
    const removed = shard.records.trimTo(acknowledged);
    for (const { data } of removed) this.retainedBytes -= data.length;
    this.retainedRecords -= removed.length;
    if (this.hasRoom()) this.announceRoom();
  }

  private put(entry: PutEntry, arrivedAt: Date): PutResult {
    for (let next = this.reshards[0]; next && next.after <= this.takenRecords; next = this.reshards[0]) {
      this.reshards.shift();
      next.reshard(this);
    }
    const { data, partitionKey, explicitHashKey } = entry;
    const key = explicitHashKey === undefined ? hashKeyOf(partitionKey) : explicitHashKeyOf(explicitHashKey);
    const shard = this.open.find(({ lastHashKey }) => key <= lastHashKey) as LocalShard;
    const sequenceNumber = String(this.firstSequenceNumber + BigInt(this.takenRecords));
    shard.records.add({ data, sequenceNumber, partitionKey, arrivedAt, shard: shard.id });
    this.takenRecords += 1;
    this.retainedRecords += 1;
    this.retainedBytes += data.length;
    return { sequenceNumber, shardId: shard.id };
  }

  private hasRoom(): boolean {
    if (this.open.length === 0) return true;
    return this.retainedRecords < this.capacity && this.retainedBytes < this.capacityBytes;
  }

  private async room(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => reject(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      this.waitingForRoom.push(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
    });
  }

  private announceRoom(): void {
    for (const resolve of this.waitingForRoom.splice(0)) resolve();
  }

  private addShard(parents: readonly string[], range: LocalShard['range']): LocalShard {
    const shard = new LocalShard(this.shardList.length, parents, range);
    this.shardList.push(shard);
    return shard;
  }

  private openShard(id: string): LocalShard {
    const shard = this.open.find((one) => one.id === id);
    if (!shard) throw serviceException('ResourceNotFoundException', `There is no open shard ${id}.`);
    return shard;
  }

  private close(shard: LocalShard): void {
    shard.isClosed = true;
    shard.announce();
  }
}

/**
 * A stream in this process.
 *
 * @throws HeadwaterError OPTION_INVALID when an option is out of range
 * @example
 * ```ts
 * const stream = createLocalStream({ shards: 4 });
 * await stream.putRecords([{ data: Buffer.from('{"id":1}'), partitionKey: 'u1' }]);
 * const { reader, checkpoints } = stream.consumer('sessions');
 * ```
 */
export function createLocalStream(options: LocalStreamOptions = {}): LocalStream {
  return new LocalStream(options);
}
