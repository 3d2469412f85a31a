import { folderStore, type ResultCache, resultCache } from '@headwater/queries';
import { answersFolder } from '@headwater/storage';

/** The cache of server answers that calls of the command share. */
export interface AnswerCache {
  readonly cache: ResultCache;
  /** Whether an answer came from the cache. */
  readonly isUsed: boolean;
}

/**
 * Opens the cache in the user's cache folder.
 *
 * @param isWhole whether the engine reads every row that the lake holds on the asked days. An answer that omits rows is
 *   not cached: the key has the lake's files, which stay the same when the table is published with other days
 */
export function openAnswerCache(isWhole: () => Promise<boolean>): AnswerCache {
  const store = folderStore(answersFolder());
  let isUsed = false;
  const cache = resultCache({
    store: {
      async get(key) {
        const found = (await isWhole()) ? await store.get(key) : undefined;
        isUsed ||= found !== undefined;
        return found;
      },
      async set(key, bytes) {
        if (await isWhole()) await store.set(key, bytes);
      },
    },
  });
  return {
    cache,
    get isUsed() {
      return isUsed;
    },
  };
}
