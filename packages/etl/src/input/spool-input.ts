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
 * Gives a path from which an input can be read several times. Standard input and pipes are copied to the staging folder.
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

/** How often a waiting open is tried to be released. */
const releaseEveryMs = 50;

/** Opening a named pipe waits until somebody writes to it. No signal ends that: a stopped load opens the other end itself. */
async function spoolPipe(path: string, spoolTo: string, signal: AbortSignal | undefined): Promise<void> {
  let releasing: NodeJS.Timeout | undefined;
  const release = (): void => {
    open(path, constants.O_WRONLY | constants.O_NONBLOCK)
      .then((handle) => handle.close())
      // Nobody waits yet, or no more.
      .catch(() => undefined);
  };
  const stop = (): void => {
    releasing = setInterval(release, releaseEveryMs);
  };
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await pipeline(createReadStream(path), createWriteStream(spoolTo), { signal });
  } finally {
    clearInterval(releasing);
    signal?.removeEventListener('abort', stop);
  }
}

/** DuckDB reads a backslash in a glob as a separator, so no glob matches such a path alone. */
const isUnnamable = (path: string): boolean => path.includes('\\') && /[*?[]/.test(path);
