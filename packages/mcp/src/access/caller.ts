import type { ScanBudget, Viewer } from '@headwater/access';

/**
 * Waits for a caller's turn to run a query.
 * @throws HeadwaterError `CALLER_BUSY`, `QUERY_QUEUE_FULL`, `QUERY_QUEUE_TIMEOUT`
 */
export type TakeTurn = (signal: AbortSignal) => Promise<() => void>;

/** Who asks: the rows and columns that it may see, and what it may read. Nothing of this comes from a call. */
export interface Caller extends Viewer {
  /** For logs. */
  readonly name: string;
  readonly budget: ScanBudget;
  /** Waits until it may run a query, and gives what ends its turn. Undefined where nobody else asks. */
  readonly takeTurn: TakeTurn | undefined;
}
