import type { PublishBatchRequestEntry } from '@aws-sdk/client-sns';
import type { Message } from '../notify/notifier.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html: entries of a request, and bytes of a message and of a request. */
export const snsLimits = { entries: 10, bytes: 262_144 } as const;

/** A message as an entry of a request, and what SNS counts of it. */
export interface SizedEntry {
  readonly message: Message;
  readonly entry: PublishBatchRequestEntry;
  /** Body, and names, types and values of attributes, in UTF-8. */
  readonly bytes: number;
}

/** @param isFifo whether the topic keeps order and drops repeats */
export function snsEntry(message: Message, isFifo: boolean): SizedEntry {
  // Consumers of a standard topic drop a repeat by this attribute.
  const attributes = { ...message.attributes, notice: message.id };
  const entry: PublishBatchRequestEntry = {
    Id: 'set when it is sent',
    Message: message.body,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    ),
    ...(isFifo ? { MessageGroupId: message.group, MessageDeduplicationId: message.id } : {}),
  };
  const texts = Object.entries(attributes).flatMap(([name, value]) => [name, 'String', value]);
  const bytes = [message.body, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { message, entry, bytes };
}

/** Splits entries into requests within the limits, in their order. */
export function snsBatches(entries: readonly SizedEntry[]): SizedEntry[][] {
  const batches: SizedEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const batch = batches.at(-1);
    if (batch === undefined || batch.length === snsLimits.entries || bytes + entry.bytes > snsLimits.bytes) {
      batches.push([entry]);
      bytes = entry.bytes;
    } else {
      batch.push(entry);
      bytes += entry.bytes;
    }
  }
  return batches;
}
