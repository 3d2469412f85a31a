import type { NulledValue, RejectReason } from '@headwater/core';

/** A record that is an event. */
export interface EventResult<Event> {
  readonly kind: 'event';
  readonly event: Event;
  /** That of the record. */
  readonly sequenceNumber: string;
  /** The lookups that have no row for the event, and gave nulls. Omitted when there are none. */
  readonly unmatched?: readonly string[];
  /** The bad values that are null in the event, of columns with `invalid: 'null'`. Omitted when there are none. */
  readonly nulled?: readonly NulledValue[];
}

/** A record that is no event. Reading it again gives the same, so it is never worth a retry. */
export interface RejectedRecord {
  readonly kind: 'rejected';
  /** Why, with the codes of loads: those of values in column order, or one of the whole record, whose column is null. */
  readonly reasons: readonly RejectReason[];
  /**
   * The text of the record. Bytes that are not UTF-8 are `\xNN` in it, as in the quarantine of a lake; data that is not base64 is
   * as it came.
   */
  readonly raw: string;
  /** That of the record. */
  readonly sequenceNumber: string;
}

/** A record that the conditions of its source leave out. */
export interface FilteredRecord {
  readonly kind: 'filtered';
  /** That of the record. */
  readonly sequenceNumber: string;
}

/** What a record is. It is `filtered` only where the reader has a source with conditions. */
export type RecordResult<Event> = EventResult<Event> | RejectedRecord | FilteredRecord;
