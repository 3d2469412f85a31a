/** What one shard has counted lately. */
export interface ShardSummary {
  readonly shard: string;
  /** How far it is in event time, in milliseconds since 1970. */
  readonly until: number;
  readonly summary: Uint8Array;
}

/** A summary that is stored. */
export interface StoredSummary extends ShardSummary {
  /** When the shard was heard of last, in milliseconds since 1970, by the wall clock. */
  readonly at: number;
}

/** Brings together what shards count, for whoever judges all of it. */
export interface SummaryStore {
  /**
   * Stores the summary of a shard, in place of what it had stored, unless that is of a later time.
   *
   * @param name what is counted
   * @returns the summaries of all shards, the own one among them. Whichever shard comes last gets those of all
   */
  exchangeSummary(name: string, own: ShardSummary, now: Date): Promise<readonly StoredSummary[]>;
}
