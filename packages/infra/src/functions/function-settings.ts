import type { StreamFunction } from '@headwater/core';
import type { HandlerTrigger } from '@headwater/stream/bundle';
import type { ScaleSizes } from '../scale/sizes.ts';

/** Seconds that a call of a function may take, by what invokes it. Firehose waits for five minutes at most. */
export const callSeconds: Readonly<Record<HandlerTrigger, number>> = {
  events: 60,
  answers: 60,
  schedule: 55,
  delivery: 120,
};

/**
 * Calls at once that are kept for a function and that it cannot exceed. Functions of a stream have no more than its shards, and what waits there
 * is not lost; Firehose gives up what nobody cleans in time, and two runs of reminders at once are one too many. A new account allows so few
 * calls at once that Lambda refuses to keep any of them: only the largest scale does.
 */
export function reservedCalls(
  name: StreamFunction,
  { concurrency }: ScaleSizes['functions'],
  isLargest: boolean,
): number | undefined {
  if (!isLargest) return undefined;
  return name === 'transform' ? concurrency : name === 'reminders' ? 1 : undefined;
}

/** How an event source mapping reads a stream. */
export const mappingSettings = {
  /** Repeats of a delivery that the function failed on. Halving it is none. */
  retries: 20,
  /** Seconds of a tumbling window, in which the counts of a shard are kept between calls: 60 to 900. */
  windowSeconds: 300,
} as const;

/** Hours after which a record is given up: half of what the stream has, so that it can be read again from there for as long. */
export const recordHours = (retentionHours: number): number => Math.max(1, Math.floor(retentionHours / 2));
