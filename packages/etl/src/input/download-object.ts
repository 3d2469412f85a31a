import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { HeadwaterError, isHeadwaterError } from '@headwater/core';
import { checksumProblem, pause, type S3Body, type S3Objects } from '@headwater/storage';
import type { InputFile } from './input-file.ts';
import { type InputObject, objectError } from './input-object.ts';

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes that arrived since the last call. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** How often an interrupted transfer is resumed. Each request is repeated by the SDK as well. */
const resumptions = 4;
const pace = { first: 200, most: 5_000 };

/**
 * Copies an object of a bucket to a file of this machine. Every request asks for the ETag that the object had when it was found, so that the
 * parts are of one content. The length is checked, and the MD5 where the ETag is one; the SDK checks the checksum that S3 keeps, unless the
 * transfer was resumed.
 *
 * @returns the file with its path on this machine, and the version that was read
 * @throws HeadwaterError `INPUT_CHANGED` when the object was written since it was found, `INPUT_UNREADABLE`
 */
export async function downloadObject(
  bucket: S3Objects,
  file: InputFile & { readonly object: InputObject },
  to: string,
  { signal, onBytes }: DownloadOptions = {},
): Promise<InputFile> {
  const { source, object } = file;
  const handle = await open(to, 'w');
  let written = 0;
  let hash = createHash('md5');
  let versionId: string | undefined;
  const refuse = (problem: string): never => {
    throw new HeadwaterError('INPUT_UNREADABLE', { file: source, problem });
  };
  try {
    for (let attempt = 1; ; attempt += 1) {
      let failure: unknown;
      const found = await bucket.read(object, written, signal).catch((error: unknown) => {
        throw objectError(source, error);
      });
      if (found === 'changed') throw new HeadwaterError('INPUT_CHANGED', { file: source });
      if (found === 'missing') return refuse('it is gone, and was there when the load began');
      versionId = found.versionId;
      for await (const part of arriving(found, (error) => {
        failure = error;
      })) {
        await handle.write(part, 0, part.length, written);
        hash.update(part);
        written += part.length;
        onBytes?.(part.length);
      }
      signal?.throwIfAborted();
      if (failure === undefined) failure = shortcoming(written, object, found, hash);
      if (failure === undefined) return { ...file, path: to, object: { ...object, versionId } };
      if (attempt > resumptions)
        return refuse(`the transfer was interrupted ${attempt} times: ${problemOf(failure)}`);
      if (written >= object.bytes || problemOf(failure).startsWith(checksumProblem)) {
        // Something of what arrived is wrong.
        onBytes?.(-written);
        written = 0;
        hash = createHash('md5');
        await handle.truncate();
      }
      await pause(pace, attempt, signal);
    }
  } finally {
    await handle.close();
  }
}

/** The bytes of a transfer until it ends or fails. Only its own failures are caught, not those of whoever takes the bytes. */
async function* arriving({ bytes }: S3Body, onFailure: (error: unknown) => void): AsyncIterable<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await parts.next().catch((error: unknown) => {
        onFailure(error);
        return { value: undefined, done: true };
      });
      if (done) return;
      yield value as Uint8Array;
    }
  } finally {
    await parts.return?.().catch(() => undefined);
  }
}

const problemOf = (failure: unknown): string =>
  isHeadwaterError(failure, 'STORE_FAILED')
    ? failure.payload.problem
    : (String((failure as Error).message).split('\n')[0] ?? '');

function shortcoming(written: number, object: InputObject, { md5 }: S3Body, hash: Hash): Error | undefined {
  if (written !== object.bytes) return new Error(`${written} of ${object.bytes} bytes arrived`);
  // The hash goes on if the transfer does.
  if (md5 !== undefined && hash.copy().digest('hex') !== md5) return new Error(checksumProblem);
  return undefined;
}
