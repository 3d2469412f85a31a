import { PassThrough } from 'node:stream';
import { type WriteEventsOptions, writeEvents } from '@headwater/simulator';

const LF = 10;

/**
 * The events of simulated shoppers as records, in the order of their time. The same options give the same records in every run.
 *
 * @returns records in blocks; at most a few blocks are held
 */
export async function* simulatedLines(
  options: Omit<WriteEventsOptions, 'format' | 'dialect'>,
): AsyncGenerator<readonly Uint8Array[], void, void> {
  const pipe = new PassThrough({ highWaterMark: 1 << 16 });
  const writing = writeEvents(
    { ...options, format: 'jsonl' },
    {
      // The simulator uses its memory again.
      async write(bytes) {
        if (!pipe.write(Buffer.from(bytes))) await new Promise((resolve) => pipe.once('drain', resolve));
      },
    },
  ).then(
    () => pipe.end(),
    (cause: Error) => pipe.destroy(cause),
  );
  let rest = Buffer.alloc(0);
  for await (const chunk of pipe as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk]);
    const records: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      if (end > start) records.push(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (records.length > 0) yield records;
  }
  if (rest.length > 0) yield [rest];
  await writing;
}
