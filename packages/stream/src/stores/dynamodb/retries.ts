import { setTimeout as wait } from 'node:timers/promises';

/** Why a request is sent again: another writer was faster, the table is throttled or busy, or DynamoDB left a part undone. */
export type RetryReason = 'conflict' | 'throttled' | 'unprocessed';

/** How often and how fast requests are sent again. */
export interface RetryOptions {
  /** Attempts for each event, 8 by default. Events that were not written then are `failed`. */
  readonly attempts?: number;
  /** Called before each further attempt, for a metric. */
  readonly onRetry?: (reason: RetryReason) => void;
  /** Waits; for tests. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** A number from 0 to 1; for tests. */
  readonly random?: () => number;
}

const [firstPause, longestPause] = [25, 1_000];

/** Waits before a further attempt: any time up to a limit that doubles, so that writers that met do not meet again. */
export async function backOff(
  attempt: number,
  { pause = async (milliseconds) => void (await wait(milliseconds)), random = Math.random }: RetryOptions,
): Promise<void> {
  await pause(random() * Math.min(longestPause, firstPause * 2 ** attempt));
}

const reasons: Readonly<Record<string, RetryReason>> = {
  None: 'conflict',
  ConditionalCheckFailed: 'conflict',
  TransactionConflict: 'conflict',
  ProvisionedThroughputExceeded: 'throttled',
  ThrottlingError: 'throttled',
};

const throttlingErrors: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'InternalServerError',
  'ServiceUnavailable',
]);

/**
 * Why a failed write can be sent again. A condition that failed is no fault: another delivery changed the state, which is then read
 * again.
 *
 * @returns undefined for a failure that comes again
 */
export function retryReason(error: unknown): RetryReason | undefined {
  const { name, CancellationReasons, $metadata } = Object(error) as {
    readonly name?: string;
    readonly CancellationReasons?: readonly { readonly Code?: string }[];
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (name === 'TransactionCanceledException') {
    const codes = (CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
    if (codes.some((code) => reasons[code] === undefined)) return undefined;
    return codes.some((code) => reasons[code] === 'throttled') ? 'throttled' : 'conflict';
  }
  if (name === 'TransactionInProgressException' || name === 'TransactionConflictException') return 'conflict';
  if (name !== undefined && throttlingErrors.has(name)) return 'throttled';
  const status = $metadata?.httpStatusCode;
  // Without an answer the write may have been made: the version tells when it is tried again.
  return status === undefined || status >= 500 ? 'throttled' : undefined;
}

/** Whether a failure is of what was written, and not of the table or the rights: other writes may succeed. */
export const isOfItem = (error: unknown): boolean =>
  [
    'ValidationException',
    'TransactionCanceledException',
    'ItemCollectionSizeLimitExceededException',
  ].includes((Object(error) as { readonly name?: string }).name ?? '');
