import { isHeadwaterError } from '@headwater/core';

/** Events that are processed together, such as those of an actor. */
export interface EventGroup {
  /** Those of its records, at least one. */
  readonly sequenceNumbers: readonly string[];
}

/** How groups are processed. */
export interface SettleOptions {
  /** How many groups at a time. */
  readonly concurrency: number;
  isOutOfTime(): boolean;
}

/** What became of the groups. */
export interface SettledGroups {
  /** The sequence numbers of the groups that were not processed. */
  readonly unprocessed: readonly string[];
  /** Why the first of them failed. Omitted when time ran out. */
  readonly error?: unknown;
}

/**
 * Processes groups in their order, some at a time. When one fails, or time runs out, no other is begun: a store that is throttled gets no
 * more requests, and the groups that are left are those of the highest records, if groups are in the order of their first ones. At
 * least one group is begun whatever time is left, so that a delivery that is repeated gets on.
 *
 * @param work processes a group. What it throws is a failure of the group
 */
export async function settleGroups<Group extends EventGroup>(
  groups: readonly Group[],
  work: (group: Group) => Promise<void>,
  { concurrency, isOutOfTime }: SettleOptions,
): Promise<SettledGroups> {
  const unprocessed: string[] = [];
  const errors: unknown[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < groups.length && errors.length === 0 && (begun === 0 || !isOutOfTime())) {
      const group = groups[begun];
      begun += 1;
      if (!group) return;
      try {
        await work(group);
      } catch (error) {
        errors.push(error);
        unprocessed.push(...group.sequenceNumbers);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, groups.length) }, worker));
  for (const { sequenceNumbers } of groups.slice(begun)) unprocessed.push(...sequenceNumbers);
  return errors.length > 0 ? { unprocessed, error: errors[0] } : { unprocessed };
}

/** Names of errors of AWS after which the same request may succeed. Those of throttling have other names in each service. */
const passing = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'ServiceUnavailable',
  'ThrottledException',
  'ThrottlingException',
  'TimeoutError',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/**
 * Whether a failure may pass: the store is throttled, busy or out of reach. Anything else, such as a denied access, is thrown to Lambda, where it
 * counts as an error of the function.
 */
export function isPassing(error: unknown): boolean {
  if (isHeadwaterError(error)) return error.retryable;
  if (!(error instanceof Error)) return false;
  const { $retryable, $metadata } = error as {
    $retryable?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const isNetwork = 'code' in error && /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN)/.test(String(error.code));
  return (
    passing.has(error.name) ||
    $retryable !== undefined ||
    isNetwork ||
    ($metadata?.httpStatusCode ?? 0) >= 500
  );
}
