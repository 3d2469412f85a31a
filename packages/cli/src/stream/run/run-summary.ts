import type { ArchiveCounts } from '../archive/archived-inputs.ts';

/** The accounts of a run, in records. */
export interface RunAccounting {
  /** Records that the source gave in this run. */
  readonly sent: number;
  /** Copies of records that retries put into the stream once more. */
  readonly copies: number;
  /** Records that the stream did not take; each was reported with its reason and payload. */
  readonly unsent: number;
  /** Records that interrupted runs over the same input had archived, and that came again. */
  readonly before: number;
  /** What became of every record of the input in the lake, of this run and of interrupted ones. */
  readonly lake: ArchiveCounts;
}

/** The result of a run: the object that `headwater stream run --json` prints. */
export interface RunSummary {
  readonly table: string;
  readonly lake: string;
  readonly input: string;
  /** Whether it was stopped before the input ended. */
  readonly isStopped: boolean;
  readonly seconds: number;
  /** The first and last event time. Null without events. */
  readonly from: string | null;
  readonly to: string | null;
  readonly accounting: RunAccounting;
  /** Whether every record is archived, a duplicate, quarantined or reported. */
  readonly isBalanced: boolean;
  /** Rejected records by `column:code`. */
  readonly reasons: Readonly<Record<string, number>>;
  /** What the stream itself counted. */
  readonly live: {
    /** Distinct events, those that came again, those that came too late, and records that are no event. */
    readonly events: number;
    readonly duplicates: number;
    readonly late: number;
    readonly rejected: number;
    readonly sessions: number | null;
    readonly purchases: number | null;
    readonly revenue: string | null;
    readonly cartSessions: number | null;
    readonly abandonedSessions: number | null;
    readonly abandonedValue: string | null;
  };
  readonly incidents: number;
  /** Records that a handler gave up, which are in the failure destination with their payload. */
  readonly givenUp: number;
  readonly loads: number;
}
