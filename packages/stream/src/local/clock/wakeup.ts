import type { Clock } from './clock.ts';

/** Lets one task wait for what another does. A wake before the wait counts: the next wait returns at once. */
export class Wakeup {
  private isAwake = false;
  private resolve: (() => void) | undefined;

  /** Ends the current wait, or the next one. */
  wake(): void {
    if (!this.resolve) {
      this.isAwake = true;
      return;
    }
    const { resolve } = this;
    this.resolve = undefined;
    resolve();
  }

  /** Waits for a wake. One task waits at a time. */
  async wait(): Promise<void> {
    if (this.isAwake) {
      this.isAwake = false;
      return;
    }
    await new Promise<void>((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Waits for a wake, at most `ms` milliseconds. */
  async waitAtMost(ms: number, clock: Clock): Promise<void> {
    if (this.isAwake) return this.wait();
    const timer = new AbortController();
    await Promise.race([this.wait(), clock.sleep(ms, timer.signal)]);
    timer.abort();
    this.resolve = undefined;
  }
}
