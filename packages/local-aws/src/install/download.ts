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

/** How hard to try. */
export interface DownloadOptions {
  /** Attempts in a row that bring nothing new before giving up. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt; doubled for each one after. */
  readonly backoff?: number;
  /** Milliseconds without a byte after which a connection counts as broken. */
  readonly idle?: number;
}

/** What an attempt must bring to count as getting on, so that a server giving a byte at a time ends too. */
const progressBytes = 1 << 20;

/**
 * Fetches a pinned file to `path`, which appears only when it is whole and its SHA-256 is right. What an earlier try
 * left in `<path>.part` is taken up where it ended, if the server gives ranges.
 *
 * @throws SetupError when the server refuses, the network stays broken, or what came is not the pinned file
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

/** Appends what is missing to the part; from the beginning where the server does not give ranges. */
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

/** An error that ends the attempts, unless trying again may help. */
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
    'What has arrived is kept; the same command goes on from there',
    { cause },
  );
}

function tooLong(file: PinnedFile): SetupError {
  return new SetupError(`${file.url} gives more than its ${file.bytes} bytes`, 'It is not the pinned file');
}

async function check(file: PinnedFile, part: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(part), hash);
  const found = hash.digest('hex');
  if (found === file.sha256) return;
  await rm(part);
  throw new SetupError(
    `${file.url} has the SHA-256 ${found}, not ${file.sha256}`,
    'The file was removed. Try again; if it stays so, the file is not the one that was pinned: do not use it',
  );
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}
