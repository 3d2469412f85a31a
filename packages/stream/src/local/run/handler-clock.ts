import type { RecordReader } from '../../record/record-reader.ts';
import type { EventResult } from '../../record/record-result.ts';
import type { StreamRecord } from '../../record/stream-record.ts';
import { EventClock } from './event-clock.ts';

/** Deliveries to other shards after which a shard is taken for idle or closed. */
const idleDeliveries = 1_000;
/** How many records of a shard are looked through for one that is an event. */
const lookedAt = 16;

/** What a handler's clock reads. */
export interface HandlerClockOptions<Event> {
  readonly read: RecordReader<Event>;
  /** The column of the role `time`. */
  readonly timeColumn: string | undefined;
  /** The first records of each shard that the handler has yet to acknowledge, where the stream can say so. */
  readonly unacknowledged: ((limit: number) => readonly (readonly StreamRecord[])[]) | undefined;
}

/**
 * The event time up to which a handler has the events of all shards. Shards are not read at one pace, and a delivery may span days of a
 * quiet shop: a handler that took the latest event time for now would take the events of another shard, or of the same delivery, for
 * too late. The time never goes back.
 */
export class HandlerClock<Event> {
  readonly latest: EventClock;
  private readonly options: HandlerClockOptions<Event>;
  private readonly shards = new Map<string, { readonly time: number; readonly delivery: number }>();
  private deliveries = 0;
  private last: number | undefined;

  constructor(options: HandlerClockOptions<Event>) {
    this.options = options;
    this.latest = new EventClock(options.timeColumn);
  }

  /** The time for a delivery. Undefined before the first event. */
  at(shard: string, events: readonly EventResult<Event>[], isRetry: boolean): Date | undefined {
    const times = events.flatMap(({ event }) => this.latest.timeOf(event) ?? []);
    if (!isRetry) for (const { event } of events) this.latest.see(event, shard);
    const latest = this.latest.time?.getTime();
    const complete = Math.min(this.completeTime(shard, times), latest ?? Number.POSITIVE_INFINITY);
    if (complete !== Number.POSITIVE_INFINITY) this.last = Math.max(this.last ?? complete, complete);
    return this.last === undefined ? undefined : new Date(this.last);
  }

  /** Before it, all shards are done, as far as is known. */
  private completeTime(shard: string, times: readonly number[]): number {
    const { unacknowledged } = this.options;
    if (unacknowledged) return least(unacknowledged(lookedAt).map((records) => this.firstTime(records)));
    // Kinesis cannot say what it has. Each shard is taken to be as far as its last delivery was.
    this.deliveries += 1;
    const [first = Number.POSITIVE_INFINITY] = times;
    const others = [...this.shards].map(([name, { time }]) =>
      name === shard ? Number.POSITIVE_INFINITY : time,
    );
    const time = times.reduce((latest, one) => Math.max(latest, one), this.shards.get(shard)?.time ?? first);
    if (time !== Number.POSITIVE_INFINITY) this.shards.set(shard, { time, delivery: this.deliveries });
    for (const [name, { delivery }] of this.shards)
      if (delivery < this.deliveries - idleDeliveries) this.shards.delete(name);
    return least([...others, ...times]);
  }

  private firstTime(records: readonly StreamRecord[]): number {
    for (const record of records) {
      const result = this.options.read(record);
      if (result.kind === 'event') return this.latest.timeOf(result.event) ?? Number.POSITIVE_INFINITY;
    }
    return Number.POSITIVE_INFINITY;
  }
}

const least = (times: readonly number[]): number =>
  times.reduce((lowest, time) => Math.min(lowest, time), Number.POSITIVE_INFINITY);
