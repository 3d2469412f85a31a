import { setImmediate as turn } from 'node:timers/promises';
import type { SenderClock } from '../../src/producer/sender-clock.ts';

/** A clock whose time passes at once, whenever everybody waits for it. */
export class VirtualClock implements SenderClock {
  readonly random: () => number;
  #time = 0;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(random: () => number = () => 0.5) {
    this.random = random;
  }

  now(): number {
    return this.#time;
  }

  pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = {
        at: this.#time + milliseconds,
        wake: () => {
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      if (signal?.aborted) sleeper.wake();
      signal?.addEventListener('abort', sleeper.wake, { once: true });
    });
  }

  /** Lets time pass until the promise settles. */
  async until<Result>(promise: Promise<Result>): Promise<Result> {
    let isSettled = false;
    const settled = () => {
      isSettled = true;
    };
    promise.then(settled, settled);
    for (;;) {
      await turn();
      if (isSettled) return promise;
      const [next] = [...this.#sleepers].sort((a, b) => a.at - b.at);
      if (next === undefined) throw new Error('Nothing happens any more');
      this.#time = Math.max(this.#time, next.at);
      next.wake();
    }
  }
}
