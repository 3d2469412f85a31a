import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { HeadwaterError } from '@headwater/core';

/** How a file of text is compressed. */
export type Compression = 'gzip' | 'zstd';

const compressors = { gzip: createGzip, zstd: createZstdCompress } as const;

const compressions: Readonly<Record<string, Compression>> = { '.gz': 'gzip', '.zst': 'zstd' };

/** How the ending of a file's name says that it is compressed. */
export const compressionOf = (path: string): Compression | undefined =>
  compressions[extname(path).toLowerCase()];

/** Writes a piece. Resolves when the file can take more. */
export type WritePiece = (chunk: string | Uint8Array) => Promise<void>;

/**
 * Writes a file that appears when it is complete, or not at all. A pipe or a device is written in place.
 *
 * @param fill writes the content
 * @returns the bytes of the file
 * @throws HeadwaterError `OPTION_INVALID` when the file cannot be written
 */
export async function writeWholeFile(
  out: string,
  compression: Compression | undefined,
  fill: (write: WritePiece) => Promise<void>,
): Promise<number> {
  // A file put in the place of a pipe or a device would end it.
  const isReplaced = await stat(out).then(
    (info) => info.isFile(),
    () => true,
  );
  const draft = isReplaced ? join(dirname(out), `.headwater-${randomUUID()}.part`) : out;
  const file = await open(draft, isReplaced ? 'wx' : 'w').catch((cause: Error) => {
    throw notWritable(out, cause);
  });
  const stream = file.createWriteStream();
  // The write that fails reports the error, or the end does.
  stream.on('error', () => undefined);
  const compressor = compression && compressors[compression]();
  const piped = compressor && pipeline(compressor, stream);
  piped?.catch(() => undefined);
  const input: Writable = compressor ?? stream;
  try {
    await fill(async (chunk) => {
      if (!input.write(chunk)) await once(input, 'drain');
    });
    input.end();
    await (piped ?? finished(stream));
    if (isReplaced) await rename(draft, out);
    return stream.bytesWritten;
  } catch (cause) {
    const failure = stream.errored ?? cause;
    throw failure instanceof Error && 'syscall' in failure ? notWritable(out, failure) : cause;
  } finally {
    compressor?.destroy();
    stream.destroy();
    if (isReplaced) await rm(draft, { force: true });
  }
}

const notWritable = (out: string, cause: Error): HeadwaterError => {
  const expected = `a file that can be written (${cause.message})`;
  return new HeadwaterError('OPTION_INVALID', { option: '--out', value: out, expected }, { cause });
};
