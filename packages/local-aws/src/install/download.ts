import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { SetupError } from '../setup-error.ts';
import type { PinnedFile } from './pinned-file.ts';
import { showProgress } from './show-progress.ts';

/** How often a download is retried. */
export interface DownloadOptions {
  /** Maximum consecutive attempts without progress. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt; doubled for each later one. */
  readonly backoff?: number;
  /** Milliseconds without a byte after which a connection counts as broken. */
  readonly idle?: number;
}

/** An attempt that brings fewer bytes counts as no progress, so that a very slow server ends the download too. */
const progressBytes = 1 << 20;

/**
 * Downloads a pinned file to `path`, which appears only when it is complete and its SHA-256 matches. Resumes an earlier
 * download from `<path>.part`, if the server supports ranges.
 *
 * @throws SetupError when the server rejects the request, the network stays broken, or the file is not the pinned one
 */
export async function download(file: PinnedFile, path: string, options: DownloadOptions = {}): Promise<void> {
  const { attempts = 5, backoff = 1000, idle = 30_000 } = options;
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  for (let failed = 0; (await sizeOf(part)) < file.bytes; ) {
    const before = await sizeOf(part);
    try {
      await fetchRest(file, part, before, idle);
    } catch (error) {
      if (error instanceof SetupError) throw error;
      failed = (await sizeOf(part)) - before >= progressBytes ? 0 : failed + 1;
      if (failed >= attempts) throw unreachable(file, error);
      await pause(backoff * 2 ** failed);
    }
  }
  await check(file, part);
  await rename(part, path);
}

/** Appends the missing bytes to the part. Starts over if the server does not support ranges. */
async function fetchRest(file: PinnedFile, part: string, have: number, idle: number): Promise<void> {
  const broken = new AbortController();
  const timer = setTimeout(() => broken.abort(new Error(`no byte for ${idle / 1000} s`)), idle);
  try {
    const headers = have > 0 ? { Range: `bytes=${have}-` } : {};
    const response = await fetch(file.url, { headers, signal: broken.signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw refusal(file, response.status);
    }
    const from = response.status === 206 ? have : 0;
    const show = showProgress(basename(file.url), file.bytes, from);
    let bytes = from;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        timer.refresh();
        bytes += chunk.length;
        if (bytes > file.bytes) return done(tooLong(file));
        show(bytes);
        done(null, chunk);
      },
    });
    const target = createWriteStream(part, { flags: from > 0 ? 'a' : 'w' });
    await pipeline(Readable.fromWeb(response.body), count, target);
  } finally {
    clearTimeout(timer);
  }
}

/** An error that ends the attempts, unless a retry may help. */
function refusal(file: PinnedFile, status: number): Error {
  const passes = status >= 500 || status === 429 || status === 408;
  const problem = `${file.url} answers ${status}`;
  return passes ? new Error(problem) : new SetupError(problem, 'Is there a proxy or mirror in between?');
}

function unreachable(file: PinnedFile, cause: unknown): SetupError {
  const reason =
    cause instanceof Error ? (cause.cause instanceof Error ? cause.cause : cause).message : cause;
  return new SetupError(
    `${file.url} could not be fetched: ${reason}`,
    'The downloaded part is kept. Run the same command to resume',
    { cause },
  );
}

function tooLong(file: PinnedFile): SetupError {
  return new SetupError(`${file.url} sends more than its ${file.bytes} bytes`, 'It is not the pinned file');
}

async function check(file: PinnedFile, part: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(part), hash);
  const found = hash.digest('hex');
  if (found === file.sha256) return;
  await rm(part);
  throw new SetupError(
    `${file.url} has the SHA-256 ${found}, not ${file.sha256}`,
    'The file was removed. Try again. If the hash still differs, the file is not the pinned one: do not use it',
  );
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}
