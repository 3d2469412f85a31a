import { HeadwaterError } from '@headwater/core';

/** How many queries run and wait, of all callers together. */
export interface FairSlotsOptions {
  /** The engine that errors name. */
  readonly engine: string;
  /** Queries that run at the same time. No more than the engine's own slots: its queue has one order for all. */
  readonly running: number;
  readonly waiting: number;
  /** Seconds that a query may wait. */
  readonly waitSeconds: number;
}

/** How many queries of one caller run and wait. */
export interface Share {
  readonly running: number;
  readonly waiting: number;
}

interface Waiter {
  begin(): void;
  refuse(error: unknown): void;
}

interface Caller {
  running: number;
  /** Of the latest call. */
  share: Share;
  readonly waiting: Waiter[];
}

/** How much of the mean time of queries follows from the latest one. */
const weight = 0.1;

/**
 * Places for queries to run in, shared by callers. Each caller has a queue of its own, and free slots go to callers in turn: a query
 * waits for those of its own caller before it, and for one of each other caller, however many they sent.
 */
export class FairSlots {
  readonly #options: FairSlotsOptions;
  /** In the order of their turns. Those without a query are not in it. */
  readonly #callers = new Map<string, Caller>();
  #running = 0;
  #waiting = 0;
  /** The mean time of queries, in seconds. */
  #mean = 0;

  constructor(options: FairSlotsOptions) {
    this.#options = options;
  }

  /** How many queries run and wait. */
  get state(): { readonly running: number; readonly waiting: number; readonly callers: number } {
    return { running: this.#running, waiting: this.#waiting, callers: this.#callers.size };
  }

  /**
   * Waits for a free slot.
   *
   * @returns frees the slot; further calls do nothing
   * @throws HeadwaterError `CALLER_BUSY` when the caller's own share is full, or was when the time was over; `QUERY_QUEUE_FULL` when that
   *   of all is, `QUERY_QUEUE_TIMEOUT` after the longest wait; the signal's reason when it was aborted meanwhile
   */
  async take(name: string, share: Share, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const caller = this.#callers.get(name) ?? { running: 0, share, waiting: [] };
    caller.share = share;
    this.#callers.set(name, caller);
    if (this.#running < this.#options.running && caller.running < share.running)
      return this.#begin(name, caller);
    try {
      return await this.#wait(name, caller, signal);
    } finally {
      this.#forget(name, caller);
    }
  }

  #wait(name: string, caller: Caller, signal: AbortSignal | undefined): Promise<() => void> {
    const { engine, running, waiting, waitSeconds: seconds } = this.#options;
    if (caller.waiting.length >= caller.share.waiting) return Promise.reject(this.#busy(caller));
    if (this.#waiting >= waiting)
      return Promise.reject(new HeadwaterError('QUERY_QUEUE_FULL', { engine, running, limit: waiting }));
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const leave = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      caller.waiting.splice(caller.waiting.indexOf(waiter), 1);
      this.#waiting -= 1;
    };
    const waiter: Waiter = {
      begin: () => {
        leave();
        resolve(this.#begin(name, caller));
      },
      refuse: (error) => {
        leave();
        reject(error);
      },
    };
    const abort = (): void => waiter.refuse(signal?.reason);
    const timer = setTimeout(() => {
      const isOwn = caller.running >= caller.share.running;
      waiter.refuse(
        isOwn ? this.#busy(caller) : new HeadwaterError('QUERY_QUEUE_TIMEOUT', { engine, running, seconds }),
      );
    }, seconds * 1000);
    signal?.addEventListener('abort', abort, { once: true });
    caller.waiting.push(waiter);
    this.#waiting += 1;
    return promise;
  }

  #begin(name: string, caller: Caller): () => void {
    const began = performance.now();
    caller.running += 1;
    this.#running += 1;
    this.#toTheEnd(name, caller);
    let isFree = false;
    return () => {
      if (isFree) return;
      isFree = true;
      caller.running -= 1;
      this.#running -= 1;
      this.#mean += ((performance.now() - began) / 1000 - this.#mean) * weight;
      // Also behind those who came while it ran.
      this.#toTheEnd(name, caller);
      this.#forget(name, caller);
      this.#next();
    };
  }

  /** Its turn is over: the next slot is for another caller, if one waits. */
  #toTheEnd(name: string, caller: Caller): void {
    this.#callers.delete(name);
    this.#callers.set(name, caller);
  }

  /** Gives a free slot to the first caller in turn that waits and may have one more. */
  #next(): void {
    if (this.#running >= this.#options.running) return;
    for (const { waiting, running, share } of this.#callers.values()) {
      const [first] = waiting;
      if (!first || running >= share.running) continue;
      first.begin();
      return;
    }
  }

  #forget(name: string, caller: Caller): void {
    if (caller.running === 0 && caller.waiting.length === 0 && this.#callers.get(name) === caller)
      this.#callers.delete(name);
  }

  #busy({ running, waiting, share }: Caller): HeadwaterError {
    // As long as its queries take one after another, at least a second.
    const seconds = ((waiting.length + running) * this.#mean) / Math.max(1, share.running);
    return new HeadwaterError('CALLER_BUSY', {
      running,
      waiting: waiting.length,
      retrySeconds: Math.min(this.#options.waitSeconds, Math.max(1, Math.ceil(seconds))),
    });
  }
}
