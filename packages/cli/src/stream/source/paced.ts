import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceRecord } from './source-record.ts';

/** A record is given a little early rather than by a timer of its own. */
const smallestWait = 5;

/**
 * Gives records at the pace of their event time, `speed` times as fast. A record that is earlier than one before it, or has no time, is
 * given at once. A gap without events passes at that pace as well. A consumer that is slower is not caught up with: it has the pace then.
 *
 * @param speed event time by real time: with 600 ten minutes pass in a second; Infinity gives records as fast as they are taken
 * @param signal ends the wait, and the records
 */
export async function* paced(
  records: AsyncIterable<readonly SourceRecord[]>,
  speed: number,
  signal: AbortSignal,
): AsyncGenerator<SourceRecord, void, void> {
  let origin: { readonly event: number; readonly real: number } | undefined;
  for await (const block of records)
    for (const record of block) {
      const event = record.eventTime?.getTime();
      if (event !== undefined && Number.isFinite(speed)) {
        origin ??= { event, real: performance.now() };
        const due = origin.real + (event - origin.event) / speed;
        const wait = due - performance.now();
        if (wait > smallestWait) await sleep(wait, undefined, { signal }).catch(() => undefined);
        // What comes late stays late, instead of a burst that catches up.
        else if (wait < -1000) origin = { event, real: performance.now() };
      }
      if (signal.aborted) return;
      yield record;
    }
}
