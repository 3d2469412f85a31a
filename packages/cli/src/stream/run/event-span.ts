import type { SourceRecord } from '../source/source-record.ts';

/** When the events of a source happened. */
export interface EventRange {
  /** The first event, and the latest one. */
  readonly from: Date;
  readonly to: Date;
  /** The minute from which a store has counts: that of the first event, unless it has forgotten it. */
  readonly counted: Date;
}

/** Sees when the events of a source happened. */
export interface EventSpan {
  over(records: AsyncIterable<SourceRecord>): AsyncIterable<SourceRecord>;
  /**
   * Undefined before the first event.
   * @param clock event time as the stream has it, which does not believe a single event far ahead
   */
  range(clock: Date | undefined): EventRange | undefined;
}

/**
 * Creates the span of a source. Stores are asked for its minutes, and not for all that could be.
 *
 * @param kept milliseconds for which counts are kept
 */
export function eventSpan(kept: number): EventSpan {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    async *over(records) {
      for await (const record of records) {
        const time = record.eventTime?.getTime();
        if (time !== undefined) {
          first = Math.min(first, time);
          last = Math.max(last, time);
        }
        yield record;
      }
    },
    range(clock) {
      if (first > last) return undefined;
      const counted = Math.floor(Math.max(first, (clock?.getTime() ?? last) - kept) / 60_000) * 60_000;
      return { from: new Date(first), to: new Date(last), counted: new Date(counted) };
    },
  };
}
