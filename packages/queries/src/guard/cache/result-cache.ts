import { byteSize } from '@headwater/core/internal';
import { createMemoryStore } from './memory-store.ts';

/** A store of bytes by key. It may drop entries at any time. */
export interface ResultStore {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, bytes: Uint8Array): Promise<void>;
}

/** Keeps answers for the same query over the same files. */
export interface ResultCache {
  readonly store: ResultStore;
  /** Maximum bytes of an answer. */
  readonly mostBytes: number;
}

/** The options of {@link resultCache}. */
export interface ResultCacheOptions {
  /** Maximum size of the cache in memory; the least recently used answers are removed first. Defaults to `64 MB`. Ignored with a `store`. */
  readonly maxBytes?: string | number;
  /** Maximum size of an answer. Defaults to `8 MB`. */
  readonly maxResult?: string | number;
  /** Defaults to this process's memory. */
  readonly store?: ResultStore;
}

/**
 * Keeps answers by the statement, its parameters, the definitions of its tables and the files that it reads. A commit that
 * touches a query's days changes its files and so its key: a cached answer is never older than that commit.
 *
 * @example createLake({ tables: [clickstream], engine, cache: resultCache({ maxBytes: '200 MB' }) })
 */
export function resultCache(options: ResultCacheOptions = {}): ResultCache {
  const { maxBytes = '64 MB', maxResult = '8 MB' } = options;
  return {
    store: options.store ?? createMemoryStore(byteSize('maxBytes', maxBytes)),
    mostBytes: byteSize('maxResult', maxResult),
  };
}
