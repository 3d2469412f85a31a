import { join } from 'node:path';
import { folderStore, type ResultCache, resultCache } from '@headwater/queries';
import { userCacheFolder } from '@headwater/storage';

/** The cache of server answers that calls of the command share. */
export interface AnswerCache {
  readonly cache: ResultCache;
  /** Whether an answer came from the cache. */
  readonly isUsed: boolean;
}

/** Opens the cache in the user's cache folder. */
export function openAnswerCache(): AnswerCache {
  const store = folderStore(join(userCacheFolder(), 'answers'));
  let isUsed = false;
  const cache = resultCache({
    store: {
      async get(key) {
        const found = await store.get(key);
        isUsed ||= found !== undefined;
        return found;
      },
      set: store.set,
    },
  });
  return {
    cache,
    get isUsed() {
      return isUsed;
    },
  };
}
