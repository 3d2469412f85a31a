import { deserialize, serialize } from 'node:v8';
import type { LakeSession } from '../session/lake-engine.ts';
import type { FinishedQuery, QueryOptions } from '../session/query.ts';
import type { ResultCache } from './cache/result-cache.ts';
import type { TableScan } from './cost/scan-plan.ts';
import { type FilesOf, scannedFiles } from './scanned-files.ts';
import { areFoldersSettled } from './settled-folders.ts';

/** A query whose answer a cache may hold. */
interface CacheableQuery {
  readonly cache: ResultCache;
  readonly session: LakeSession;
  readonly scans: readonly TableScan[];
  /** The key of the answer over these files; undefined for a query whose answer depends on more than files. */
  keyOf(files: FilesOf): string | undefined;
  /** The key of the answer over the files at admission. */
  readonly key: string;
}

/** A query that may run. It was planned once, and its scans serve the cache before the run and after it. */
export class Admission {
  /** What to run the query with. */
  readonly options: QueryOptions;
  readonly #query: CacheableQuery | undefined;
  #mayKeep = false;
  #isReused = false;

  /** @param query absent when there is no cache, or when it must not hold the answer */
  constructor(options: QueryOptions, query?: CacheableQuery) {
    this.options = options;
    this.#query = query;
  }

  /**
   * The rows of an earlier answer, in their order. When there are none, this also finds out whether the answer to come
   * may be kept, so call it before the query runs.
   */
  async cached<Row>(): Promise<Row[] | undefined> {
    if (!this.#query) return undefined;
    const bytes = await this.#query.cache.store.get(this.#query.key);
    if (bytes) return deserialize(bytes) as Row[];
    this.#mayKeep = await areFoldersSettled(this.#query);
    return undefined;
  }

  /**
   * Notes what the engine reports about the run. An answer that the service took from an earlier run may be older than the commit
   * in the answer's key, and a cache would keep it for as long as the files stay.
   */
  finished({ reused }: FinishedQuery): void {
    this.#isReused ||= reused;
  }

  /** The largest answer in bytes that `keep` takes; 0 when the answer may not be kept. */
  get mostKept(): number {
    return this.#mayKeep && this.#query ? this.#query.cache.mostBytes : 0;
  }

  /**
   * Keeps an answer, unless it is too large, the service reused it, or a commit changed its files meanwhile. Errors of the store are ignored: the
   * caller has its answer, which may have cost money.
   */
  async keep(rows: readonly unknown[]): Promise<void> {
    if (this.#query && this.#mayKeep && !this.#isReused)
      await store(this.#query, rows).catch(() => undefined);
  }
}

async function store(query: CacheableQuery, rows: readonly unknown[]): Promise<void> {
  const { cache, session, scans, keyOf, key } = query;
  const bytes = serialize(rows);
  if (bytes.byteLength > cache.mostBytes || !(await areFoldersSettled(query))) return;
  const files = await scannedFiles(session, scans);
  if (files && keyOf(files) === key) await cache.store.set(key, bytes);
}
