import type { PendingRecord } from './pending-record.ts';
import type { PutEntry } from './record-sink.ts';

/** The most that one request has. */
export interface RequestLimits {
  readonly records: number;
  readonly bytes: number;
}

/** Records of one partition key, in the order in which they came. The first one is ready, or is busy in a request. */
type Lane<Entry extends PutEntry> = PendingRecord<Entry>[];

/**
 * The records of a buffer, in lanes. Only the first record of a lane is given to a request, and the next one waits until it is sent or
 * given up, so nothing overtakes in a lane. Lanes take turns.
 */
export class Lanes<Entry extends PutEntry> {
  readonly #isOrdered: boolean;
  readonly #lanes = new Map<unknown, Lane<Entry>>();
  /** Lanes whose first record waits for a request: the order of a set is that of insertion. */
  readonly #ready = new Set<Lane<Entry>>();
  #readyBytes = 0;

  /** @param isOrdered whether the records of a partition key keep their order; otherwise each record is a lane of its own */
  constructor(isOrdered: boolean) {
    this.#isOrdered = isOrdered;
  }

  /** Whether the records that are ready fill a request. */
  isFull(limits: RequestLimits): boolean {
    return this.#ready.size >= limits.records || this.#readyBytes >= limits.bytes;
  }

  get isReady(): boolean {
    return this.#ready.size > 0;
  }

  /** Appends a record to its lane. */
  add(record: PendingRecord<Entry>): void {
    const lane = this.#lanes.get(this.#keyOf(record));
    if (lane) lane.push(record);
    else {
      const created = [record];
      this.#lanes.set(this.#keyOf(record), created);
      this.#makeReady(created, record);
    }
  }

  /** The records of the next request, which are busy until they are removed or put back. */
  take(limits: RequestLimits): PendingRecord<Entry>[] {
    const taken: PendingRecord<Entry>[] = [];
    let bytes = 0;
    for (const lane of this.#ready) {
      const [record] = lane;
      if (record === undefined || taken.length === limits.records) break;
      if (taken.length > 0 && bytes + record.bytes > limits.bytes) break;
      bytes += record.bytes;
      taken.push(record);
      this.#ready.delete(lane);
    }
    this.#readyBytes -= bytes;
    return taken;
  }

  /** Removes a busy record. @returns the next one of its lane, which is now ready */
  remove(record: PendingRecord<Entry>): PendingRecord<Entry> | undefined {
    const key = this.#keyOf(record);
    const lane = this.#lanes.get(key);
    lane?.shift();
    const next = lane?.[0];
    if (lane && next) this.#makeReady(lane, next);
    else this.#lanes.delete(key);
    return next;
  }

  /** Makes a busy record ready again. */
  putBack(record: PendingRecord<Entry>): void {
    const lane = this.#lanes.get(this.#keyOf(record));
    if (lane) this.#makeReady(lane, record);
  }

  #makeReady(lane: Lane<Entry>, first: PendingRecord<Entry>): void {
    this.#ready.add(lane);
    this.#readyBytes += first.bytes;
  }

  #keyOf(record: PendingRecord<Entry>): unknown {
    return this.#isOrdered ? record.entry.partitionKey : record;
  }
}
