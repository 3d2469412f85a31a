import { setTimeout as wait } from 'node:timers/promises';
import { HeadwaterError } from '@headwater/core';
import type { QueryOptions } from '../session/query.ts';

/** A query between its start and its end. */
export class OpenQuery {
  /** The options to run it with. The signal aborts with the caller's signal, and when the lake is closed. */
  readonly options: QueryOptions;
  /** Whether its result waits to be read. Closing a lake does not wait for such a query. */
  isUnread = false;
  readonly ended: Promise<void>;
  // A controller of its own: with AbortSignal.any, a long-lived signal would keep a reference to every query.
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal | undefined;
  readonly #abort = (): void => this.#controller.abort(this.#signal?.reason);
  readonly #end: () => void;

  constructor(options: QueryOptions) {
    this.#signal = options.signal;
    this.options = { ...options, signal: this.#controller.signal };
    this.#signal?.addEventListener('abort', this.#abort);
    if (this.#signal?.aborted) this.#abort();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
  }

  /** @throws HeadwaterError `LAKE_CLOSED` if the lake was closed meanwhile. The caller's own abort is reported elsewhere. */
  assertOpen(): void {
    if (!this.#signal?.aborted) this.#controller.signal.throwIfAborted();
  }

  close(reason: HeadwaterError): void {
    this.#controller.abort(reason);
  }

  end(): void {
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#end();
  }
}

/** The queries of a lake that run now. */
export class OpenQueries {
  readonly #lake: string;
  readonly #queries = new Set<OpenQuery>();
  #isClosed = false;

  /** @param lake the lake's address for messages, or its engine's name */
  constructor(lake: string) {
    this.#lake = lake;
  }

  /** @throws HeadwaterError `LAKE_CLOSED` */
  begin(options: QueryOptions = {}): OpenQuery {
    this.assertOpen();
    const query = new OpenQuery(options);
    this.#queries.add(query);
    void query.ended.then(() => this.#queries.delete(query));
    return query;
  }

  /** @throws HeadwaterError `LAKE_CLOSED` */
  assertOpen(): void {
    if (this.#isClosed) throw this.#closed();
  }

  /** Admits no more queries, waits for those that run, and stops them after the timeout. */
  async close(seconds: number): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#queries].filter(({ isUnread }) => !isUnread);
    if (running.length > 0) {
      const over = new AbortController();
      const limit = wait(seconds * 1000, undefined, { signal: over.signal }).catch(() => undefined);
      await Promise.race([Promise.all(running.map(({ ended }) => ended)), limit]);
      over.abort();
    }
    for (const query of this.#queries) query.close(this.#closed());
  }

  #closed(): HeadwaterError {
    return new HeadwaterError('LAKE_CLOSED', { lake: this.#lake });
  }
}
