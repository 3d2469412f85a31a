import { BufferedSender } from './buffered-sender.ts';
import type { PutEntry, RecordSink } from './record-sink.ts';
import type { SendOptions } from './send-options.ts';
import type { SenderCounts } from './sender-report.ts';
import type { UnsentRecord } from './unsent-record.ts';

/** What records are sent to, and how. */
export interface RecordSenderOptions<Entry extends PutEntry> extends SendOptions {
  readonly sink: RecordSink;
  /**
   * Called for each record that is given up, one after the other; the buffer holds the record until the returned promise settles,
   * so it must not wait for `send` of the same sender.
   * Without it, `flush` and `close` throw `EVENTS_UNSENT` when records were given up.
   */
  readonly onUnsent?: ((record: UnsentRecord<Entry>) => void | Promise<void>) | undefined;
}

/** Sends records to a stream. */
export interface RecordSender<Entry extends PutEntry = PutEntry> {
  /**
   * Resolves when the buffer has taken the record, at once while there is room. Await it: more than `bufferRecords` calls that wait are
   * refused.
   *
   * @throws HeadwaterError `PRODUCER_CLOSED` after `close`; `PRODUCER_OVERFLOW` when too many calls wait
   */
  send(entry: Entry): Promise<void>;
  /**
   * Sends what was accepted before the call, without waiting for more, and resolves when each record was sent or given up.
   *
   * @throws HeadwaterError `EVENTS_UNSENT` when records were given up and there is no `onUnsent`; what `onUnsent` threw
   */
  flush(): Promise<void>;
  /**
   * Takes no more records, and flushes.
   *
   * @param options.timeoutSeconds after which requests are aborted, and what is left is given up. Without it, closing takes as long as
   *   the last record may try
   * @returns the counts: accepted = sent + unsent
   * @throws as `flush`
   */
  close(options?: { readonly timeoutSeconds?: number }): Promise<SenderCounts>;
  /** The counts so far. */
  readonly counts: SenderCounts;
}

/**
 * Sends records in batches under the service's limits, and sends those again that failed. Each record that was accepted is sent or
 * reported as unsent. It is at least once: a request without an answer is sent again, so the stream may have a record twice.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function createRecordSender<Entry extends PutEntry = PutEntry>(
  options: RecordSenderOptions<Entry>,
): RecordSender<Entry> {
  return new BufferedSender(options);
}
