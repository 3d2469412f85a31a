import { compareSequenceNumbers } from '../../record/sequence-number.ts';
import { endOf, type HashRange } from './hash-range.ts';
import { RetainedRecords } from './retained-records.ts';
import type { ShardDescription, ShardPosition } from './shard-reader.ts';

/** A shard of the stream in this process. */
export class LocalShard implements ShardDescription {
  readonly id: string;
  readonly parents: readonly string[];
  readonly range: HashRange;
  /** The highest hash key, in the form of `hashKeyOf`. */
  readonly lastHashKey: string;
  readonly records = new RetainedRecords();
  /** Set by a split, a merge, and the end of the stream. A closed shard takes no more records. */
  isClosed = false;
  private readonly waiting = new Set<() => void>();

  constructor(number: number, parents: readonly string[], range: HashRange) {
    this.id = `shardId-${String(number).padStart(12, '0')}`;
    this.parents = parents;
    this.range = range;
    this.lastHashKey = endOf(range);
  }

  /** Whether a reader at this position has anything to learn: a record, or that there will be none. */
  hasNewsAt(position: number): boolean {
    return this.isClosed || position < this.records.end;
  }

  positionOf(position: ShardPosition): number {
    const { records } = this;
    switch (position.type) {
      case 'TRIM_HORIZON':
        return records.first;
      case 'LATEST':
        return records.end;
      case 'AFTER_SEQUENCE_NUMBER':
        return records.positionWhere(
          (record) => compareSequenceNumbers(record.sequenceNumber, position.sequenceNumber) > 0,
        );
      case 'AT_TIMESTAMP':
        return records.positionWhere(
          (record) => (record.arrivedAt ?? position.timestamp) >= position.timestamp,
        );
    }
  }

  /** Calls back, once, when the shard gets a record or is closed. Returns what takes the callback back. */
  onNews(callback: () => void): () => void {
    this.waiting.add(callback);
    return () => this.waiting.delete(callback);
  }

  announce(): void {
    if (this.waiting.size === 0) return;
    const callbacks = [...this.waiting];
    this.waiting.clear();
    for (const callback of callbacks) callback();
  }
}
