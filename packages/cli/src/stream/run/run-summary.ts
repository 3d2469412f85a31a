import type { InjectedFaults } from '@headwater/stream/local';
import type { ArchiveCounts } from '../archive/archived-inputs.ts';
import type { FoundIncident } from '../view/found-incident.ts';

/**
 * The accounts of a run, in records: `sent + copies = rows + duplicates + quarantined + filtered + unsent` of the lake, for an input that
 * was sent to its end.
 */
export interface RunAccounting {
  /** Records that the source gave in this run. */
  readonly sent: number;
  /** Copies of them that the stream has besides: the answer to a put was lost, and it was put again. */
  readonly copies: number;
  /** Records that the stream did not take. Each is a line of `unsent.jsonl`, which a load takes; the reasons are beside it. */
  readonly unsent: number;
  /** Records among those sent that an interrupted run had archived. */
  readonly before: number;
  /** What became of the records in the lake, those of interrupted runs included. */
  readonly lake: ArchiveCounts;
}

/** What the stream itself counted. What the table cannot say is null. */
export interface LiveCounts {
  /** Distinct events. */
  readonly events: number;
  /** Events that were counted before: equal rows, and records that were delivered again. */
  readonly repeated: number;
  /** Events that came too late to be counted. */
  readonly late: number;
  /** Records that are no event. */
  readonly rejected: number;
  readonly sessions: number | null;
  readonly purchases: number | null;
  /** Decimal text, as `abandonedValue`. */
  readonly revenue: string | null;
  readonly cartSessions: number | null;
  readonly abandonedSessions: number | null;
  readonly abandonedValue: string | null;
}

/** An incident that a detector found, without its rows. Times are those of events. */
export type SummarizedIncident = Omit<FoundIncident, 'id' | 'evidence' | 'at' | 'opened' | 'closed'> & {
  readonly opened: string;
  /** Null while it is open. */
  readonly closed: string | null;
};

/** The result of a run: the object that `headwater stream run --json` prints. */
export interface RunSummary {
  readonly table: string;
  readonly lake: string;
  readonly input: string;
  /** Whether it was stopped before the input ended. */
  readonly isStopped: boolean;
  readonly seconds: number;
  /** The first and the latest event time. Null without events. */
  readonly from: string | null;
  readonly to: string | null;
  /** The minute from which the sums of `live` are: that of the first event, or a later one where the store has forgotten earlier ones. */
  readonly countedFrom: string | null;
  readonly accounting: RunAccounting;
  /** Quarantined records of this run by `column:code`. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Quarantined records that earlier runs of the same loaded. `reasons` does not have theirs, and the quarantine of the lake has. */
  readonly quarantinedBefore: number;
  readonly live: LiveCounts;
  readonly incidents: number;
  /** The incidents that detectors found, in the order in which they were opened; the first thousand. Null without detection. */
  readonly found: readonly SummarizedIncident[] | null;
  /** Messages about carts that were left, and about products that are viewed together. */
  readonly reminders: { readonly carts: number; readonly pairs: number };
  /** Records that a handler gave up. Each is in `given-up.jsonl` with its payload. The lake has them. */
  readonly givenUp: number;
  /** The files with what was not sent, `unsent.jsonl`, or was given up, `given-up.jsonl`. */
  readonly reported: readonly string[];
  readonly loads: number;
  /** How often each fault was injected. Null without `--faults`. */
  readonly faults: InjectedFaults | null;
  /** What was created on AWS for the run. */
  readonly created: readonly string[];
}
