import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceRecord } from './source-record.ts';

const day = 86_400_000;
/** Milliseconds between two looks. */
const look = 5;

/**
 * Holds records back until what came a day of event time before them was processed. Shards are read apart from each other, and stores
 * forget by event time: without a pace, a shard that is weeks ahead of another would make the events of that one late.
 *
 * @param isDone whether everything that was given is processed
 * @param signal ends the wait
 */
export async function* heldTogether(
  records: AsyncIterable<SourceRecord>,
  isDone: (given: number) => boolean,
  signal: AbortSignal,
): AsyncGenerator<SourceRecord, void, void> {
  let given = 0;
  let since: number | undefined;
  for await (const record of records) {
    const time = record.eventTime?.getTime();
    if (time !== undefined) {
      since ??= time;
      if (Math.abs(time - since) >= day) {
        while (!isDone(given) && !signal.aborted) await sleep(look);
        since = time;
      }
    }
    yield record;
    given += 1;
  }
}
