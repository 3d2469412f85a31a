import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Compression } from './input-file.ts';

const LF = 10;
const blockBytes = 1 << 20;
/** A longer line is no event; and what is no text at all may have no line end for gigabytes. */
const longestLine = 1 << 26;

/** Fills the target's beginning and gives the number of bytes; 0 at the end. */
type Read = (target: Buffer) => Promise<number>;

const unpackers = { gzip: createGunzip, zstd: createZstdDecompress } as const;

/**
 * A text file's whole lines, block by block, unpacked. Every block ends with a line end, but for a last line without one.
 * A block is good until the next one is asked for: all are read into the same memory, since a new buffer for each would
 * have the collector at work all the time.
 *
 * @param onRaw called with the file's own bytes, as good as a block
 * @throws Error when the file cannot be read, or has a line of more than 64 MiB
 */
export async function* lineBlocks(
  path: string,
  compression: Compression,
  onRaw?: (bytes: Buffer) => void,
): AsyncGenerator<Buffer, void, void> {
  if (compression === 'none') {
    const handle = await open(path);
    try {
      yield* wholeLines(async (target) => {
        const { bytesRead } = await handle.read(target, 0, target.length);
        onRaw?.(target.subarray(0, bytesRead));
        return bytesRead;
      });
    } finally {
      await handle.close();
    }
    return;
  }
  const raw = createReadStream(path, { highWaterMark: blockBytes });
  if (onRaw) raw.on('data', onRaw as (chunk: string | Buffer) => void);
  // A failure of either stream comes out of the loop over the unpacked one.
  const unpacked = pipeline(raw, unpackers[compression]({ chunkSize: blockBytes }), () => {});
  try {
    yield* wholeLines(readChunks(unpacked[Symbol.asyncIterator]()));
  } finally {
    unpacked.destroy();
    raw.destroy();
  }
}

function readChunks(chunks: AsyncIterator<Buffer>): Read {
  let rest: Buffer = Buffer.alloc(0);
  return async (target) => {
    if (rest.length === 0) {
      const next = await chunks.next();
      if (next.done) return 0;
      rest = next.value;
    }
    const copied = rest.copy(target);
    rest = rest.subarray(copied);
    return copied;
  };
}

async function* wholeLines(read: Read): AsyncGenerator<Buffer, void, void> {
  let buffer: Buffer = Buffer.allocUnsafeSlow(blockBytes);
  let filled = 0;
  for (;;) {
    if (filled === buffer.length) buffer = enlarged(buffer);
    const count = await read(buffer.subarray(filled));
    if (count === 0) break;
    filled += count;
    const end = buffer.subarray(0, filled).lastIndexOf(LF) + 1;
    if (end === 0) continue;
    yield buffer.subarray(0, end);
    buffer.copyWithin(0, end, filled);
    filled -= end;
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}

function enlarged(buffer: Buffer): Buffer {
  if (buffer.length >= longestLine) throw new Error('a line is longer than 64 MiB');
  const larger = Buffer.allocUnsafeSlow(buffer.length * 2);
  buffer.copy(larger);
  return larger;
}
