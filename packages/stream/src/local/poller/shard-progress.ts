import type { StreamRecord } from '../../record/stream-record.ts';
import type { Checkpoint, CheckpointStore } from '../stream/checkpoint.ts';

/** A record that was read and is not checkpointed yet. */
export interface PendingRecord {
  readonly record: StreamRecord;
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number;
  isDone: boolean;
}

/** Which records of a shard are done. The checkpoint is the last one before which all are, in whatever order they were done. */
export class ShardProgress {
  /** The open tumbling window, which is kept with the checkpoint. */
  window: Checkpoint['window'];
  private readonly shard: string;
  private readonly store: CheckpointStore;
  private pending: PendingRecord[] = [];
  private head = 0;
  private sequenceNumber: string | undefined;
  private isFinished = false;
  private saving: Promise<void> = Promise.resolve();

  constructor(shard: string, store: CheckpointStore, last: Checkpoint | undefined) {
    this.shard = shard;
    this.store = store;
    this.sequenceNumber = last?.sequenceNumber;
    this.window = last?.window;
  }

  /** How many records are read and not checkpointed. */
  get outstanding(): number {
    return this.pending.length - this.head;
  }

  add(record: StreamRecord, readAt: number): PendingRecord {
    const pending = { record, readAt, isDone: false };
    this.pending.push(pending);
    return pending;
  }

  /** Marks records as done, and saves the checkpoint when it moved. */
  async done(records: readonly PendingRecord[]): Promise<void> {
    for (const record of records) record.isDone = true;
    const from = this.head;
    for (let next = this.pending[this.head]; next?.isDone; next = this.pending[this.head]) {
      this.sequenceNumber = next.record.sequenceNumber;
      this.head += 1;
    }
    if (this.head === from) return;
    if (this.head > 1024 && this.head * 2 > this.pending.length) {
      this.pending = this.pending.slice(this.head);
      this.head = 0;
    }
    await this.save();
  }

  /** Saves that the shard is closed and done. */
  async finish(): Promise<void> {
    this.isFinished = true;
    await this.save();
  }

  /** Saves the checkpoint. One save runs at a time, so that an older checkpoint never replaces a newer one. */
  async save(): Promise<void> {
    const saved = this.saving.then(() => this.store.set(this.shard, this.checkpoint()));
    this.saving = saved.catch(() => undefined);
    await saved;
  }

  private checkpoint(): Checkpoint {
    const { sequenceNumber, window, isFinished } = this;
    return {
      ...(sequenceNumber === undefined ? {} : { sequenceNumber }),
      ...(isFinished ? { isFinished } : {}),
      ...(window ? { window } : {}),
    };
  }
}
