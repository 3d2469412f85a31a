import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { InputFile } from './input-file.ts';

export interface SpoolOptions {
  readonly stdin?: Readable | undefined;
  /** Where a copy may be written. */
  readonly spoolTo: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where the engine can read an input, as often as it needs to. What can be read only once is kept in the staging folder
 * first: standard input, and pipes.
 */
export async function spoolInput(file: InputFile, options: SpoolOptions): Promise<string> {
  const { stdin, spoolTo, signal } = options;
  if (file.path === '-') {
    if (!stdin) throw new Error('no standard input was given');
    await pipeline(stdin, createWriteStream(spoolTo), { signal });
    return spoolTo;
  }
  // Relative paths would not do: the engine takes `~` at the beginning of one for the home folder.
  const path = resolve(file.path);
  if (file.isStream) {
    await spoolPipe(path, spoolTo, signal);
    return spoolTo;
  }
  if (!isUnnamable(path)) return path;
  await copyFile(path, spoolTo);
  return spoolTo;
}

/** Opening a named pipe waits until somebody writes to it, and cannot be stopped but by doing so. */
async function spoolPipe(path: string, spoolTo: string, signal: AbortSignal | undefined): Promise<void> {
  const unblock = (): void => {
    open(path, constants.O_WRONLY | constants.O_NONBLOCK)
      .then((handle) => handle.close())
      // Nobody waits for a writer.
      .catch(() => undefined);
  };
  signal?.addEventListener('abort', unblock, { once: true });
  try {
    await pipeline(createReadStream(path), createWriteStream(spoolTo), { signal });
  } finally {
    signal?.removeEventListener('abort', unblock);
  }
}

/** DuckDB takes a backslash in a pattern for a separator, so no pattern stands for such a path alone. */
const isUnnamable = (path: string): boolean => path.includes('\\') && /[*?[]/.test(path);
