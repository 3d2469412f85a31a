import type { LiveAccount } from './live-account.ts';

/** A rule of AWS that the tests of Headwater take from documents, and only an account can settle. */
export interface LiveRule {
  readonly name: string;
  /** What the account has to do. `check` gives what it did, in the same words when the rule holds. */
  readonly expected: string;
  check(account: LiveAccount): Promise<string>;
}
