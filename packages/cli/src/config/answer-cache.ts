import { join } from 'node:path';
import { folderStore, type ResultCache, resultCache } from '@headwater/queries';
import { userCacheFolder } from '@headwater/storage';

/** Answers of servers, kept for the next call of the command. */
export interface AnswerCache {
  readonly cache: ResultCache;
  /** Whether the answer was found there. */
  readonly isUsed: boolean;
}

/** The answers that this user's calls have had, in the user's cache folder. */
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
