import { byteSize } from '@headwater/core/internal';
import { createMemoryStore } from './memory-store.ts';

/** Where answers are kept: anything that keeps bytes by a name. A store may forget whenever it likes. */
export interface ResultStore {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, bytes: Uint8Array): Promise<void>;
}

/** Answers that are kept for the same question about the same files. */
export interface ResultCache {
  readonly store: ResultStore;
  /** Larger answers are not kept. */
  readonly mostBytes: number;
}

/** How answers are kept. */
export interface ResultCacheOptions {
  /** All that is kept in memory, `64 MB` when not given; the longest unused goes first. Another store bounds itself. */
  readonly maxBytes?: string | number;
  /** The largest answer that is kept, `8 MB` when not given. */
  readonly maxResult?: string | number;
  /** Instead of this process's memory. */
  readonly store?: ResultStore;
}

/**
 * Keeps answers, by the statement, its parameters, the definitions of its tables and the files that it reads. An answer is
 * never older than the last commit that touched its days: a commit changes the files, and with them the name.
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
