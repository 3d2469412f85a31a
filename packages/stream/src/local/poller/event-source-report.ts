/** What an event source did. */
export interface EventSourceReport {
  /** Invocations of the handler. */
  invocations: number;
  /** Invocations with records that an earlier one had. */
  retries: number;
  /** Batches that were split in two. */
  bisections: number;
  /** Records that are done, those given up among them. */
  records: number;
  /** Records that were given up, and went to the failure destination. */
  givenUp: number;
  /** Shards that were read to their end. */
  finishedShards: number;
}

/** A report of nothing. */
export const emptyReport = (): EventSourceReport => ({
  invocations: 0,
  retries: 0,
  bisections: 0,
  records: 0,
  givenUp: 0,
  finishedShards: 0,
});
