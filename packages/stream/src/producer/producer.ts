import { HeadwaterError, type InferRow } from '@headwater/core';
import type { RecordTable } from '../record/record-reader.ts';
import { createEventWriter } from './event-writer.ts';
import { type KinesisPlace, kinesisSink } from './kinesis-sink.ts';
import { partitionKeyOf } from './partition-key.ts';
import { entryBytes } from './pending-record.ts';
import type { ProducerEvent } from './producer-event.ts';
import { createRecordSender } from './record-sender.ts';
import type { PutEntry, RecordSink } from './record-sink.ts';
import { type SendOptions, sendSettings } from './send-options.ts';
import type { SenderCounts } from './sender-report.ts';
import { serviceLimits } from './service-limits.ts';
import type { UnsentRecord } from './unsent-record.ts';

/** An event that was not sent, as far as anybody knows. */
export interface UnsentEvent<Event> extends Omit<UnsentRecord, 'entry'> {
  /** As it was given to `send`. */
  readonly event: Event;
  /** Its record. */
  readonly entry: PutEntry;
}

/** What a producer sends, where to, and how. */
export type ProducerOptions<Table extends RecordTable> = SendOptions & {
  /**
   * The partition key of an event, given the row that consumers read. Defaults to its actor, or its session in a table without actors.
   * Consumers need all events of an actor in one shard for sessions and thresholds.
   */
  readonly partitionKey?: ((row: InferRow<Table>) => string) | undefined;
  /** Bytes that a record of the stream may have. Defaults to 1 MiB; a stream with a larger MaxRecordSizeInKiB takes up to 10 MiB. */
  readonly recordBytes?: number | undefined;
  /**
   * Called for each event that is given up, one after the other; the buffer holds the event until the returned promise settles,
   * so it must not wait for `send` of the same producer.
   * Without it, `flush` and `close` throw `EVENTS_UNSENT` when events were given up.
   */
  readonly onUnsent?: ((event: UnsentEvent<ProducerEvent<Table>>) => void | Promise<void>) | undefined;
} & (KinesisPlace | { readonly sink: RecordSink });

/** The counts of a producer: accepted = sent + unsent + buffered. */
export interface ProducerCounts extends SenderCounts {
  /** Calls of `send` that threw `EVENT_INVALID`. Nothing of them was accepted. */
  readonly invalid: number;
}

/** Sends the events of a table to a stream. */
export interface Producer<Event> extends AsyncDisposable {
  /**
   * Resolves when the buffer has taken the event, at once while there is room. Await it: that is how a full buffer slows its caller down.
   *
   * @throws HeadwaterError `EVENT_INVALID` for an event that consumers would reject, or that is larger than a record; `PRODUCER_CLOSED`
   *   after `close`; `PRODUCER_OVERFLOW` when too many calls wait
   */
  send(event: Event): Promise<void>;
  /**
   * Sends what was accepted before the call, without waiting for more, and resolves when each event was sent or given up.
   *
   * @throws HeadwaterError `EVENTS_UNSENT` when events were given up and there is no `onUnsent`; what `onUnsent` threw
   */
  flush(): Promise<void>;
  /**
   * Takes no more events, and flushes. A second call gives the result of the first.
   *
   * @param options.timeoutSeconds after which requests are aborted, and what is left is given up. Without it, closing takes as long as
   *   the last event may try
   * @returns the counts: accepted = sent + unsent
   * @throws as `flush`
   */
  close(options?: { readonly timeoutSeconds?: number }): Promise<ProducerCounts>;
  /** The counts so far. */
  readonly counts: ProducerCounts;
}

/**
 * A producer of a table's events for a stream of Kinesis. An event is checked by the definition, written as JSON that every reader
 * of the stream takes, and sent in batches; what fails is sent again, with backoff and jitter, and what cannot be sent is reported. It is
 * at least once: an event whose answer was lost may be in the stream twice, which loads and live sessions settle.
 *
 * @param table what `defineEvents` made
 * @throws HeadwaterError `STREAM_UNSUPPORTED` for a table whose events a stream cannot carry; `OPTION_INVALID`
 * @example
 * ```ts
 * await using producer = createProducer(clickstream, { streamName: 'clicks', onUnsent: (unsent) => keep(unsent.event) });
 * await producer.send({ event_time: new Date(), event_type: 'view', product_id: 1004856n, user_id: 541312140n });
 * // {"event_time":"2026-01-31T12:00:00.000Z","event_type":"view","product_id":1004856,"user_id":541312140}, partition key 541312140
 * ```
 */
export function createProducer<Table extends RecordTable>(
  table: Table,
  options: ProducerOptions<Table>,
): Producer<ProducerEvent<Table>> {
  type Event = ProducerEvent<Table>;
  const { partitionKey, recordBytes = serviceLimits.recordBytes, onUnsent, ...rest } = options;
  const { clock, requestBytes, bufferBytes } = sendSettings(options);
  const largest = Math.min(requestBytes, bufferBytes, serviceLimits.largestRecordBytes);
  if (!(recordBytes >= 1 && recordBytes <= largest))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'recordBytes',
      value: String(recordBytes),
      expected: `a number from 1 to ${largest}, what a request and the buffer hold`,
    });
  const write = createEventWriter(table);
  const keyOf = partitionKeyOf(table.schema, partitionKey, clock.random);
  const kinesis = 'sink' in rest ? undefined : kinesisSink(rest);
  const sender = createRecordSender<PutEntry & { readonly event: Event }>({
    ...rest,
    sink: kinesis ?? (rest as { readonly sink: RecordSink }).sink,
    onUnsent: onUnsent && (({ entry, ...why }) => onUnsent({ ...why, event: entry.event, entry })),
  });
  let invalid = 0;
  const counts = (): ProducerCounts => ({ ...sender.counts, invalid });

  function entryOf(event: Event): PutEntry & { readonly event: Event } {
    const { data, row } = write(event);
    const entry = { data, partitionKey: keyOf(row), event };
    const bytes = entryBytes(entry);
    if (bytes <= recordBytes) return entry;
    const problem = `its record has ${bytes} bytes with the partition key, and recordBytes is ${recordBytes}`;
    const reasons = [{ column: null, code: 'record_too_large', problem }];
    throw new HeadwaterError('EVENT_INVALID', { table: table.schema.name, reasons });
  }

  const producer: Producer<Event> = {
    async send(event) {
      let entry: PutEntry & { readonly event: Event };
      try {
        entry = entryOf(event);
      } catch (error) {
        invalid += 1;
        throw error;
      }
      return sender.send(entry);
    },
    flush: () => sender.flush(),
    async close(closing) {
      try {
        await sender.close(closing);
      } finally {
        await kinesis?.close();
      }
      return counts();
    },
    get counts() {
      return counts();
    },
    async [Symbol.asyncDispose]() {
      await producer.close();
    },
  };
  return producer;
}
