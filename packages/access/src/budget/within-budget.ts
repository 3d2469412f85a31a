import { type ErrorCode, isHeadwaterError } from '@headwater/core';
import {
  estimateScan,
  type Lake,
  type MetricQuery,
  type QueryOptions,
  type QueryText,
} from '@headwater/queries';
import { estimateLabel, type LabelledBytes, type Reservation, type ScanBudget } from './scan-budget.ts';
import { withSignal } from './with-signal.ts';

/** What a query was expected to read, and what it was charged for. */
export interface Scanned {
  readonly estimate: LabelledBytes;
  readonly charged: LabelledBytes;
  /** Whether the service took the answer from an earlier run, which may be older than the last commit. */
  readonly isReused: boolean;
}

/** A query, and the budget that has to hold what it may read. */
export interface BudgetedQuery {
  readonly lake: Lake;
  /** What is reserved is what then runs: for a metric, the statement over a rollup where one answers. */
  readonly query: QueryText | (QueryText & Pick<MetricQuery<unknown>, 'statement'>);
  readonly budget: ScanBudget;
  readonly signal: AbortSignal;
  /** Told once, when the query has ended, however it ended; not for one that was refused before it ran. */
  readonly onScanned?: ((scanned: Scanned) => void) | undefined;
}

/** Errors of a query that the engine was not given. */
const unrun: ReadonlySet<ErrorCode> = new Set([
  'SCAN_BUDGET_EXCEEDED',
  'SCAN_UNBOUNDED',
  'SCHEMA_INCOMPATIBLE',
  'PARTITIONING_CHANGED',
  'QUERY_QUEUE_FULL',
  'QUERY_QUEUE_TIMEOUT',
  'QUERY_TOO_LONG',
  'QUERY_PARAMETER_INVALID',
  'LAKE_CLOSED',
  'LAKE_NOT_FOUND',
  'PACKAGE_MISSING',
]);

const attempts = 3;

/**
 * Runs a query when its budget holds all that it may read. The estimate is reserved before the engine is given anything, and
 * it is the query's own maximum: when a commit has made the files larger since, the query is refused, and estimated anew. What
 * the engine reports replaces the reservation; an engine that reports nothing, or a query that was stopped, is charged for all of it.
 * Leaving early stops the engine.
 *
 * @param begin runs the query with these options
 * @throws HeadwaterError `SCAN_BUDGET_EXCEEDED`, `SESSION_BUDGET_EXCEEDED`, before the engine is given anything; those of the query
 * @example for await (const row of withinBudget(asked, (options) => query.stream(options))) …
 */
export async function* withinBudget<Part>(
  { lake, query, budget, signal, onScanned }: BudgetedQuery,
  begin: (options: QueryOptions) => AsyncIterable<Part>,
): AsyncGenerator<Part, void, undefined> {
  for (let attempt = 1; ; attempt++) {
    // A rollup that fails is replaced by the events, which are more than was reserved: in the end they alone are asked.
    const noRollup = attempt === attempts;
    const estimate = await withSignal(estimateScan(lake, query, { noRollup }), signal);
    const reservation = budget.reserve(estimate, query.sql);
    let scanned: number | undefined;
    let isReused = false;
    let isSeen = false;
    let isUnrun = false;
    const options: QueryOptions = {
      signal,
      noRollup,
      // A size is at least a byte. Files that came since the estimate have more.
      maxScan: Math.max(1, reservation.bytes),
      onFinish: ({ scannedBytes, reused }) => {
        isReused ||= reused;
        scanned = (scanned ?? 0) + scannedBytes;
      },
    };
    try {
      for await (const part of begin(options)) {
        isSeen = true;
        yield part;
      }
      return;
    } catch (error) {
      isUnrun = isHeadwaterError(error) && unrun.has(error.code);
      if (isSeen || attempt >= attempts || !isHeadwaterError(error, 'SCAN_BUDGET_EXCEEDED')) throw error;
    } finally {
      // A reader that leaves ends here as well.
      if (isUnrun) reservation.release();
      else {
        const told = { ...scannedOf(reservation, scanned), isReused };
        onScanned?.(told);
      }
    }
  }
}

const scannedOf = (reservation: Reservation, scanned: number | undefined) => ({
  estimate: { bytes: reservation.bytes, label: estimateLabel(reservation.bytes) },
  charged: reservation.charge(scanned),
});
