import { entryBytes } from '../../producer/pending-record.ts';
import type { PutEntry } from '../../producer/record-sink.ts';
import { serviceLimits } from '../../producer/service-limits.ts';

/** An exception as the SDK throws it: callers tell exceptions apart by their name. */
export function serviceException(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Refuses a request that the service refuses as a whole. */
export function assertPuttable(entries: readonly PutEntry[], recordBytes: number): void {
  const refuse = (message: string): never => {
    throw serviceException('InvalidArgumentException', message);
  };
  const { requestRecords, requestBytes, partitionKey: keyCharacters } = serviceLimits;
  if (entries.length === 0 || entries.length > requestRecords)
    refuse(`A request has 1 to ${requestRecords} records, not ${entries.length}.`);
  let bytes = 0;
  for (const entry of entries) {
    const { data, partitionKey, explicitHashKey } = entry;
    if (partitionKey.length === 0 || partitionKey.length > keyCharacters)
      refuse(`A partition key has 1 to ${keyCharacters} characters.`);
    if (explicitHashKey !== undefined && !isHashKey(explicitHashKey))
      refuse('An explicit hash key is a decimal number below 2^128.');
    if (data.length > recordBytes) refuse(`A record has at most ${recordBytes} bytes, not ${data.length}.`);
    bytes += entryBytes(entry);
  }
  if (bytes > requestBytes) refuse(`A request has at most ${requestBytes} bytes, not ${bytes}.`);
}

const isHashKey = (text: string): boolean => /^(0|[1-9]\d{0,38})$/.test(text) && BigInt(text) < 1n << 128n;
