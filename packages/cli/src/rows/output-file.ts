import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { HeadwaterError } from '@headwater/core';
import type { Console } from '../output/console.ts';
import type { Compression } from './row-options.ts';

const compressors = { gzip: createGzip, zstd: createZstdCompress } as const;

/**
 * Writes a file that appears when it is complete, or not at all. A pipe or a device is written in place.
 *
 * @param fill writes to the console that it is given, which stands for the file
 * @returns the bytes of the file
 * @throws HeadwaterError `OPTION_INVALID` when the file cannot be written
 */
export async function writeOutputFile(
  out: string,
  compression: Compression | undefined,
  console: Console,
  fill: (file: Console) => Promise<void>,
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
    await fill(fileConsole(input, console));
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

/** The console, with a file in place of standard output. */
function fileConsole(file: Writable, console: Console): Console {
  const write = async (chunk: string | Uint8Array): Promise<void> => {
    if (!file.write(chunk)) await once(file, 'drain');
  };
  return {
    ...console,
    isTerminal: false,
    columns: undefined,
    style: (_format, plain) => plain,
    write,
    print: (line = '') => write(`${line}\n`),
  };
}
