import type { InjectedFaults } from '../faults/fault-plan.ts';
import type { EventSourceReport } from '../poller/event-source-report.ts';
import type { ArchiveCounts } from './archive.ts';
import type { RecordCounts } from './stream-tally.ts';

/** What a consumer did in a run. */
export interface HandlerReport extends EventSourceReport {
  /** How often its process ended and started again. */
  restarts: number;
}

/** What a run did. `sent = archive.rows + archive.duplicates + archive.quarantined + archive.filtered + unsent`. */
export interface StreamReport {
  /** Whether the signal ended the run before the source did. What was sent is archived all the same. */
  readonly isStopped: boolean;
  /** Records that the source gave. */
  readonly taken: number;
  /**
   * Copies that the stream has beside those: a producer sends a record again when its put succeeded but the answer was lost. The
   * archive has them as duplicates, and handlers count an event once.
   */
  readonly repeated: number;
  /** `taken + repeated`. */
  readonly sent: number;
  /** Records that could not be put into the stream. They were given to `onUnsent`. */
  readonly unsent: number;
  readonly records: RecordCounts;
  readonly archive: ArchiveCounts;
  readonly handlers: Readonly<Record<string, HandlerReport>>;
  /** Shards that were closed and read to their end. */
  readonly shards: number;
  /** The latest event time. Omitted without an event. */
  readonly eventTime?: Date;
  /** How often each fault happened, where there was a plan. */
  readonly faults?: InjectedFaults;
}

/** Where a run is. */
export interface StreamTick {
  readonly taken: number;
  readonly unsent: number;
  readonly records: RecordCounts;
  /** Records that the stream has and a consumer has yet to acknowledge, by the names of the consumers. `archive` is one of them. */
  readonly behind: Readonly<Record<string, number>>;
  /** Records that were given up by handlers. */
  readonly givenUp: number;
  readonly eventTime?: Date;
}
