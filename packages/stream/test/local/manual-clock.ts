import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/local/clock/clock.ts';

interface Timer {
  readonly at: number;
  readonly end: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private time: number;
  private readonly timers = new Set<Timer>();

  constructor(start = Date.parse('2026-01-01T00:00:00Z')) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer: Timer = {
        at: this.time + ms,
        end: () => {
          this.timers.delete(timer);
          resolve();
        },
      };
      this.timers.add(timer);
      signal?.addEventListener('abort', timer.end, { once: true });
    });
  }

  /** Moves the time on, timer by timer, and lets what they wake run. */
  async advance(ms: number): Promise<void> {
    const until = this.time + ms;
    await settle();
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > until) break;
      this.time = Math.max(this.time, next.at);
      next.end();
      await settle();
    }
    this.time = until;
    await settle();
  }
}

/** Lets everything run that waits for no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}
