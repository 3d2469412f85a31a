import { setImmediate } from 'node:timers/promises';
import type { StreamRecord } from '../../record/stream-record.ts';
import { Wakeup } from '../clock/wakeup.ts';
import { deliverBatch } from './deliver-batch.ts';
import type { ShardContext } from './shard-context.ts';
import type { PendingRecord } from './shard-progress.ts';
import { TumblingWindow } from './tumbling-window.ts';

/** The largest delivery, and what a record adds to one beside its data. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
const deliveryBytes = 6 << 20;
const recordOverhead = 700;

const wireBytes = ({ data }: StreamRecord): number =>
  recordOverhead + (typeof data === 'string' ? data.length : Math.ceil(data.length / 3) * 4);

/** A batch that could be delivered, and whether waiting could make it larger. */
interface Candidate {
  readonly size: number;
  readonly isFull: boolean;
}

/** Delivers some of the records of a shard, one batch after the other: all of them, or those of some partition keys. */
export class Lane {
  private readonly context: ShardContext;
  private readonly window: TumblingWindow | undefined;
  private readonly more = new Wakeup();
  private queue: PendingRecord[] = [];
  private head = 0;
  private hasEnded = false;
  /** The records that arrived before this time are all in the queue, or were. */
  private readUntil = Number.NEGATIVE_INFINITY;

  constructor(context: ShardContext) {
    this.context = context;
    this.window = context.settings.tumblingWindow > 0 ? new TumblingWindow(context) : undefined;
    context.stop.addEventListener('abort', () => this.more.wake(), { once: true });
  }

  push(record: PendingRecord): void {
    this.queue.push(record);
  }

  /** Says that a page was read. `readUntil` is set when nothing older is unread. */
  wake(readUntil: number | undefined): void {
    if (readUntil !== undefined) this.readUntil = readUntil;
    this.more.wake();
  }

  /** Says that no record follows. */
  end(): void {
    this.hasEnded = true;
    this.more.wake();
  }

  /**
   * Delivers until the records end, or the event source stops.
   *
   * @param onDelivered called after each batch
   */
  async run(onDelivered: () => void): Promise<void> {
    const { stop } = this.context;
    while (!stop.aborted) {
      if (await this.closeWindow()) continue;
      const batch = this.takeBatch();
      if (batch) {
        await deliverBatch(this.context, batch, this.window);
        onDelivered();
        // A handler that waits for nothing would leave no turn to timers and signals.
        await setImmediate();
      } else if (this.hasEnded && this.queue.length === this.head) return;
      else await this.wait();
    }
  }

  /** Closes the open window when no more record can be of it. Whether it did. */
  private async closeWindow(): Promise<boolean> {
    const end = this.window?.end;
    if (!this.window || end === undefined) return false;
    const next = this.queue[this.head];
    const isOver = next ? this.window.isBeyond(next.record) : this.hasEnded || this.readUntil >= end;
    if (isOver) await this.window.close();
    return isOver;
  }

  private takeBatch(): readonly PendingRecord[] | undefined {
    const first = this.queue[this.head];
    if (!first) return undefined;
    this.window?.open(first.record);
    const { size, isFull } = this.candidate();
    if (!isFull && !this.hasEnded && this.context.clock.now() < this.deadline(first)) return undefined;
    const batch = this.queue.slice(this.head, this.head + size);
    this.head += size;
    if (this.head > 1024 && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
    return batch;
  }

  private candidate(): Candidate {
    const { batchSize } = this.context.settings;
    let bytes = 0;
    let size = 0;
    for (let next = this.queue[this.head]; next; next = this.queue[this.head + size]) {
      if (size === batchSize) return { size, isFull: true };
      bytes += wireBytes(next.record);
      // A record alone is delivered however large it is: it would block its shard otherwise.
      if (size > 0 && bytes > deliveryBytes) return { size, isFull: true };
      if (this.window?.isBeyond(next.record)) return { size, isFull: true };
      size += 1;
    }
    return { size, isFull: size === batchSize };
  }

  private deadline(first: PendingRecord): number {
    return first.readAt + this.context.settings.batchWindow * 1000;
  }

  private async wait(): Promise<void> {
    const first = this.queue[this.head];
    const { clock } = this.context;
    if (first) await this.more.waitAtMost(Math.max(this.deadline(first) - clock.now(), 0), clock);
    else await this.more.wait();
  }
}
