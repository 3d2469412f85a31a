import type { PutEntry } from '../../producer/record-sink.ts';

/** The limits of a request. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const limits = { records: 500, requestBytes: 10_485_760, partitionKeyCharacters: 256 } as const;

/** An exception as the SDK throws it: callers tell exceptions apart by their name. */
export function serviceException(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Refuses a request that the service refuses as a whole. */
export function assertPuttable(entries: readonly PutEntry[], recordBytes: number): void {
  const refuse = (message: string): never => {
    throw serviceException('InvalidArgumentException', message);
  };
  if (entries.length === 0 || entries.length > limits.records)
    refuse(`A request has 1 to ${limits.records} records, not ${entries.length}.`);
  let bytes = 0;
  for (const { data, partitionKey, explicitHashKey } of entries) {
    if (partitionKey.length === 0 || partitionKey.length > limits.partitionKeyCharacters)
      refuse(`A partition key has 1 to ${limits.partitionKeyCharacters} characters.`);
    if (explicitHashKey !== undefined && !isHashKey(explicitHashKey))
      refuse('An explicit hash key is a decimal number below 2^128.');
    if (data.length > recordBytes) refuse(`A record has at most ${recordBytes} bytes, not ${data.length}.`);
    bytes += data.length + Buffer.byteLength(partitionKey);
  }
  if (bytes > limits.requestBytes)
    refuse(`A request has at most ${limits.requestBytes} bytes, not ${bytes}.`);
}

const isHashKey = (text: string): boolean => /^(0|[1-9]\d{0,38})$/.test(text) && BigInt(text) < 1n << 128n;
