import { stat } from 'node:fs/promises';
import { type LakeStore, type RequestClasses, requestClass, requestsPrice } from '@headwater/storage';

/** What a run moved and asked of a lake on S3, which costs beside what the lake stores. */
export interface StoreTraffic {
  /** Bytes of uploads: data files go to staging, manifests to their place. */
  readonly bytesPut: number;
  /** Bytes that S3 copied. Every data file is copied from staging into its place. */
  readonly bytesCopied: number;
  /** Bytes of removed files: uploads in staging, files that the commit replaced, leftovers of dead runs. */
  readonly bytesDeleted: number;
  /** Requests that were sent. A repeated one counts again. */
  readonly requests: RequestClasses;
  /** What the requests cost in US dollars, by the prices of S3 Standard in most regions: an estimate (`requestPrices`). */
  readonly price: number;
}

/** A store whose traffic is counted. */
export interface CountedStore {
  readonly store: LakeStore;
  /** What was counted so far. */
  traffic(): StoreTraffic;
}

/**
 * Counts the traffic of a store. The size of a removed file is known when the store put, copied or listed it before, as a run does
 * with every file that it removes.
 *
 * @param open opens the store, which reports each request
 */
export function countTraffic(open: (onRequest: (operation: string) => void) => LakeStore): CountedStore {
  const requests = { writes: 0, reads: 0, deletes: 0 };
  const bytes = { bytesPut: 0, bytesCopied: 0, bytesDeleted: 0 };
  const store = open((operation) => {
    requests[requestClass(operation)] += 1;
  });
  // The state of the table holds more about each file than this.
  const sizes = new Map<string, number>();
  const putText = (path: string, text: string): void => {
    const size = Buffer.byteLength(text);
    bytes.bytesPut += size;
    sizes.set(path, size);
  };
  const counted: LakeStore = {
    ...store,
    async *walk(folder) {
      for await (const file of store.walk(folder)) {
        sizes.set(file.path, file.bytes);
        yield file;
      }
    },
    async createText(path, text) {
      const isNew = await store.createText(path, text);
      if (isNew) putText(path, text);
      return isNew;
    },
    async replaceText(path, text) {
      await store.replaceText(path, text);
      putText(path, text);
    },
    async put(path, localFile, options) {
      const { size } = await stat(localFile);
      await store.put(path, localFile, options);
      bytes.bytesPut += size;
      sizes.set(path, size);
    },
    async copy(from, to) {
      await store.copy(from, to);
      const size = sizes.get(from) ?? 0;
      bytes.bytesCopied += size;
      sizes.set(to, size);
    },
    async remove(paths) {
      await store.remove(paths);
      for (const path of paths) {
        bytes.bytesDeleted += sizes.get(path) ?? 0;
        sizes.delete(path);
      }
    },
  };
  return {
    store: counted,
    traffic: () => ({ ...bytes, requests: { ...requests }, price: requestsPrice(requests) }),
  };
}

/** The traffic of two runs together; null where neither has any. */
export function addTraffic(one: StoreTraffic | null, other: StoreTraffic | null): StoreTraffic | null {
  if (!one || !other) return one ?? other;
  const requests = {
    writes: one.requests.writes + other.requests.writes,
    reads: one.requests.reads + other.requests.reads,
    deletes: one.requests.deletes + other.requests.deletes,
  };
  return {
    bytesPut: one.bytesPut + other.bytesPut,
    bytesCopied: one.bytesCopied + other.bytesCopied,
    bytesDeleted: one.bytesDeleted + other.bytesDeleted,
    requests,
    price: requestsPrice(requests),
  };
}
