import { HeadwaterError } from '@headwater/core';
import { byteSize } from '@headwater/core/internal';
import { type ScanEstimate, scanBudgetExceeded } from '@headwater/queries';

/** What calls may read. Sizes are texts such as `5 GB`, or bytes. */
export interface ScanBudgetOptions {
  /** The maximum that one call may read. */
  readonly perCall: string | number;
  /** The maximum that all calls of a session may read together. */
  readonly perSession: string | number;
  /** Seconds after which a session's budget is whole again. Defaults to never: the session is the process. */
  readonly renewSeconds?: number | undefined;
  /** Milliseconds since 1970. Defaults to the machine's clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * What is known about a number of bytes. `upper bound`: an estimate that nothing read exceeds. `exact`: what the engine
 * reported, or that nothing is read.
 */
export type ByteLabel = 'exact' | 'upper bound';

/** Bytes, and what is known about them. */
export interface LabelledBytes {
  readonly bytes: number;
  readonly label: ByteLabel;
}

/** The state of a session's budget. */
export interface BudgetState {
  readonly perCall: number;
  readonly perSession: number;
  /** What queries that ended have read. */
  readonly used: LabelledBytes;
  /** What queries that run may read. */
  readonly reserved: number;
  readonly left: number;
  /** When the budget is whole again, ISO 8601. */
  readonly renews?: string;
}

/** Bytes that are held for one query until it ends. Settling twice does nothing more. */
export interface Reservation {
  readonly bytes: number;
  /** The query ran. @param scanned what the engine reported; without it the reserved bytes are charged */
  charge(scanned?: number): LabelledBytes;
  /** The query did not run. */
  release(): void;
}

/**
 * A budget of bytes, for each call and for a session of calls. A reservation is made in one step, without waiting in
 * between, so calls at the same time cannot both pass the last of it.
 */
export class ScanBudget {
  readonly #perCall: number;
  readonly #perSession: number;
  readonly #renewMilliseconds: number;
  readonly #now: () => number;
  #began: number;
  #used = 0;
  #reserved = 0;
  #isExact = true;

  /** @throws HeadwaterError `OPTION_INVALID` */
  constructor({ perCall, perSession, renewSeconds = Number.POSITIVE_INFINITY, now }: ScanBudgetOptions) {
    this.#perCall = byteSize('perCall', perCall);
    this.#perSession = byteSize('perSession', perSession);
    if (!(renewSeconds > 0))
      throw new HeadwaterError('OPTION_INVALID', {
        option: 'renewSeconds',
        value: String(renewSeconds),
        expected: 'seconds, more than zero',
      });
    this.#renewMilliseconds = renewSeconds * 1000;
    this.#now = now ?? Date.now;
    this.#began = this.#now();
  }

  /**
   * Holds the most that a query may read.
   *
   * @param sql for the message; with placeholders
   * @throws HeadwaterError `SCAN_BUDGET_EXCEEDED` for more than one call may read, `SESSION_BUDGET_EXCEEDED` for more than is left
   */
  reserve(estimate: ScanEstimate, sql: string): Reservation {
    const bytes = estimate.mostBytes;
    if (bytes > this.#perCall) throw scanBudgetExceeded(sql, estimate, this.#perCall);
    const { left, perSession, renews } = this.state();
    if (bytes > left)
      throw new HeadwaterError('SESSION_BUDGET_EXCEEDED', {
        mostBytes: bytes,
        left,
        limit: perSession,
        ...(renews === undefined ? {} : { renews }),
      });
    this.#reserved += bytes;
    let isSettled = false;
    const settle = (): boolean => {
      if (isSettled) return false;
      isSettled = true;
      this.#reserved -= bytes;
      return true;
    };
    return {
      bytes,
      charge: (scanned) => {
        const charged = labelled(scanned, bytes);
        if (settle()) {
          this.#used += charged.bytes;
          this.#isExact &&= charged.label === 'exact';
        }
        return charged;
      },
      release: () => void settle(),
    };
  }

  /** What was used, is reserved, and is left. */
  state(): BudgetState {
    const passed = Math.floor((this.#now() - this.#began) / this.#renewMilliseconds);
    if (passed > 0) {
      this.#began += passed * this.#renewMilliseconds;
      this.#used = 0;
      this.#isExact = true;
    }
    const renews = this.#began + this.#renewMilliseconds;
    return {
      perCall: this.#perCall,
      perSession: this.#perSession,
      used: { bytes: this.#used, label: this.#isExact ? 'exact' : 'upper bound' },
      reserved: this.#reserved,
      // A query that read more than its estimate leaves less than nothing.
      left: Math.max(0, this.#perSession - this.#used - this.#reserved),
      ...(Number.isFinite(renews) ? { renews: new Date(renews).toISOString() } : {}),
    };
  }
}

/** The label of an estimate: nothing to read is exact, and everything else is a bound. */
export const estimateLabel = (mostBytes: number): ByteLabel => (mostBytes === 0 ? 'exact' : 'upper bound');

const labelled = (scanned: number | undefined, bound: number): LabelledBytes =>
  scanned === undefined ? { bytes: bound, label: estimateLabel(bound) } : { bytes: scanned, label: 'exact' };
