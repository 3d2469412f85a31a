import type { StreamRecord } from '../../record/stream-record.ts';

/** The records of a shard, by their position in it. Positions count from 0 and stay when older records are trimmed. */
export class RetainedRecords {
  /** The position of the oldest record that is still here. */
  first = 0;
  private records: StreamRecord[] = [];
  /** Records at the head of `records` that are trimmed. They are removed many at a time. */
  private trimmed = 0;

  /** The position of the next record. */
  get end(): number {
    return this.first + this.records.length - this.trimmed;
  }

  add(record: StreamRecord): void {
    this.records.push(record);
  }

  /** Up to `limit` records from a position on. */
  from(position: number, limit: number): StreamRecord[] {
    const start = Math.max(position - this.first, 0) + this.trimmed;
    return this.records.slice(start, start + limit);
  }

  /** The position of the first record for which `isAfter` holds. It holds for all that follow as well. */
  positionWhere(isAfter: (record: StreamRecord) => boolean): number {
    let low = this.trimmed;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const record = this.records[middle];
      if (record && isAfter(record)) high = middle;
      else low = middle + 1;
    }
    return this.first + low - this.trimmed;
  }

  /**
   * Removes the records before a position.
   *
   * @returns those that it removed
   */
  trimTo(position: number): StreamRecord[] {
    const count = Math.min(Math.max(position - this.first, 0), this.records.length - this.trimmed);
    const removed = this.records.slice(this.trimmed, this.trimmed + count);
    this.trimmed += count;
    this.first += count;
    if (this.trimmed > 1024 && this.trimmed * 2 > this.records.length) {
      this.records = this.records.slice(this.trimmed);
      this.trimmed = 0;
    }
    return removed;
  }
}
