/** What one shard counted in a window of a subject that all shards have rows of. */
export interface WindowShare {
  /** The name of what is counted: the kind of a threshold. */
  readonly kind: string;
  readonly subject: string;
  /** The end of the window, in milliseconds since 1970. */
  readonly end: number;
  readonly shard: string;
  readonly count: number;
}

/** Adds up what shards counted. */
export interface ShareStore {
  /**
   * Stores what a shard counted, in place of what it had stored for the window, unless that was more. So a repeated delivery adds
   * nothing, and shards that were split or merged count what they had.
   *
   * @returns the sum over all shards. The last shard to add its share gets the whole.
   */
  addShare(share: WindowShare, now: Date): Promise<number>;
}
