import { type LiveOptions, openLiveAccount } from './live-account.ts';
import { liveRules } from './live-rules.ts';

/** What an account did about a rule. */
export interface LiveOutcome {
  readonly rule: string;
  readonly expected: string;
  readonly found: string;
  readonly isMet: boolean;
}

/**
 * Checks on an account of yours what emulators and documents cannot settle. It takes a few minutes and costs a few cents: about twenty
 * queries of 10 MB each, the least that Athena charges, and a few hundred requests. It removes what it made, also when a rule fails.
 *
 * @param onOutcome called after each rule
 */
export async function verifyLive(
  options: LiveOptions,
  onOutcome: (outcome: LiveOutcome) => void = () => undefined,
): Promise<LiveOutcome[]> {
  await using account = await openLiveAccount(options);
  const outcomes: LiveOutcome[] = [];
  for (const { name: rule, expected, check } of liveRules) {
    const found = await check(account).catch((error: unknown) => `failed: ${String(error)}`);
    const outcome = { rule, expected, found, isMet: found === expected };
    outcomes.push(outcome);
    onOutcome(outcome);
  }
  return outcomes;
}

/** @example outcomeLine(outcome) // 'ok    Athena projects the partitions and reads the files: 400 rows, sum 79900.00' */
export const outcomeLine = ({ rule, expected, found, isMet }: LiveOutcome): string =>
  isMet ? `ok    ${rule}: ${found}` : `WRONG ${rule}: ${found}; expected: ${expected}`;
