import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { clickstream } from '@headwater/example-ecommerce';
import { createRecordReader } from '@headwater/stream';

/** The events of a file of JSON Lines, read as records of a stream are. Lines that are no event are left out. */
export async function* eventsOfFile(path: string) {
  const read = createRecordReader(clickstream);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const result = read({ data: Buffer.from(line), sequenceNumber: '1' });
    if (result.kind === 'event') yield result.event;
  }
}
