import type { StreamRecord } from '../../record/stream-record.ts';

/** What an archive has of the records that it was given. */
export interface ArchiveCounts {
  /** Rows that are events, each once. */
  readonly rows: number;
  /** Rows that are another copy of one of those. */
  readonly duplicates: number;
  readonly quarantined: number;
  /** Rows that the conditions of the source leave out. */
  readonly filtered: number;
}

/** What keeps every record of a stream. */
export interface Archive {
  /**
   * Keeps records of a shard, in order. Once it resolves they are acknowledged, and are never given again. Before, a failure gives some
   * of them again: an archive skips those up to the last sequence number that it has of the shard.
   */
  write(shard: string, records: readonly StreamRecord[]): Promise<void>;
  /** Brings what was written to its place, at the end of a run. Counts of more than this run may be among those that it gives. */
  flush(): Promise<ArchiveCounts>;
}
