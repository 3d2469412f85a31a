import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import { HeadwaterError } from '@headwater/core';
import type { EventSink } from './event-sink.ts';

/** Where bytes go. Nothing appears under the final name before `commit`. */
export interface Output extends EventSink {
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the output and gives it its name. */
  commit(): Promise<void>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/** Compressions by the last extension of a name. */
const compressions: Readonly<Record<string, () => Transform>> = {
  '.gz': () => createGzip({ level: 6 }),
  '.zst': () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
};

/** The extension that asks for a compression, or empty text. */
export const compressionOf = (path: string): string =>
  Object.keys(compressions).find((extension) => path.endsWith(extension)) ?? '';

/** Where a path's bytes are written, and what they are renamed to once they are whole: nothing, for pipes and devices. */
async function placeOf(path: string): Promise<{ written: string; renamed: string | undefined }> {
  const there = await stat(path).catch(() => undefined);
  // Renaming a file over a pipe or a device would put an end to it: think of /dev/null.
  if (there && !there.isFile()) return { written: path, renamed: undefined };
  // Behind a link, the file it points to is replaced, and the link stays.
  const renamed = there ? await realpath(path) : path;
  return { written: join(dirname(renamed), `.${basename(renamed)}.${process.pid}.part`), renamed };
}

/**
 * Opens an output, compressed by the extension of its name (`.gz`, `.zst`).
 *
 * @param option name of the option that gave the path, for the error
 * @param path a file, a pipe, a device, or `-` for standard output
 * @throws HeadwaterError SIMULATION_INVALID when the path cannot be written
 */
export async function createOutput(option: string, path: string): Promise<Output> {
  const toStdout = path === '-';
  const { written, renamed } = toStdout ? { written: path, renamed: undefined } : await placeOf(path);
  const file: Writable = toStdout ? process.stdout : createWriteStream(written);
  // The folder may not exist or not be writable: say so before any work is done.
  if (!toStdout)
    await once(file, 'open').catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const expected = `a file that can be written (${problem})`;
      throw new HeadwaterError('SIMULATION_INVALID', { option, value: path, expected }, { cause });
    });
  const transform = compressions[compressionOf(path)]?.();
  const head: Writable = transform ?? file;
  const done = transform ? pipeline(transform, file, { end: !toStdout }) : undefined;
  // A failure is reported by the write that meets it; this keeps it from being reported as unhandled as well.
  done?.catch(() => undefined);
  let failure: Error | undefined;
  const remember = (error: Error): void => {
    failure ??= error;
  };
  head.on('error', remember);
  const write = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure) reject(failure);
      else head.write(bytes, (error) => (error ? reject(failure ?? error) : resolve()));
    });
  return {
    write,
    async commit() {
      if (transform) {
        transform.end();
        await done;
      } else if (!toStdout) {
        file.end();
        await once(file, 'close');
      }
      // Standard output outlives the run, so nothing of the run may stay with it.
      process.stdout.off('error', remember);
      if (failure) throw failure;
      if (renamed !== undefined) await rename(written, renamed);
    },
    async abort() {
      transform?.destroy();
      process.stdout.off('error', remember);
      if (toStdout) return;
      file.destroy();
      if (!file.closed) await once(file, 'close').catch(() => undefined);
      if (renamed !== undefined) await rm(written, { force: true });
    },
  };
}
