import { setTimeout as pause } from 'node:timers/promises';

/** Time and chance, which tests replace. */
export interface SenderClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** Waits. It ends early when the signal is aborted, and does not throw. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Those of the machine. */
export const machineClock: SenderClock = {
  now: () => performance.now(),
  random: () => Math.random(),
  pause: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => undefined),
};
