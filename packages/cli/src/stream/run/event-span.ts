import type { SourceRecord } from '../source/source-record.ts';

/** Sees when the events of a source happened. */
export interface EventSpan {
  over(records: AsyncIterable<SourceRecord>): AsyncIterable<SourceRecord>;
  /**
   * The minute from which stores have counts: that of the first event so far, unless they have forgotten it.
   * @param now the latest event time
   */
  since(now: Date): Date;
}

/**
 * Creates the span of a source. Stores are asked for its minutes, and not for all that could be.
 *
 * @param kept milliseconds for which counts are kept
 */
export function eventSpan(kept: number): EventSpan {
  let earliest = Number.POSITIVE_INFINITY;
  return {
    async *over(records) {
      for await (const record of records) {
        if (record.eventTime) earliest = Math.min(earliest, record.eventTime.getTime());
        yield record;
      }
    },
    since(now) {
      const first = Math.max(Math.min(earliest, now.getTime()), now.getTime() - kept);
      return new Date(Math.floor(first / 60_000) * 60_000);
    },
  };
}
