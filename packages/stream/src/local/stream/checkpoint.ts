/** What a consumer's handler returned for a window, to be passed to its next call. */
export type WindowState = Readonly<Record<string, unknown>>;

/** How far a consumer has come in a shard. */
export interface Checkpoint {
  /** The last record of the shard before which everything is done. Omitted before the first. */
  readonly sequenceNumber?: string;
  /** Set when the shard is closed and every record of it is done. Its children are read from then on. */
  readonly isFinished?: true;
  /** The tumbling window that is open, and its state. */
  readonly window?: { readonly start: number; readonly state: WindowState };
}

/** Where the checkpoints of one consumer are. */
export interface CheckpointStore {
  get(shard: string): Promise<Checkpoint | undefined>;
  /** Resolves when the checkpoint is kept. What lies before it is never delivered again. */
  set(shard: string, checkpoint: Checkpoint): Promise<void>;
}

/** Checkpoints in the memory of this process. */
export class MemoryCheckpoints implements CheckpointStore {
  private readonly checkpoints = new Map<string, Checkpoint>();

  async get(shard: string): Promise<Checkpoint | undefined> {
    return this.checkpoints.get(shard);
  }

  async set(shard: string, checkpoint: Checkpoint): Promise<void> {
    this.checkpoints.set(shard, checkpoint);
  }
}
