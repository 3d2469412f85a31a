import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import { HeadwaterError } from '@headwater/core';
import type { EventSink } from './event-sink.ts';

/** The destination of the bytes. The final name appears only with `commit`. */
export interface Output extends EventSink {
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the output and gives it its final name. */
  commit(): Promise<void>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/** Compressions by the last extension of a name. */
const compressions: Readonly<Record<string, () => Transform>> = {
  '.gz': () => createGzip({ level: 6 }),
  '.zst': () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
};

/** The extension of a compression in a path, or empty text. */
export const compressionOf = (path: string): string =>
  Object.keys(compressions).find((extension) => path.endsWith(extension)) ?? '';

/** The path that the bytes are written to, and the path that it is renamed to when complete. Pipes and devices are not renamed. */
async function placeOf(path: string): Promise<{ written: string; renamed: string | undefined }> {
  const there = await stat(path).catch(() => undefined);
  // Renaming a file over a pipe or a device such as /dev/null would replace it.
  if (there && !there.isFile()) return { written: path, renamed: undefined };
  // Replace the target of a symbolic link, not the link.
  const renamed = there ? await realpath(path) : path;
  return { written: join(dirname(renamed), `.${basename(renamed)}.${process.pid}.part`), renamed };
}

/**
 * Opens an output, compressed by the extension of its name (`.gz`, `.zst`).
 *
 * @param option name of the option with the path, for the error
 * @param path a file, a pipe, a device, or `-` for standard output
 * @throws HeadwaterError SIMULATION_INVALID when the path cannot be written
 */
export async function createOutput(option: string, path: string): Promise<Output> {
  const toStdout = path === '-';
  const { written, renamed } = toStdout ? { written: path, renamed: undefined } : await placeOf(path);
  const file: Writable = toStdout ? process.stdout : createWriteStream(written);
  // Fail before any work if the folder is missing or not writable.
  if (!toStdout)
    await once(file, 'open').catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const expected = `a file that can be written (${problem})`;
      throw new HeadwaterError('SIMULATION_INVALID', { option, value: path, expected }, { cause });
    });
  const transform = compressions[compressionOf(path)]?.();
  const head: Writable = transform ?? file;
  const done = transform ? pipeline(transform, file, { end: !toStdout }) : undefined;
  // The write that fails reports the error. Prevent a second report as an unhandled rejection.
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
      // Standard output outlives the run, so remove the run's listener.
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
