import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { PoisonRecord, PoisonSink } from './poison-sink.ts';

/** Where the records go. */
export interface SqsPoisonSinkOptions {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  /** For records that no message can hold. A record of Kinesis may be larger than a message. */
  readonly oversize: PoisonSink;
  /** Bytes of a message and of a request at most. Defaults to the 1 MiB of SQS; a queue may have a lower maximum. */
  readonly maxBytes?: number | undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const limits = { entries: 10, bytes: 1 << 20 };

/**
 * A failure destination in SQS: a message for each record, the record as JSON. The attributes `table`, `handler` and `reason` (the first code)
 * can be filtered by. Messages are of a standard queue, so a delivery that is repeated sends them again.
 */
export function createSqsPoisonSink({
  client,
  queueUrl,
  oversize,
  maxBytes = limits.bytes,
}: SqsPoisonSinkOptions): PoisonSink {
  return {
    async put(records) {
      const entries = records.map((record, index) => ({ record, entry: entryOf(record, String(index)) }));
      const sizes = entries.map((one) => ({ ...one, bytes: entryBytes(one.entry) }));
      const large = sizes.filter(({ bytes }) => bytes > maxBytes).map(({ record }) => record);
      const unsent = large.length > 0 ? [...(await oversize.put(large))] : [];
      for (const some of requests(
        sizes.filter(({ bytes }) => bytes <= maxBytes),
        maxBytes,
      )) {
        const Entries = some.map(({ entry }) => entry);
        const { Failed = [] } = await client.send(
          new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
        );
        for (const { Id } of Failed) unsent.push(records[Number(Id)]?.sequenceNumber ?? '');
      }
      return unsent;
    },
  };
}

function entryOf(record: PoisonRecord, Id: string): SendMessageBatchRequestEntry {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    Id,
    MessageBody: JSON.stringify(record),
    MessageAttributes: {
      table: text(record.table),
      handler: text(record.handler),
      reason: text(record.reasons[0]?.code ?? 'unknown'),
    },
  };
}

/** What SQS counts of a message: its body, and names, types and values of its attributes. */
function entryBytes({ MessageBody = '', MessageAttributes = {} }: SendMessageBatchRequestEntry): number {
  const attributes = Object.entries(MessageAttributes).flatMap(([name, { DataType, StringValue }]) => [
    name,
    DataType ?? '',
    StringValue ?? '',
  ]);
  return [MessageBody, ...attributes].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Splits messages into requests within the limits of SQS. */
function* requests<Message extends { readonly bytes: number }>(
  messages: readonly Message[],
  maxBytes: number,
): Generator<readonly Message[]> {
  let some: Message[] = [];
  let bytes = 0;
  for (const message of messages) {
    if (some.length === limits.entries || bytes + message.bytes > maxBytes) {
      if (some.length > 0) yield some;
      [some, bytes] = [[], 0];
    }
    some.push(message);
    bytes += message.bytes;
  }
  if (some.length > 0) yield some;
}
