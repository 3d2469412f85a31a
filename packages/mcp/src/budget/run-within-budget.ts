import { type ErrorCode, isHeadwaterError } from '@headwater/core';
import { estimateScan, type Lake, type MetricQuery } from '@headwater/queries';
import { estimateLabel, type LabelledBytes, type ScanBudget } from './scan-budget.ts';
import { withSignal } from './with-signal.ts';

/** What a query was expected to read, and what it is charged for. */
export interface Scanned {
  readonly estimate: LabelledBytes;
  readonly charged: LabelledBytes;
}

type Query = MetricQuery<Record<string, unknown>>;

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
 *
 * @param read reads the rows; leaving early stops the engine
 * @throws HeadwaterError `SCAN_BUDGET_EXCEEDED`, `SESSION_BUDGET_EXCEEDED`, before the engine is given anything; those of the query
 */
export async function runWithinBudget<Answer>(
  { lake, query, budget, signal }: { lake: Lake; query: Query; budget: ScanBudget; signal: AbortSignal },
  read: (rows: AsyncIterableIterator<Record<string, unknown>>) => Promise<Answer>,
): Promise<Scanned & { readonly answer: Answer }> {
  for (let attempt = 1; ; attempt++) {
    const estimate = await withSignal(estimateScan(lake, query), signal);
    const reservation = budget.reserve(estimate, query.sql);
    let scanned: number | undefined;
    try {
      const rows = query.stream({
        signal,
        // A size is at least a byte. Files that came since the estimate have more.
        maxScan: Math.max(1, reservation.bytes),
        onFinish: ({ scannedBytes }) => {
          scanned = (scanned ?? 0) + scannedBytes;
        },
      });
      const answer = await read(rows);
      const charged = reservation.charge(scanned);
      return {
        answer,
        estimate: { bytes: reservation.bytes, label: estimateLabel(reservation.bytes) },
        charged,
      };
    } catch (error) {
      if (isHeadwaterError(error) && unrun.has(error.code)) reservation.release();
      else reservation.charge(scanned);
      if (isHeadwaterError(error, 'SCAN_BUDGET_EXCEEDED') && attempt < attempts) continue;
      throw error;
    }
  }
}
