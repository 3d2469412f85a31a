import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Compression } from './input-file.ts';
import { cutAtFrames } from './zstd-frames.ts';

const LF = 10;
const CR = 13;
const blockBytes = 1 << 20;
/** Longer lines are errors: a file that is not text may have no line end for gigabytes. */
const longestLine = 1 << 26;

/** Fills the target's beginning and gives the number of bytes; 0 at the end. */
type Read = (target: Buffer) => Promise<number>;

/** How a text file is read. */
export interface TextSource {
  readonly path: string;
  readonly compression: Compression;
  /** Whether lines end with a carriage return. It is read as a line feed. */
  readonly endsWithCr?: boolean | undefined;
}

/**
 * A text file's whole lines, block by block, unpacked. Every block ends with a line end, but for a last line without one.
 * A block is good until the next one is asked for: all are read into the same memory, since a new buffer for each would
 * keep the collector busy.
 *
 * @param onRaw called with the file's own bytes, as good as a block
 * @throws Error when the file cannot be read, or has a line of more than 64 MiB
 */
export async function* lineBlocks(
  source: TextSource,
  onRaw?: (bytes: Buffer) => void,
): AsyncGenerator<Buffer, void, void> {
  const bytes = openUnpacked(source, onRaw);
  try {
    yield* wholeLines(source.endsWithCr ? withLineFeeds(bytes.read) : bytes.read);
  } finally {
    await bytes.close();
  }
}

/** The first bytes of a text file, unpacked: up to 1 MiB. */
export async function firstBytes(source: TextSource): Promise<Buffer> {
  const bytes = openUnpacked(source);
  try {
    const buffer = Buffer.alloc(blockBytes);
    let filled = 0;
    while (filled < buffer.length) {
      const count = await bytes.read(buffer.subarray(filled));
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  } finally {
    await bytes.close();
  }
}

interface OpenBytes {
  readonly read: Read;
  close(): Promise<void>;
}

function openUnpacked({ path, compression }: TextSource, onRaw?: (bytes: Buffer) => void): OpenBytes {
  if (compression === 'none') {
    const opening = open(path);
    return {
      async read(target) {
        const { bytesRead } = await (await opening).read(target, 0, target.length);
        onRaw?.(target.subarray(0, bytesRead));
        return bytesRead;
      },
      close: async () => (await opening).close(),
    };
  }
  const raw = createReadStream(path, { highWaterMark: blockBytes });
  if (onRaw) raw.on('data', onRaw as (chunk: string | Buffer) => void);
  const unpacked = compression === 'gzip' ? gunzip(raw, path) : unzstd(raw);
  return {
    read: readChunks(unpacked),
    async close() {
      raw.destroy();
      await unpacked.return();
    },
  };
}

// A failure of a stream comes out of the loop over the last one.
const ignore = (): void => undefined;

async function* gunzip(raw: Readable, path: string): AsyncGenerator<Buffer, void, void> {
  const unpacker = createGunzip({ chunkSize: blockBytes });
  yield* pipeline(raw, unpacker, ignore);
  await assertPadding(path, unpacker.bytesWritten);
}

/** Node's decompressor stops at a zero byte after a member, and ignores the rest. Only padding with zeros may be ignored. */
async function assertPadding(path: string, from: number): Promise<void> {
  for await (const bytes of createReadStream(path, { start: from }) as AsyncIterable<Buffer>)
    if (bytes.some((byte) => byte !== 0)) throw new Error('bytes that are not gzip follow its end');
}

async function* unzstd(raw: Readable): AsyncGenerator<Buffer, void, void> {
  const unpacker = createZstdDecompress({ chunkSize: blockBytes });
  yield* pipeline(Readable.from(cutAtFrames(raw)), unpacker, ignore);
}

function readChunks(chunks: AsyncIterator<Buffer>): Read {
  let rest: Buffer = Buffer.alloc(0);
  return async (target) => {
    while (rest.length === 0) {
      const next = await chunks.next();
      if (next.done) return 0;
      rest = next.value;
    }
    const copied = rest.copy(target);
    rest = rest.subarray(copied);
    return copied;
  };
}

function withLineFeeds(read: Read): Read {
  return async (target) => {
    const count = await read(target);
    const bytes = target.subarray(0, count);
    for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) bytes[at] = LF;
    return count;
  };
}

async function* wholeLines(read: Read): AsyncGenerator<Buffer, void, void> {
  let buffer: Buffer = Buffer.allocUnsafeSlow(blockBytes);
  let filled = 0;
  for (;;) {
    if (filled === buffer.length) buffer = enlarged(buffer);
    const count = await read(buffer.subarray(filled));
    if (count === 0) break;
    // The bytes before these hold no line end.
    const last = buffer.subarray(filled, filled + count).lastIndexOf(LF);
    const end = filled + last + 1;
    filled += count;
    if (last === -1) continue;
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
