import { hash } from 'node:crypto';
import type { StreamRecord } from '../../record/stream-record.ts';
import { Wakeup } from '../clock/wakeup.ts';
import type { ShardPage, ShardPosition } from '../stream/shard-reader.ts';
import { Lane } from './lane.ts';
import type { ShardContext } from './shard-context.ts';

/** Reads that the service may refuse for a while, by the names of their exceptions. */
const transient = new Set([
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'TimeoutError',
]);

/** The largest read. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const pageRecords = 10_000;

/** How a shard ended: read to its end, or stopped, or drained, before. */
export type ShardEnd = 'finished' | 'drained' | 'stopped';

/** Reads one shard and delivers its records. */
export class ShardPoller {
  private readonly context: ShardContext;
  private readonly lanes: readonly Lane[];
  private readonly room = new Wakeup();
  /** How many records are read ahead of the checkpoint at most. Memory is bounded by it. */
  private readonly readAhead: number;
  private lastRead: string | undefined;
  private readonly stopOrDrain: AbortSignal;
  private readonly start: ShardPosition;

  constructor(context: ShardContext, start: ShardPosition) {
    this.context = context;
    this.start = start;
    const { drain } = context.options;
    this.stopOrDrain = drain ? AbortSignal.any([context.stop, drain]) : context.stop;
    const { batchSize, parallelizationFactor } = context.settings;
    this.readAhead = Math.max(2 * batchSize * parallelizationFactor, 1_000);
    this.lanes = Array.from({ length: parallelizationFactor }, () => new Lane(context));
    context.stop.addEventListener('abort', () => this.room.wake(), { once: true });
  }

  /**
   * Runs until the shard ends.
   *
   * @param fail stops all parts of the event source: the shard cannot go on
   */
  async run(fail: (error: unknown) => void): Promise<ShardEnd> {
    const wake = (): void => this.room.wake();
    let end = 'stopped' as ShardEnd;
    const reading = this.read().then((how) => {
      end = how;
      for (const lane of this.lanes) lane.end();
    });
    await Promise.all([reading, ...this.lanes.map((lane) => lane.run(wake))].map((part) => part.catch(fail)));
    const { stop, progress, report } = this.context;
    if (stop.aborted) return 'stopped';
    if (end === 'finished') {
      await progress.finish();
      report.finishedShards += 1;
    }
    return end;
  }

  private async read(): Promise<ShardEnd> {
    const { options, progress, clock, stop } = this.context;
    const idleMs = options.idleMs ?? 250;
    let iterator = await this.iterator();
    // A stream may answer that there is nothing a moment before what was just put shows.
    let emptyReads = 0;
    while (!stop.aborted) {
      const room = this.readAhead - progress.outstanding;
      // Few large reads: the service allows five a second for each shard.
      if (room < this.readAhead / 2) {
        await this.room.wait();
        continue;
      }
      const isDraining = options.drain?.aborted === true;
      const readAt = clock.now();
      const page = await this.page(iterator, Math.min(room, pageRecords));
      if (!page) {
        iterator = await this.iterator();
        continue;
      }
      this.distribute(page, readAt);
      if (page.next === undefined) return 'finished';
      iterator = page.next;
      if (page.records.length > 0) {
        emptyReads = 0;
        continue;
      }
      emptyReads = isDraining && page.isLatest ? emptyReads + 1 : 0;
      if (emptyReads === 2) return 'drained';
      if (emptyReads === 0) await this.idle(iterator, idleMs);
    }
    return 'stopped';
  }

  /** Waits for more records, or for the event source to stop or drain. */
  private async idle(iterator: string, ms: number): Promise<void> {
    const { options, stop } = this.context;
    // Once draining has begun it ends no wait any more: reads would follow each other without a pause.
    await options.reader.wait(iterator, ms, options.drain?.aborted ? stop : this.stopOrDrain);
  }

  /** One page. Undefined when the iterator was too old. Waits while the service refuses reads. */
  private async page(iterator: string, limit: number): Promise<ShardPage | undefined> {
    const { options, clock, stop } = this.context;
    for (;;) {
      try {
        return await options.reader.read(iterator, limit, stop);
      } catch (error) {
        if (stop.aborted) return { records: [], next: iterator, isLatest: false };
        const { name } = error as Error;
        if (name === 'ExpiredIteratorException') return undefined;
        if (!transient.has(name)) throw error;
        await clock.sleep(options.idleMs ?? 250, stop);
      }
    }
  }

  private distribute(page: ShardPage, readAt: number): void {
    const { progress } = this.context;
    for (const record of page.records) {
      this.laneOf(record).push(progress.add(record, readAt));
      this.lastRead = record.sequenceNumber;
    }
    for (const lane of this.lanes) lane.wake(page.isLatest ? readAt : undefined);
  }

  /** A partition key is always of the same lane, which keeps the order of its records. */
  private laneOf({ partitionKey = '' }: StreamRecord): Lane {
    const [only] = this.lanes;
    if (this.lanes.length === 1 && only) return only;
    const digest = hash('md5', partitionKey, 'buffer').readUInt32BE(0);
    return this.lanes[digest % this.lanes.length] as Lane;
  }

  private async iterator(): Promise<string> {
    const { shard, options, stop } = this.context;
    const position: ShardPosition =
      this.lastRead === undefined
        ? this.start
        : { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: this.lastRead };
    return options.reader.iterator(shard, position, stop);
  }
}
