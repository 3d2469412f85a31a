import type { ResultStore } from './result-cache.ts';

/** Keeps answers in memory, up to a number of bytes. The least recently used are removed first. */
export function createMemoryStore(mostBytes: number): ResultStore {
  // A Map keeps the order of insertion, so the first is the least recently used.
  const kept = new Map<string, Uint8Array>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.byteLength ?? 0;
    kept.delete(key);
  };
  return {
    async get(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    async set(key, value) {
      drop(key);
      kept.set(key, value);
      bytes += value.byteLength;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        drop(oldest);
      }
    },
  };
}
