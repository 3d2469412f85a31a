import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CaseKind } from './case-kind.ts';
import type { AttackLevel } from './level.ts';
import type { ScriptRows } from './script-rows.ts';

/** A span of seconds since the start of the run, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time in which the shop loses visits. */
export interface Outage extends Span {
  /** Percent of the rows that do not reach the shop. */
  readonly lost: number;
}

/** One case: an attacker, a campaign, a flood, or something that looks like one. */
export interface ScriptCase {
  readonly kind: CaseKind;
  readonly level: AttackLevel;
  /** Number of the case among those of its kind, from 1. */
  readonly number: number;
  /** Sessions of the case, from the first up to, but excluding, the last. */
  readonly firstSession: number;
  readonly lastSession: number;
  /** The product that a case of a product is about. -1 otherwise. */
  readonly product: number;
  /** The planned time of a case of the whole shop. People who came in it may stay longer. */
  readonly span: Span | undefined;
}

/** The attackers and look-alikes of a run. All is planned before the first row. */
export interface Script {
  readonly seed: number;
  readonly catalogue: Catalogue;
  readonly cases: readonly ScriptCase[];
  readonly rows: ScriptRows;
  /** Indexes into `rows`, in the order of their time. */
  readonly order: Int32Array;
  /**
   * The user of each session: `-1 - n` for the script's own user `n`, or a customer. That is an index into `customers` until
   * `chooseCustomers` has made it the number of a shopper.
   */
  readonly sessionUsers: Int32Array;
  /** For each customer, the second of the run before which that customer has visited the shop. */
  readonly customers: readonly number[];
  /** The case of each session. */
  readonly sessionCases: Int32Array;
  /** The number of the script's own users. */
  readonly users: number;
  readonly outages: readonly Outage[];
}
