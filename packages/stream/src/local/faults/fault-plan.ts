import { HeadwaterError } from '@headwater/core';

/**
 * What goes wrong on the way through a stream, by seed: what the service allows, and what processes do. Shares are from 0 to 1, and
 * default to 0.
 */
export interface FaultPlan {
  /** A safe integer. */
  readonly seed: number;
  /** Share of requests that are refused as a whole: nothing of them is put. */
  readonly refusedRequests?: number;
  /** Share of records of a request that are not put, because their shard is busy. */
  readonly throttledRecords?: number;
  /** Share of records that are put although the answer says that they were not: a producer puts them again. */
  readonly lostAnswers?: number;
  /** Share of requests whose records are put in another order. */
  readonly reorderedRequests?: number;
  /** Share of deliveries after which the handler fails although it did its work. */
  readonly crashesAfterWork?: number;
  /** Share of checkpoints before which the process of a consumer ends. It starts again from its last checkpoint. */
  readonly crashesBeforeCheckpoint?: number;
  /** Share of records that no handler can process, however often it tries. The archive can. */
  readonly poisonRecords?: number;
  /** Numbers of records after which the first open shard is split. */
  readonly splits?: readonly number[];
  /** Numbers of records after which the last two open shards are merged. */
  readonly merges?: readonly number[];
}

/** How often each fault happened. */
export interface InjectedFaults {
  refusedRequests: number;
  throttledRecords: number;
  lostAnswers: number;
  reorderedRequests: number;
  crashesAfterWork: number;
  crashesBeforeCheckpoint: number;
  poisonDeliveries: number;
}

const shares = [
  'refusedRequests',
  'throttledRecords',
  'lostAnswers',
  'reorderedRequests',
  'crashesAfterWork',
  'crashesBeforeCheckpoint',
  'poisonRecords',
] as const;

/** @throws HeadwaterError OPTION_INVALID, naming the fault */
export function assertFaultPlan(plan: FaultPlan): void {
  const invalid = (option: string, value: unknown, expected: string): HeadwaterError =>
    new HeadwaterError('OPTION_INVALID', { option: `faults.${option}`, value: String(value), expected });
  if (!Number.isSafeInteger(plan.seed)) throw invalid('seed', plan.seed, 'a safe integer');
  for (const name of shares) {
    const share = plan[name] ?? 0;
    if (!(share >= 0 && share <= 1)) throw invalid(name, share, 'a share from 0 to 1');
  }
  // Nothing would ever get through.
  for (const name of [
    'refusedRequests',
    'throttledRecords',
    'crashesAfterWork',
    'crashesBeforeCheckpoint',
  ] as const)
    if (plan[name] === 1) throw invalid(name, 1, 'a share below 1');
  for (const name of ['splits', 'merges'] as const)
    for (const after of plan[name] ?? [])
      if (!Number.isSafeInteger(after) || after < 0) throw invalid(name, after, 'whole numbers of records');
}
