import { HeadwaterError } from '@headwater/core';
import PQueue from 'p-queue';
import type { EngineName } from '../../session/lake-engine.ts';

/** How many queries run at the same time, and how many may wait for how long. */
export interface QuerySlotOptions {
  readonly maxConcurrentQueries: number;
  readonly queueLimit: number;
  readonly queueTimeoutSeconds: number;
}

/**
 * Places for queries to run in. Those that find none free wait, first come first served: a query among many others takes
 * as long as those before it, not as long as all of them together.
 */
export class QuerySlots {
  readonly #engine: EngineName;
  readonly #options: QuerySlotOptions;
  readonly #queue: PQueue;

  /** @param engine the engine that errors name */
  constructor(engine: EngineName, options: QuerySlotOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.maxConcurrentQueries });
  }

  /**
   * Waits for a free slot.
   *
   * @returns frees the slot; further calls do nothing
   * @throws HeadwaterError `QUERY_QUEUE_FULL` at once, `QUERY_QUEUE_TIMEOUT` after the longest wait; the signal's reason when
   *   it was aborted meanwhile
   */
  take(signal?: AbortSignal): Promise<() => void> {
    const { maxConcurrentQueries: running, queueLimit: limit, queueTimeoutSeconds: seconds } = this.#options;
    const engine = this.#engine;
    const isFree = this.#queue.pending < running;
    if (!isFree && this.#queue.size >= limit)
      return Promise.reject(new HeadwaterError('QUERY_QUEUE_FULL', { engine, running, limit }));
    return new Promise((resolve, reject) => {
      // Only of the wait: a slot that is taken is freed by the query alone.
      const waiting = new AbortController();
      const abort = () => waiting.abort(signal?.reason);
      const expire = () =>
        waiting.abort(new HeadwaterError('QUERY_QUEUE_TIMEOUT', { engine, running, seconds }));
      const timer = setTimeout(expire, seconds * 1000);
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
      const task = () =>
        new Promise<void>((free) => {
          settle();
          resolve(free);
        });
      this.#queue.add(task, { signal: waiting.signal }).catch((error: unknown) => {
        settle();
        reject(error);
      });
    });
  }
}
