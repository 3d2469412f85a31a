import type { FaultPlan } from '@headwater/stream/local';

/**
 * What goes wrong in a run with `--faults`: what the service allows, and what processes do. Nothing of it may change what the lake or the
 * stores hold.
 *
 * @param seed the same seed has the same faults for the same requests
 * @param isOwnStream whether the stream is of this process alone, so that its shards may be split and merged
 */
export const faultPlan = (seed: number, isOwnStream: boolean): FaultPlan => ({
  seed,
  refusedRequests: 0.02,
  throttledRecords: 0.02,
  lostAnswers: 0.01,
  reorderedRequests: 0.02,
  crashesAfterWork: 0.02,
  crashesBeforeCheckpoint: 0.02,
  ...(isOwnStream ? { splits: [1000], merges: [5000] } : {}),
});
