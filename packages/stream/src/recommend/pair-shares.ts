import type { ShareStore } from '../windows/share-store.ts';
import type { PairCount } from './pair-watcher.ts';

/**
 * After how many visits more a shard adds its share of a pair: a tenth of those that are asked for. A sum is too low by less than that
 * for each shard.
 */
export const shareStep = (visits: number): number => Math.max(1, Math.floor(visits / 10));

/** Adds what a shard counted of a pair, and gives the sum over all shards. */
export const addPair = (
  store: ShareStore,
  { items, end, visits }: PairCount,
  shard: string,
  now: Date,
): Promise<number> =>
  store.addShare({ kind: 'viewed-together', subject: JSON.stringify(items), end, shard, count: visits }, now);
