import { createRecordSender } from '../../producer/record-sender.ts';
import type { RecordSink } from '../../producer/record-sink.ts';
import type { SendOptions } from '../../producer/send-options.ts';
import type { UnsentRecord } from '../../producer/unsent-record.ts';
import type { SourceRecord } from './source-record.ts';
import { untilAborted } from './until-aborted.ts';

/** What a source is sent with. */
interface SendSourceOptions {
  readonly source: AsyncIterable<SourceRecord>;
  readonly sink: RecordSink;
  readonly send: SendOptions | undefined;
  /** Counted as the source is sent. */
  readonly sending: { taken: number; unsent: number };
  readonly onUnsent: ((record: UnsentRecord) => void | Promise<void>) | undefined;
  /** Ends the source. What was taken from it is sent. */
  readonly signal: AbortSignal | undefined;
  /** Ends everything. */
  readonly failure: AbortSignal;
}

/**
 * Sends a source, in its order: one request runs at a time, so that without faults record k of a source always has the same place in the
 * stream.
 *
 * @throws HeadwaterError EVENTS_UNSENT when a record could not be sent and nothing takes it; errors of the source
 */
export async function sendSource(options: SendSourceOptions): Promise<void> {
  const { source, sink, sending, onUnsent, signal, failure } = options;
  const sender = createRecordSender({
    ...{ order: 'none', requestsInFlight: 1, lingerMilliseconds: 20 },
    ...options.send,
    sink,
    ...(onUnsent && {
      onUnsent: (record) => {
        sending.unsent += 1;
        return onUnsent(record);
      },
    }),
  });
  const give = (): void => {
    sender.close({ timeoutSeconds: 0 }).catch(() => undefined);
  };
  failure.addEventListener('abort', give, { once: true });
  try {
    const stop = signal ? AbortSignal.any([signal, failure]) : failure;
    for await (const { data, partitionKey } of untilAborted(source, stop)) {
      sending.taken += 1;
      await sender.send({ data, partitionKey });
    }
    await sender.close();
  } finally {
    failure.removeEventListener('abort', give);
  }
}
